package diag

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/visible"
)

// defaultColumns is the width of an excerpt if the output is not a terminal.
const defaultColumns = 200

// minColumns is the minimum width of an excerpt, even on a narrower terminal.
const minColumns = 20

// indent is the width of the tab in front of an excerpt.
const indent = visible.TabColumns

// cut marks the place where a part of the line is left out.
var cut = visible.Cell{Text: "…", Columns: 1}

// excerpt writes the source line of a position, and below it a caret.
func (p *Printer) excerpt(t *visible.Text, pos model.Pos, width int) {
	line, ok := p.line(pos)
	if col := pos.Column - 1; ok && 0 <= col && col <= len(line) {
		before, after := window(line, col, p.columns())
		fmt.Fprintf(t, "\t%s%s\n\t%s", text(before), text(after), blank(before))
		t.Style(visible.Green, "^"+strings.Repeat("~", tildes(after, width))+"\n")
	}
}

// columns returns the width of an excerpt without its indent.
func (p *Printer) columns() int {
	if p.Columns == 0 {
		return defaultColumns
	}
	return max(p.Columns-indent, minColumns)
}

// window returns the parts of a line to show, before an offset and from it on. A
// line that is too wide is cut. If both parts are long, each gets half the width.
func window(line []byte, offset, columns int) (before, after []visible.Cell) {
	before, after = around(line, offset, columns)
	left, right := total(before), max(total(after), 1) // the caret takes a column
	if left+right <= columns {
		return before, after
	}
	right = min(right, max(columns/2, columns-left))
	return cutFront(before, columns-right), cutBack(after, right)
}

// around returns the cells on both sides of an offset in a line. Of a long line it
// returns only as many as could be shown, and represents the rest by a cell that is
// too wide to be shown.
func around(line []byte, offset, columns int) (before, after []visible.Cell) {
	reach := utf8.UTFMax * columns
	from, to := max(0, offset-reach), min(len(line), offset+reach)
	for from > 0 && from < offset && !utf8.RuneStart(line[from]) {
		from++
	}
	cells, behind := visible.Cells(string(line[from:to])), 0
	for behind < len(cells) && from+cells[behind].Size <= offset {
		from += cells[behind].Size
		behind++
	}
	before, after = cells[:behind:behind], cells[behind:]
	if offset > reach {
		before = append([]visible.Cell{{Columns: columns + 1}}, before...)
	}
	if to < len(line) {
		after = append(after, visible.Cell{Columns: columns + 1})
	}
	return before, after
}

// cutFront removes cells from the front until the rest fits.
func cutFront(cells []visible.Cell, columns int) []visible.Cell {
	if total(cells) <= columns {
		return cells
	}
	from, width := len(cells), cut.Columns
	for from > 0 && width+cells[from-1].Columns <= columns {
		from--
		width += cells[from].Columns
	}
	return append([]visible.Cell{cut}, cells[from:]...)
}

// cutBack removes cells from the end until the rest fits.
func cutBack(cells []visible.Cell, columns int) []visible.Cell {
	if total(cells) <= columns {
		return cells
	}
	to, width := 0, cut.Columns
	for to < len(cells) && width+cells[to].Columns <= columns {
		width += cells[to].Columns
		to++
	}
	return append(cells[:to:to], cut)
}

func total(cells []visible.Cell) int {
	n := 0
	for _, c := range cells {
		n += c.Columns
	}
	return n
}

func text(cells []visible.Cell) string {
	var b strings.Builder
	for _, c := range cells {
		b.WriteString(c.Text)
	}
	return b.String()
}

// blank returns white space as wide as the cells. It keeps tabs, so that the caret
// is under its column with any tab width.
func blank(cells []visible.Cell) string {
	var b strings.Builder
	for _, c := range cells {
		if c.Text == "\t" {
			b.WriteString(c.Text)
		} else {
			b.WriteString(strings.Repeat(" ", c.Columns))
		}
	}
	return b.String()
}

// tildes returns the number of columns to underline after the caret, for a text of
// width bytes. The caret itself takes one column.
func tildes(cells []visible.Cell, width int) int {
	n := 0
	for _, c := range cells {
		if width <= 0 {
			break
		}
		width -= c.Size
		n += c.Columns
	}
	return max(0, n-1)
}

// line returns the line of a position, without the line ending.
func (p *Printer) line(pos model.Pos) ([]byte, bool) {
	if !pos.IsValid() {
		return nil, false
	}
	lines, ok := p.lines[pos.File]
	if !ok {
		if p.lines == nil {
			p.lines = map[string][][]byte{}
		}
		if src := p.Source(pos.File); src != nil {
			lines = bytes.Split(src, []byte("\n"))
		}
		p.lines[pos.File] = lines
	}
	if pos.Line > len(lines) {
		return nil, false
	}
	return bytes.TrimSuffix(lines[pos.Line-1], []byte("\r")), true
}
