package gosource

import (
	"bytes"
	"go/ast"
	"go/token"
	"path/filepath"
	"strings"

	"github.com/jobgen/jobgen/internal/model"
)

// A file that imports "C" is type-checked as cgo rewrote it. The rewritten file
// is in the go command's build cache, and its name doesn't end in .go. //line and
// /*line*/ comments in it say where each piece comes from.

// IsRewritten reports whether cgo made the file at a path.
func IsRewritten(path string) bool { return filepath.Ext(path) != ".go" }

// Position returns a position in the user's file. It ignores //line comments,
// except those of cgo. The offset is that of the rewritten file, where there is
// one: see Offset.
func Position(fset *token.FileSet, pos token.Pos) token.Position {
	if p := fset.PositionFor(pos, false); !IsRewritten(p.Filename) {
		return p
	}
	return fset.Position(pos)
}

// Pos returns a position in the user's file, as findings have it.
func Pos(fset *token.FileSet, pos token.Pos) model.Pos {
	p := Position(fset, pos)
	return model.Pos{File: p.Filename, Line: p.Line, Column: p.Column}
}

// Offset returns the offset of a position in src, the text of the user's file. It
// is len(src) if src has no such position.
func Offset(src []byte, fset *token.FileSet, pos token.Pos) int {
	p := fset.PositionFor(pos, false)
	if !IsRewritten(p.Filename) {
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

// IsAdded reports whether cgo wrote a comment: the one at the top of a rewritten file, which
// no //line comment precedes, or one that says where a piece comes from.
func IsAdded(fset *token.FileSet, c *ast.Comment) bool {
	if !IsRewritten(fset.PositionFor(c.Slash, false).Filename) {
		return false
	}
	return strings.HasPrefix(c.Text, "/*line :") || IsRewritten(fset.Position(c.Slash).Filename)
}
