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
	// Dir is the directory that file names are shown relative to, where that
	// leaves no "..".
	Dir string
	// Source returns a file's content as it was loaded; a finding in a file for
	// which that is nil has no excerpt. Render needs it.
	Source func(file string) []byte
	// Columns is the width of the terminal, 0 if there is none.
	Columns int

	lines map[string][][]byte
}

// Render writes the diagnostics for people: the place and the message, the
// source line, a caret, then the related places in the same form.
func (p *Printer) Render(w io.Writer, all []Diagnostic) error {
	var b bytes.Buffer
	for _, d := range all {
		head(&b, "", fmt.Sprintf("%s: %s: %s [%s]", p.place(d.Pos), d.Severity, d.text(), d.Code))
		p.excerpt(&b, d.Pos, d.Width)
		for _, r := range d.Related {
			head(&b, "\t", p.place(r.Pos)+": "+r.Message)
			p.excerpt(&b, r.Pos, 0)
		}
	}
	_, err := w.Write(b.Bytes())
	return err
}

// head writes a place with its message. Further lines of the message, as the go
// command's have some, are indented.
func head(b *bytes.Buffer, indent, message string) {
	for line := range strings.SplitSeq(message, "\n") {
		fmt.Fprintf(b, "%s%s\n", indent, visible.Line(strings.TrimSuffix(line, "\r")))
		indent = "\t"
	}
}

// text is the message with its suggestion.
func (d Diagnostic) text() string {
	if d.Suggestion == "" {
		return d.Message
	}
	return fmt.Sprintf("%s; did you mean %q?", d.Message, d.Suggestion)
}

// place gives file:line:column, the file as Name shows it.
func (p *Printer) place(pos model.Pos) string {
	pos.File = visible.Line(p.Name(pos.File))
	return pos.String()
}

// Name gives a file's name as it is shown: relative to Dir if it is below it.
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
}

type jsonRelated struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Message string `json:"message"`
}

// WriteJSON writes the diagnostics for programs: one object a line.
func (p *Printer) WriteJSON(w io.Writer, all []Diagnostic) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, d := range all {
		out := jsonDiagnostic{
			File: p.Name(d.Pos.File), Line: d.Pos.Line, Column: d.Pos.Column,
			Severity: d.Severity.String(), Code: d.Code,
			Message: d.Message, Suggestion: d.Suggestion, Related: []jsonRelated{},
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
