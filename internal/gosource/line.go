package gosource

import (
	"bytes"
	"go/ast"
	"go/token"
	"strings"

	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/model"
)

// Line is a directive, or a line that looks like one, with its position.
type Line struct {
	directive.Comment
	Pos     model.Pos // the first byte after //
	ArgsPos model.Pos // the first byte of the arguments
	// Columns holds, for each byte of a struct tag's value, its distance in the
	// source from the first byte: an escape is longer than the byte it denotes.
	// It is nil for a comment.
	Columns []int
}

// At returns the position of an offset in the arguments, which are one line.
func (c Line) At(offset int) model.Pos {
	pos := c.ArgsPos
	if offset < len(c.Columns) {
		offset = c.Columns[offset]
	}
	pos.Column += offset
	return pos
}

// Lines returns the directives of a comment, and the lines that look like one.
// It reads the source: the parser drops carriage returns from a comment's text,
// so columns in it can be wrong.
func Lines(fset *token.FileSet, src []byte, c *ast.Comment) []Line {
	if IsAdded(fset, c) {
		return nil
	}
	start, text := Pos(fset, c.Slash), src[Offset(src, fset, c.Slash):]
	if bytes.HasPrefix(text, []byte("//")) {
		return scanLine(text, start)
	}
	return scanBlock(text, start)
}

func scanLine(text []byte, start model.Pos) []Line {
	line, _, _ := bytes.Cut(text, []byte("\n"))
	found, ok := directive.ScanLine(strings.TrimSuffix(string(line), "\r"))
	if !ok {
		return nil
	}
	return []Line{place(found, start)}
}

// scanBlock reads the lines of a /* */ comment. None is a directive, but each may
// look like one.
func scanBlock(text []byte, start model.Pos) []Line {
	end := bytes.Index(text, []byte("*/"))
	if end < 0 {
		return nil
	}
	var all []Line
	for i, line := range strings.Split(string(text[:end]), "\n") {
		pos, offset := model.Pos{File: start.File, Line: start.Line + i, Column: 1}, 0
		if i == 0 {
			pos.Column, offset = start.Column, len("/*")
		}
		if found, ok := directive.ScanBlock(line, offset); ok {
			all = append(all, place(found, pos))
		}
	}
	return all
}

func place(found directive.Comment, line model.Pos) Line {
	c := Line{Comment: found, Pos: line, ArgsPos: line}
	c.Pos.Column += found.Offset
	c.ArgsPos.Column += found.ArgsOffset
	return c
}
