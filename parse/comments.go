package parse

import (
	"bytes"
	"go/ast"
	"go/token"
	"strings"

	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/model"
)

// comment is a directive, or a line that nearly is one, with its place.
type comment struct {
	directive.Comment
	pos  model.Pos // the first byte after //
	args model.Pos // the first byte of the arguments
	// columns gives for each byte of a tag's value how far behind the first it
	// stands: escapes are longer than what they stand for.
	columns []int
}

// at gives the place of an offset in the arguments, which are one line.
func (c comment) at(offset int) model.Pos {
	pos := c.args
	if offset < len(c.columns) {
		offset = c.columns[offset]
	}
	pos.Column += offset
	return pos
}

// scanComment looks at every line of a comment. It reads the source's own
// bytes: the parser drops carriage returns, and with them true columns.
func scanComment(fset *token.FileSet, src []byte, c *ast.Comment) []comment {
	if isMark(fset, c) {
		return nil
	}
	start, text := position(fset, c.Slash), src[offsetIn(src, fset, c.Slash):]
	if bytes.HasPrefix(text, []byte("//")) {
		return scanLine(text, start)
	}
	return scanBlock(text, start)
}

func scanLine(text []byte, start model.Pos) []comment {
	line, _, _ := bytes.Cut(text, []byte("\n"))
	found, ok := directive.ScanLine(strings.TrimSuffix(string(line), "\r"))
	if !ok {
		return nil
	}
	return []comment{place(found, start)}
}

// scanBlock looks at the lines of a /* */ comment, of which none can be a
// directive, and any can be meant to be.
func scanBlock(text []byte, start model.Pos) []comment {
	end := bytes.Index(text, []byte("*/"))
	if end < 0 {
		return nil
	}
	var all []comment
	for i, line := range strings.Split(string(text[:end]), "\n") {
		pos, offset := model.Pos{File: start.File, Line: start.Line + i, Column: 1}, 0
		if i == 0 {
			pos.Column, offset = start.Column, len("/*")
		}
		if found, ok := directive.ScanBlock(strings.TrimSuffix(line, "\r"), offset); ok {
			all = append(all, place(found, pos))
		}
	}
	return all
}

func place(found directive.Comment, line model.Pos) comment {
	c := comment{Comment: found, pos: line, args: line}
	c.pos.Column += found.Offset
	c.args.Column += found.ArgsOffset
	return c
}
