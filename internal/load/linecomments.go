package load

import (
	"bytes"
	"go/scanner"
	"go/token"
)

// Comments of the forms //line file:1 and /*line file:1:1*/ tell a compiler that
// what follows them comes from elsewhere. Somebody else may have written them,
// so they decide nothing here: the go command and the parser get files in which
// they have no effect.

// withoutLineComments returns a source in which no comment changes positions, as
// long as src and with everything at its place; nil if src has no such comment.
func withoutLineComments(src []byte) []byte {
	if !bytes.Contains(src, []byte("//line ")) && !bytes.Contains(src, []byte("/*line ")) {
		return nil
	}
	var out []byte
	eachLineComment(src, func(from, to int) {
		if out == nil {
			out = bytes.Clone(src)
		}
		for i := from; i < to; i++ {
			if out[i] == ':' { // a comment without a number is none of these
				out[i] = ' '
			}
		}
	})
	return out
}

// eachLineComment calls visit with the offsets of each comment that changes
// positions.
func eachLineComment(src []byte, visit func(from, to int)) {
	file := token.NewFileSet().AddFile("", -1, len(src))
	var s scanner.Scanner
	s.Init(file, src, nil, scanner.ScanComments)
	for {
		pos, tok, _ := s.Scan()
		if tok == token.EOF {
			return
		}
		from := file.Offset(pos)
		if tok == token.COMMENT && bytes.HasPrefix(src[from+len("//"):], []byte("line ")) {
			visit(from, from+commentLength(src[from:]))
		}
	}
}

// commentLength is the length of the comment at the start of src. The scanner's
// text of it lacks carriage returns.
func commentLength(src []byte) int {
	end, behind := "\n", 0
	if src[1] == '*' {
		end, behind = "*/", len("*/")
	}
	if at := bytes.Index(src[len("//"):], []byte(end)); at >= 0 {
		return len("//") + at + behind
	}
	return len(src)
}
