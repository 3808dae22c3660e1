package diag

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/visible"
)

// defaultColumns is the width of an excerpt that no terminal shows.
const defaultColumns = 200

// minColumns is what an excerpt takes on the narrowest terminal.
const minColumns = 20

// indent is the width of the tab in front of an excerpt.
const indent = visible.TabColumns

// cut is the mark where an excerpt leaves out a part of its line.
var cut = visible.Cell{Text: "…", Columns: 1}

// excerpt writes the line of a place, and below it a caret under the place.
func (p *Printer) excerpt(b *bytes.Buffer, pos model.Pos, width int) {
	line, ok := p.line(pos)
	if col := pos.Column - 1; ok && 0 <= col && col <= len(line) {
		before, after := window(line, col, p.columns())
		fmt.Fprintf(b, "\t%s%s\n", text(before), text(after))
		fmt.Fprintf(b, "\t%s^%s\n", blank(before), strings.Repeat("~", tildes(after, width)))
	}
}

// columns is the width of an excerpt without its indent.
func (p *Printer) columns() int {
	if p.Columns == 0 {
		return defaultColumns
	}
	return max(p.Columns-indent, minColumns)
}

// window returns what is shown of a line before an offset and from there on. A
// line that is too wide is cut, evenly where both its sides are long.
func window(line []byte, offset, columns int) (before, after []visible.Cell) {
	before, after = around(line, offset, columns)
	left, right := total(before), max(total(after), 1) // the caret takes a column
	if left+right <= columns {
		return before, after
	}
	right = min(right, max(columns/2, columns-left))
	return cutFront(before, columns-right), cutBack(after, right)
}

// around returns the cells on either side of an offset in a line, and of a long
// line no more than could be shown. A part that is left out is a cell too wide to be
// shown.
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

// cutFront leaves out cells at the front so that the rest fits.
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

// cutBack leaves out cells at the end so that the rest fits.
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

// blank gives white space as wide as the cells. Tabs stay tabs, so that the
// caret is under its column whatever the tab width.
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

// tildes is how many columns after the caret are underlined: those of a text of
// that many bytes, less the caret's own column.
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

// line returns the line of a place, without its end.
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
