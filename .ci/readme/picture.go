package main

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"unicode/utf8"

	"github.com/jobgen/jobgen/internal/testmodule"
)

// picture is a picture of a terminal: commands and what they print.
type picture struct {
	path    string
	title   string // a description for readers who don't see the picture
	source  string // jobs.go of the module in which the commands are run
	command string // the arguments of jobgen
	columns int
}

var pictures = []picture{{
	path:    "docs/reference/finding.svg",
	title:   "jobgen reports a misspelled state in a rule, with its place and the right name",
	command: "",
	columns: 92,
	source: `package security

import (
	"context"

	"github.com/jobgen/jobgen/jobs"
)

type SecurityJob struct{}

//jobs:event_pattern source: [aws.ec2]
//jobs:event_pattern detail-type: [EC2 Instance State-change Notification]
//jobs:event_pattern detail.state: [stoping]
func (j *SecurityJob) InstanceStopping(ctx context.Context, e jobs.Event[StateChange]) error {
	return nil
}

type StateChange struct {
	InstanceID string ` + "`json:\"instance-id\"`" + `
}
`,
}, {
	path:    "docs/reference/list.svg",
	title:   "jobgen list prints a table of jobs with their rules, what fires them, functions and places",
	command: "list",
	columns: 116,
	source: `package orders

import (
	"context"
	"encoding/json"

	"github.com/jobgen/jobgen/jobs"
)

type OrderJob struct{}

//jobs:event_pattern source: [shop.orders], detail.total: [{numeric: ['>=', 1000]}]
func (j *OrderJob) Review(ctx context.Context, e jobs.Event[json.RawMessage]) error { return nil }

//jobs:event_pattern source: [shop.payments], detail-type: [paid]
func (j *OrderJob) Ship(ctx context.Context, e jobs.Event[json.RawMessage]) error { return nil }

//jobs:event_pattern source: [shop.stock], detail.country: [DE, FR]
func (j *OrderJob) Restock(ctx context.Context, e jobs.Event[json.RawMessage]) error { return nil }
`,
}}

// takePictures runs jobgen on a terminal and returns the pictures as SVG. It needs the command
// script of Linux, which provides the terminal. On other systems it returns no pictures.
func takePictures(jobgen string) ([]generated, error) {
	if runtime.GOOS != "linux" {
		return nil, nil
	}
	mod, err := testmodule.Read()
	if err != nil {
		return nil, err
	}
	var files []generated
	for _, p := range pictures {
		lines, err := p.take(mod, jobgen)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.path, err)
		}
		files = append(files, generated{p.path, p.svg(lines)})
	}
	return files, nil
}

// progress matches a progress line, which the terminal erases again.
var progress = regexp.MustCompile("\r\x1b\\[K(jobgen: [^\r\n]* \\(\\d+ s\\))?")

// take returns the lines on the terminal, with their escape codes.
func (p picture) take(mod *testmodule.Module, jobgen string) ([]string, error) {
	dir, err := os.MkdirTemp("", "readme-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := mod.Write(dir); err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(dir, "jobs.go"), []byte(p.source), 0o644); err != nil {
		return nil, err
	}
	command := strings.TrimSpace("jobgen " + p.command)
	script := exec.Command("script", "-qc", fmt.Sprintf("stty cols %d; %s", p.columns, command), "/dev/null")
	script.Dir = dir
	script.Env = append(append(os.Environ(), mod.Env()...),
		"PATH="+filepath.Dir(jobgen)+string(filepath.ListSeparator)+os.Getenv("PATH"), "TERM=xterm", "NO_COLOR=")
	out, err := script.Output()
	if err != nil {
		return nil, err
	}
	text := strings.ReplaceAll(progress.ReplaceAllString(string(out), ""), "\r\n", "\n")
	lines := []string{"$ " + command}
	for line := range strings.Lines(text) {
		lines = append(lines, wrap(strings.ReplaceAll(strings.TrimSuffix(line, "\n"), "\t", "        "), p.columns)...)
	}
	return lines, nil
}

var escapeCode = regexp.MustCompile("\x1b\\[([0-9;]*)m")

// wrap divides a line at the terminal's width. Escape codes have no width.
func wrap(line string, columns int) []string {
	var lines []string
	var b strings.Builder
	width := 0
	for line != "" {
		if code := escapeCode.FindString(line); code != "" && strings.HasPrefix(line, code) {
			b.WriteString(code)
			line = line[len(code):]
			continue
		}
		if width == columns {
			lines = append(lines, b.String())
			b.Reset()
			width = 0
		}
		r, size := utf8.DecodeRuneInString(line)
		b.WriteRune(r)
		line, width = line[size:], width+1
	}
	return append(lines, b.String())
}

// colours are the colours of the escape codes that jobgen writes. The background is dark, so
// that the picture is readable on light and on dark pages.
var colours = map[string]string{
	"31": "#ff7b72", "32": "#7ee787", "33": "#e3b341", "34": "#79c0ff", "35": "#d2a8ff", "36": "#76e3ea",
}

// Sizes in the picture, in pixels.
const (
	cellWidth  = 8.4
	lineHeight = 20
	margin     = 16
)

func (p picture) svg(lines []string) []byte {
	width, height := int(float64(p.columns)*cellWidth)+2*margin, len(lines)*lineHeight+2*margin
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %[1]d %[2]d" role="img">`+"\n", width, height)
	fmt.Fprintf(&b, "<title>%s</title>\n", escaped(p.title))
	fmt.Fprintf(&b, `<rect width="%d" height="%d" rx="8" fill="#0d1117"/>`+"\n", width, height)
	b.WriteString(`<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="14" fill="#e6edf3" xml:space="preserve">` + "\n")
	style := ""
	for i, line := range lines {
		style = writeLine(&b, line, style, margin+(i+1)*lineHeight-5)
	}
	b.WriteString("</g>\n</svg>\n")
	return b.Bytes()
}

// writeLine writes a line as parts that have one style each. It returns the style at the end,
// which is the style at the beginning of the next line.
func writeLine(b *bytes.Buffer, line, style string, y int) string {
	column := 0
	for line != "" {
		at := escapeCode.FindStringSubmatchIndex(line)
		text := line
		if at != nil {
			text = line[:at[0]]
		}
		visible := strings.TrimLeft(text, " ")
		column += len(text) - len(visible)
		if n := utf8.RuneCountInString(visible); n > 0 {
			fmt.Fprintf(b, `<text x="%.1f" y="%d" textLength="%.1f"%s>%s</text>`+"\n",
				margin+float64(column)*cellWidth, y, float64(n)*cellWidth, style, escaped(visible))
			column += n
		}
		if at == nil {
			break
		}
		style = styleOf(style, line[at[2]:at[3]])
		line = line[at[1]:]
	}
	return style
}

// styleOf returns the style after an escape code, as attributes of SVG.
func styleOf(style, code string) string {
	for part := range strings.SplitSeq(code, ";") {
		switch colour, ok := colours[part]; {
		case part == "" || part == "0":
			style = ""
		case part == "1":
			style += ` font-weight="bold"`
		case ok:
			style += fmt.Sprintf(` fill="%s"`, colour)
		}
	}
	return style
}

func escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a Builder returns no errors
	return b.String()
}
