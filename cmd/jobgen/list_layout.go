package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"unicode/utf8"

	"github.com/jobgen/jobgen/internal/visible"
)

// writeList writes the list for a terminal of the given width: as a table, or in blocks if
// the table's lines would wrap. If the width is 0, the output is not a terminal, and
// columns are separated by tabs.
func writeList(w io.Writer, rows []listed, width int) error {
	var text visible.Text
	switch table := listTable(rows); {
	case width == 0:
		text.Plain(listColumns(rows))
	case widest(table) <= width:
		head, body, _ := strings.Cut(table, "\n")
		text.Style(visible.Bold, head)
		text.Plain("\n" + body)
	default:
		writeBlocks(&text, rows, width)
	}
	_, err := text.WriteTo(w)
	return err
}

// listColumns returns a line for each rule, its columns separated by tabs.
func listColumns(rows []listed) string {
	var b strings.Builder
	b.WriteString("JOB\tRULE\tWHEN\tFUNCTION\tPLACE\n")
	for _, r := range rows {
		fmt.Fprintf(&b, "%s\t%s\t%s\t%s\t%s\n", r.Job, r.Rule, r.when, r.runsIn(), r.place())
	}
	return b.String()
}

// listTable returns the lines of listColumns with aligned columns.
func listTable(rows []listed) string {
	var b strings.Builder
	table := tabwriter.NewWriter(&b, 0, 8, 2, ' ', 0)
	_, _ = io.WriteString(table, listColumns(rows)) // writing to a Builder can't fail
	_ = table.Flush()
	return b.String()
}

// writeBlocks writes a block of lines for each rule.
func writeBlocks(t *visible.Text, rows []listed, width int) {
	for i, r := range rows {
		if i > 0 {
			t.Plain("\n")
		}
		t.Style(visible.Bold, r.Job)
		t.Plain("\n")
		for _, line := range [][2]string{{"rule", r.Rule}, {"when", r.when}, {"function", r.runsIn()}, {"place", r.place()}} {
			writeLabelled(t, line[0], line[1], width)
		}
	}
}

// labelColumn is the column where the texts of a block start.
const labelColumn = len("  function  ")

// writeLabelled writes a label and a text, which it wraps to the width.
func writeLabelled(t *visible.Text, label, text string, width int) {
	label = "  " + label
	for _, line := range wrapped(text, width-labelColumn) {
		fmt.Fprintf(t, "%-*s%s\n", labelColumn, label, line)
		label = ""
	}
}

// wrapped breaks a text into lines at its spaces. A word that is longer than the width
// gets its own line.
func wrapped(text string, width int) []string {
	var lines []string
	line := ""
	for word := range strings.SplitSeq(text, " ") {
		switch {
		case line == "":
			line = word
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) <= width:
			line += " " + word
		default:
			lines, line = append(lines, line), word
		}
	}
	return append(lines, line)
}

// widest returns the length of the longest line.
func widest(text string) int {
	most := 0
	for line := range strings.Lines(text) {
		most = max(most, utf8.RuneCountInString(strings.TrimRight(line, " \n")))
	}
	return most
}

func (l *listed) place() string { return fmt.Sprintf("%s:%d", l.File, l.Line) }
