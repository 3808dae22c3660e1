package diag

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/jobgen/jobgen/internal/model"
)

// Printer writes diagnostics.
type Printer struct {
	// Dir is the directory that file names are shown relative to, where that
	// leaves no "..".
	Dir string
	// Source returns a file's content for the excerpt; nil reads the file.
	Source func(file string) []byte

	lines map[string][][]byte
}

// Render writes the diagnostics for people: the place and the message, the
// source line, a caret, then the related places in the same form.
func (p *Printer) Render(w io.Writer, all []Diagnostic) error {
	var b bytes.Buffer
	for _, d := range all {
		fmt.Fprintf(&b, "%s: %s: %s [%s]\n", p.place(d.Pos), d.Severity, d.text(), d.Code)
		p.excerpt(&b, d.Pos, d.Width)
		for _, r := range d.Related {
			fmt.Fprintf(&b, "\t%s: %s\n", p.place(r.Pos), r.Message)
			p.excerpt(&b, r.Pos, 0)
		}
	}
	_, err := w.Write(b.Bytes())
	return err
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
	pos.File = p.Name(pos.File)
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

// excerptWidth is how many bytes of a source line are shown on either side of
// the caret: a directive of a megabyte must not fill the screen.
const excerptWidth = 100

func (p *Printer) excerpt(b *bytes.Buffer, pos model.Pos, width int) {
	line := p.line(pos)
	col := pos.Column - 1
	if line == nil || col < 0 || col > len(line) {
		return
	}
	from := max(0, col-excerptWidth)
	to := min(len(line), col+excerptWidth)
	before, after := clean(line[from:col]), clean(line[col:to])
	fmt.Fprintf(b, "\t%s%s\n", before, after)
	fmt.Fprintf(b, "\t%s^%s\n", blank(before), strings.Repeat("~", tildes(after, width)))
}

// tildes is how many columns after the caret are underlined: width bytes of
// text, less the caret's own column.
func tildes(text string, width int) int {
	if width > len(text) {
		width = len(text)
	}
	if width < 1 {
		return 0
	}
	return max(0, utf8.RuneCountInString(text[:width])-1)
}

// clean drops what would break the excerpt: halves of runes, control bytes.
func clean(line []byte) string {
	s := strings.ToValidUTF8(string(line), "\uFFFD")
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' || r == 0x7F {
			return '\uFFFD'
		}
		return r
	}, s)
}

// blank gives white space as wide as s, keeping tabs so that the caret stands
// under its column whatever the tab width.
func blank(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' {
			return '\t'
		}
		return ' '
	}, s)
}

func (p *Printer) line(pos model.Pos) []byte {
	if !pos.IsValid() {
		return nil
	}
	lines, ok := p.lines[pos.File]
	if !ok {
		if p.lines == nil {
			p.lines = map[string][][]byte{}
		}
		lines = bytes.Split(p.read(pos.File), []byte("\n"))
		p.lines[pos.File] = lines
	}
	if pos.Line > len(lines) {
		return nil
	}
	return bytes.TrimSuffix(lines[pos.Line-1], []byte("\r"))
}

func (p *Printer) read(file string) []byte {
	if p.Source != nil {
		return p.Source(file)
	}
	// A file that is gone only costs the excerpt.
	data, _ := os.ReadFile(file)
	return data
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
