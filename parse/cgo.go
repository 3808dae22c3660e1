package parse

import (
	"bytes"
	"go/ast"
	"go/token"
	"path/filepath"
	"strings"

	"github.com/jobgen/jobgen/internal/model"
)

// A file that imports "C" is type-checked as cgo rewrote it. That file lies in
// the go command's build cache, under a name that is no Go file's; //line and
// /*line*/ comments in it tell where each piece of it comes from.

// isRewritten reports whether a path is that of a file which cgo made.
func isRewritten(path string) bool { return filepath.Ext(path) != ".go" }

// sourcePosition gives a place as the user's file has it: //line comments aside,
// except those of cgo. The offset is right for files that cgo did not rewrite.
func sourcePosition(fset *token.FileSet, pos token.Pos) token.Position {
	if p := fset.PositionFor(pos, false); !isRewritten(p.Filename) {
		return p
	}
	return fset.Position(pos)
}

// position gives a place as the user's file has it, //line comments aside.
func position(fset *token.FileSet, pos token.Pos) model.Pos {
	p := sourcePosition(fset, pos)
	return model.Pos{File: p.Filename, Line: p.Line, Column: p.Column}
}

// offsetIn gives the offset of a place in the source of the user's file; it is
// the length of the source where that has no such place.
func offsetIn(src []byte, fset *token.FileSet, pos token.Pos) int {
	p := fset.PositionFor(pos, false)
	if !isRewritten(p.Filename) {
		return min(p.Offset, len(src))
	}
	p = fset.Position(pos)
	offset := 0
	for range p.Line - 1 {
		end := bytes.IndexByte(src[offset:], '\n')
		if end < 0 {
			return len(src)
		}
		offset += end + 1
	}
	return min(offset+p.Column-1, len(src))
}

// isMark reports whether a comment is one of those with which cgo tells where
// something comes from.
func isMark(fset *token.FileSet, c *ast.Comment) bool {
	return strings.HasPrefix(c.Text, "/*line :") && isRewritten(fset.PositionFor(c.Slash, false).Filename)
}
