package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/lint"
)

// generated is a file in docs that is written from jobgen's tables and output.
type generated struct {
	path    string
	content []byte
}

// reference compares the generated files with the current tables and output of jobgen, or
// writes them.
func reference(write bool) error {
	files, err := generate()
	if err != nil {
		return err
	}
	for _, f := range files {
		if write {
			if err := os.MkdirAll(filepath.Dir(f.path), 0o755); err != nil {
				return err
			}
			if err := os.WriteFile(f.path, f.content, 0o644); err != nil {
				return err
			}
			continue
		}
		have, err := os.ReadFile(f.path)
		if err != nil {
			return err
		}
		if !bytes.Equal(have, f.content) {
			return fmt.Errorf("%s is out of date: run make reference", f.path)
		}
	}
	return nil
}

// generate returns all generated files.
func generate() ([]generated, error) {
	dir, err := os.MkdirTemp("", "readme-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	jobgen := filepath.Join(dir, "jobgen")
	if out, err := exec.Command("go", "build", "-o", jobgen, "./cmd/jobgen").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("go build: %w\n%s", err, out)
	}
	commands, err := commandPage(jobgen)
	if err != nil {
		return nil, err
	}
	files, err := takePictures(jobgen)
	return append(files,
		generated{"docs/reference/directives.md", directivePage()},
		generated{"docs/reference/codes.md", codePage()},
		generated{"docs/reference/commands.md", commands},
	), err
}

// note is the first line of every generated page.
const note = "<!-- Written by make reference. Don't edit this file. -->\n\n"

func directivePage() []byte {
	var b bytes.Buffer
	b.WriteString(note + `# Directives

A directive is a comment line without a space after ` + "`//`" + `, in the doc comment of a method, of its
receiver's type or of a package. ` + "`jobgen directives`" + ` prints this reference in a terminal.

Properties may also have the names and shapes of CloudFormation (` + "`DeadLetterConfig: {Arn: …}`" + `,
` + "`Tags: [{Key: team, Value: security}]`" + `), and those names in Ruby Jets' spelling (` + "`memory_size`" + `).
` + "`jobgen directives -json`" + ` lists them. The package documentation of ` + "`jobs`" + ` describes the
complete grammar.
`)
	for _, d := range directive.Reference() {
		fmt.Fprintf(&b, "\n## %[1]s\n\n`//%[2]s:%[1]s`, on %[3]s. %[4]s\n\n```go\n%[5]s\n```\n", d.Name, directive.Tool, d.On, d.Summary, d.Example)
		if len(d.Properties) == 0 {
			continue
		}
		b.WriteString("\n| property | meaning | takes | example |\n|---|---|---|---|\n")
		for _, p := range d.Properties {
			takes := p.Takes
			if p.Parameters {
				takes += "; `${Name}`"
			}
			fmt.Fprintf(&b, "| `%s` | %s | %s | `%s` |\n", p.Name, cell(p.Doc), cell(takes), cell(p.Example))
		}
	}
	return b.Bytes()
}

// cell escapes the character that ends a cell of a table.
func cell(s string) string { return strings.ReplaceAll(s, "|", `\|`) }

func codePage() []byte {
	var b bytes.Buffer
	b.WriteString(note + `# Findings

` + "`jobgen explain CODE`" + ` prints one of these descriptions in a terminal. An error stops the
generation. A warning doesn't, unless ` + "`-strict`" + ` is given. A note never does. Where an ` + "`allow`" + `
line is shown, that line silences the finding for one declaration.

| code | | finding |
|---|---|---|
`)
	for _, info := range diag.Codes() {
		fmt.Fprintf(&b, "| [%s](#%s) | %s | %s |\n", info.Code, strings.ToLower(string(info.Code)), info.Severity, prose(cell(info.Title)))
	}
	for _, info := range diag.Codes() {
		fmt.Fprintf(&b, "\n## %s\n\n**%s** (%s). %s\n", info.Code, prose(info.Title), info.Severity, prose(info.Cause))
		example(&b, "Wrong", info.Wrong)
		example(&b, "Right", info.Right)
		fmt.Fprintf(&b, "\n%s\n", prose(info.Remedy))
		if info.Allowable {
			fmt.Fprintf(&b, "\nTo accept it: `//jobs:allow %s reason: why`\n", info.Code)
		}
	}
	b.WriteString("\n## Checks\n\nThe checks of rules, jobs and packages, in the order in which they run.\n\n| check | what it checks | codes |\n|---|---|---|\n")
	for _, c := range lint.Checks() {
		var codes []string
		for _, code := range c.Codes {
			codes = append(codes, fmt.Sprintf("[%s](#%s)", code, strings.ToLower(string(code))))
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", c.Name, prose(cell(c.Doc)), strings.Join(codes, " "))
	}
	return b.Bytes()
}

func example(b *bytes.Buffer, title, text string) {
	if text != "" {
		fmt.Fprintf(b, "\n%s:\n\n```go\n%s\n```\n", title, text)
	}
}

// markup are the characters of plain text that Markdown would interpret.
var markup = regexp.MustCompile("[*_<>`\\[\\]]")

// prose escapes plain text for Markdown.
func prose(s string) string { return markup.ReplaceAllString(s, `\$0`) }

// listed matches a command in the list of jobgen's help.
var listed = regexp.MustCompile(`(?m)^  ([a-z]+) +\S`)

// commandPage returns the page with the help of jobgen and of each of its commands.
func commandPage(jobgen string) ([]byte, error) {
	general, err := exec.Command(jobgen, "help").Output()
	if err != nil {
		return nil, fmt.Errorf("jobgen help: %w", err)
	}
	_, list, _ := strings.Cut(string(general), "\nCommands:\n")
	list, _, ok := strings.Cut(list, "\n\n")
	if !ok {
		return nil, fmt.Errorf("jobgen help has no list of commands:\n%s", general)
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s# Commands\n\nThis is what `jobgen help` and `jobgen help COMMAND` print.\n\n```text\n%s```\n", note, general)
	for _, m := range listed.FindAllStringSubmatch(list, -1) {
		out, err := exec.Command(jobgen, "help", m[1]).Output()
		if err != nil {
			return nil, fmt.Errorf("jobgen help %s: %w", m[1], err)
		}
		fmt.Fprintf(&b, "\n## %s\n\n```text\n%s```\n", m[1], out)
	}
	return b.Bytes(), nil
}
