// Package visible shows untrusted text on a terminal or in a log.
//
// Such text can contain control characters for terminals, characters that change the order
// of the text, and lines that a CI service's runner interprets as commands. The functions of
// this package replace them by escapes. They don't change other text.
package visible

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// Cell is a character of a line, as it is displayed.
type Cell struct {
	Text    string // the character, or its escape
	Size    int    // its bytes in the line
	Columns int    // its width on a terminal
}

// TabColumns is the width of a tab's cell: the maximum width of a tab.
const TabColumns = 8

// Cells returns the cells of a line, or of the first part of one.
func Cells(line string) []Cell {
	cells := make([]Cell, 0, len(line))
	start := true // only white space so far
	for len(line) > 0 {
		r, size := utf8.DecodeRuneInString(line)
		c := cell(r, line[:size])
		if beginsCommand(line, start) {
			c = escaped(line[:size])
		}
		cells = append(cells, c)
		start = start && unicode.IsSpace(r)
		line = line[size:]
	}
	return cells
}

// Line returns a line as it is displayed. Tabs are unchanged; a line feed is escaped.
func Line(line string) string {
	if isPlain(line) {
		return line
	}
	var b strings.Builder
	for _, c := range Cells(line) {
		b.WriteString(c.Text)
	}
	return b.String()
}

// Lines returns several lines as they are displayed.
func Lines(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		line, feed := strings.CutSuffix(line, "\n")
		b.WriteString(Line(line))
		if feed {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// isPlain reports whether a line certainly needs no escapes.
func isPlain(line string) bool {
	for i := range len(line) {
		if c := line[i]; c < ' ' && c != '\t' || c >= 0x7F {
			return false
		}
	}
	return !strings.Contains(line, "::") && !strings.Contains(line, "##")
}

// cell returns the cell of a character, which is text in the line.
func cell(r rune, text string) Cell {
	switch {
	case r == '\t':
		return Cell{text, len(text), TabColumns}
	case r == utf8.RuneError && len(text) == 1:
		return escaped(text)
	case !unicode.IsGraphic(r) || unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r):
		return escaped(text)
	case unicode.In(r, unicode.Mn, unicode.Me):
		return Cell{text, len(text), 0}
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return Cell{text, len(text), 2}
	}
	return Cell{text, len(text), 1}
}

// escaped returns the cell of a character that is escaped as in a Go literal.
func escaped(text string) Cell {
	var s string
	r, size := utf8.DecodeRuneInString(text)
	if r == utf8.RuneError && size == 1 || ' ' < r && r < utf8.RuneSelf {
		s = `\x` + strconv.FormatUint(0x100|uint64(text[0]), 16)[1:]
	} else {
		s = strconv.QuoteRuneToASCII(r)
		s = s[1 : len(s)-1]
	}
	return Cell{s, len(text), len(s)}
}

// beginsCommand reports whether rest begins a command of a CI service's runner, so that its
// first character has to be escaped. GitHub's commands begin with :: after white space at
// the start of a line, or with ##[ anywhere (actions/runner, ActionCommand.cs). Azure's and
// TeamCity's have a name between ## and [.
func beginsCommand(rest string, start bool) bool {
	if strings.HasPrefix(rest, "::") {
		return start
	}
	name, ok := strings.CutPrefix(rest, "##")
	if !ok {
		return false
	}
	name = strings.TrimLeftFunc(name, func(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' })
	return strings.HasPrefix(name, "[")
}
