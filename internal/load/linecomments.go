package load

import (
	"bytes"
	"go/scanner"
	"go/token"
)

// A comment of the form //line file:1 or /*line file:1:1*/ tells a compiler that
// the code behind it comes from another file. The author of a package could hide
// with it where a finding is, so the go command and the parser get files in which
// such comments have no effect.

// withoutLineComments returns src without the effect of its //line comments, and with
// every byte at its offset. It is nil if src has no such comment.
func withoutLineComments(src []byte) []byte {
	if !bytes.Contains(src, []byte("//line ")) && !bytes.Contains(src, []byte("/*line ")) {
		return nil
	}
	var out []byte
	file := token.NewFileSet().AddFile("", -1, len(src))
	var s scanner.Scanner
	s.Init(file, src, nil, scanner.ScanComments)
	for pos, tok, _ := s.Scan(); tok != token.EOF; pos, tok, _ = s.Scan() {
		from := file.Offset(pos)
		if tok != token.COMMENT || !bytes.HasPrefix(src[from+len("//"):], []byte("line ")) {
			continue
		}
		if out == nil {
			out = bytes.Clone(src)
		}
		comment := out[from : from+commentLength(src[from:])]
		copy(comment, bytes.ReplaceAll(comment, []byte(":"), []byte(" "))) // it needs a colon for its effect
	}
	return out
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
