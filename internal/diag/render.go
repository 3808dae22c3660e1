package diag

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/visible"
)

// Printer writes diagnostics.
type Printer struct {
	// Dir is the directory that names of files below it are shown relative to.
	Dir string
	// Source returns a file's content as it was loaded. If it returns nil, findings in
	// that file are shown without an excerpt. Render needs it.
	Source func(file string) []byte
	// Columns is the width of the terminal, or 0 if the output is not a terminal.
	Columns int

	lines map[string][][]byte
}

// Render writes the diagnostics for people: position and message, the source line
// and a caret. Related positions follow in the same form.
func (p *Printer) Render(w io.Writer, all []Diagnostic) error {
	var t visible.Text
	for _, d := range all {
		t.Style(visible.Bold, p.place(d.Pos)+":")
		t.Plain(" ")
		t.Style(styles[d.Severity], d.Severity.String()+":")
		message(&t, fmt.Sprintf(" %s [%s]", d.text(), d.Code))
		p.excerpt(&t, d.Pos, d.Width)
		for _, r := range d.Related {
			t.Plain("\t")
			t.Style(visible.Bold, p.place(r.Pos)+":")
			message(&t, " "+r.Message)
			p.excerpt(&t, r.Pos, 0)
		}
	}
	_, err := t.WriteTo(w)
	return err
}

// styles are the styles of the severities.
var styles = map[Severity]visible.Style{Error: visible.Red, Warning: visible.Yellow, Note: visible.Cyan}

// message writes a message. It indents further lines of the message, such as those of
// the go command.
func message(t *visible.Text, text string) {
	indent := ""
	for line := range strings.SplitSeq(text, "\n") {
		fmt.Fprintf(t, "%s%s\n", indent, visible.Line(strings.TrimSuffix(line, "\r")))
		indent = "\t"
	}
}

// text returns the message with its suggestion.
func (d Diagnostic) text() string {
	if d.Suggestion == "" {
		return d.Message
	}
	return fmt.Sprintf("%s; did you mean %q?", d.Message, d.Suggestion)
}

// place returns file:line:column, with the file's name as Name returns it.
func (p *Printer) place(pos model.Pos) string {
	pos.File = visible.Line(p.Name(pos.File))
	return pos.String()
}

// Name returns a file's name for display: relative to Dir if the file is below it.
func (p *Printer) Name(file string) string {
	if p.Dir == "" || !filepath.IsAbs(file) {
		return file
	}
	rel, err := filepath.Rel(p.Dir, file)
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return file
	}
	return rel
}

type jsonDiagnostic struct {
	File       string        `json:"file"`
	Line       int           `json:"line"`
	Column     int           `json:"column"`
	Severity   string        `json:"severity"`
	Code       Code          `json:"code"`
	Message    string        `json:"message"`
	Suggestion string        `json:"suggestion"`
	Related    []jsonRelated `json:"related"`
	Edits      []jsonEdit    `json:"edits,omitempty"`
}

// jsonEdit is an edit of the finding's file. Columns are bytes, from 1. The range ends before the
// end column.
type jsonEdit struct {
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"endLine"`
	EndColumn int    `json:"endColumn"`
	Text      string `json:"text"`
}

// newJSONEdits returns the edits of a finding's fix.
func newJSONEdits(d Diagnostic, source []byte) []jsonEdit {
	e, ok := d.Edit(source)
	if !ok {
		return nil
	}
	var j jsonEdit
	j.Line, j.Column = placeOf(source, e.Offset)
	j.EndLine, j.EndColumn = placeOf(source, e.End)
	j.Text = e.Text
	return []jsonEdit{j}
}

// placeOf returns the line and column of an offset.
func placeOf(source []byte, offset int) (line, column int) {
	before := source[:offset]
	return bytes.Count(before, []byte("\n")) + 1, offset - bytes.LastIndexByte(before, '\n')
}

type jsonRelated struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Message string `json:"message"`
}

// WriteJSON writes the diagnostics for programs, one object per line.
func (p *Printer) WriteJSON(w io.Writer, all []Diagnostic) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, d := range all {
		out := jsonDiagnostic{
			File: p.Name(d.Pos.File), Line: d.Pos.Line, Column: d.Pos.Column,
			Severity: d.Severity.String(), Code: d.Code,
			Message: d.Message, Suggestion: d.Suggestion, Related: []jsonRelated{},
		}
		if p.Source != nil {
			out.Edits = newJSONEdits(d, p.Source(d.Pos.File))
		}
		for _, r := range d.Related {
			out.Related = append(out.Related, jsonRelated{p.Name(r.Pos.File), r.Pos.Line, r.Pos.Column, r.Message})
		}
		if err := enc.Encode(out); err != nil {
			return err
		}
	}
	return nil
}
