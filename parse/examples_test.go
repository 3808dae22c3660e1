package parse_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jobgen/jobgen/gen"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/testmodule"
	"github.com/jobgen/jobgen/parse"
)

// TestExamplesAreTrue holds the table that `jobgen explain` prints against what
// jobgen does: each wrong example gives its code and no other, each right one
// gives nothing.
func TestExamplesAreTrue(t *testing.T) {
	files := map[string]string{}
	for _, info := range diag.Codes() {
		for kind, example := range map[string]string{"wrong": info.Wrong, "right": info.Right} {
			for name, text := range sourcesOf(example) {
				files[fmt.Sprintf("%s/%s/%s", info.Code, kind, name)] = text
			}
		}
	}
	found := findings(t, files)
	for _, info := range diag.Codes() {
		if info.Wrong != "" && (info.Code != diag.TagFormat || isModernJSON()) {
			checkWrong(t, info.Code, found[filepath.Join(string(info.Code), "wrong")])
		}
		for _, d := range found[filepath.Join(string(info.Code), "right")] {
			if d.Code != diag.MustHave { // a note for each function that exists
				t.Errorf("%s: the right example gives %s: %s", info.Code, d.Code, d.Message)
			}
		}
	}
}

// isModernJSON reports whether the tests are compiled with the encoding/json of Go
// 1.27, which refuses the option format.
func isModernJSON() bool { return reflect.TypeFor[json.RawMessage]().PkgPath() != "encoding/json" }

// checkWrong lets notes pass besides the code: an allow that is wrong leaves the
// note that it is about.
func checkWrong(t *testing.T, code diag.Code, found []diag.Diagnostic) {
	t.Helper()
	if !slices.ContainsFunc(found, func(d diag.Diagnostic) bool { return d.Code == code }) {
		t.Errorf("%s: the wrong example does not give it", code)
	}
	for _, d := range found {
		if d.Code != code && d.Severity != diag.Note {
			t.Errorf("%s: the wrong example gives %s: %s", code, d.Code, d.Message)
		}
	}
}

// findings parses a module of these files, generates what is right so far, and
// returns what is found in each directory.
func findings(t *testing.T, files map[string]string) map[string][]diag.Diagnostic {
	t.Helper()
	dir := testmodule.New(t).Dir(t, files)
	res, err := parse.Parse(context.Background(), parse.Config{
		Dir: dir, Patterns: []string{"./..."}, Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC),
	})
	if err != nil {
		t.Fatal(err)
	}
	found := map[string][]diag.Diagnostic{}
	for _, d := range res.Diagnostics.Sorted() {
		if d.Code == diag.OverlapAcross || d.Code == diag.OverlapWithin {
			continue // the examples are alike; the cases in testdata/overlap are about this
		}
		rel, err := filepath.Rel(dir, filepath.Dir(d.Pos.File))
		if err != nil {
			t.Fatal(err)
		}
		found[rel] = append(found[rel], d)
	}
	for _, p := range res.Packages {
		if rel, err := filepath.Rel(dir, p.Dir); err != nil {
			t.Fatal(err)
		} else if !slices.ContainsFunc(found[rel], func(d diag.Diagnostic) bool { return d.Severity == diag.Error }) {
			found[rel] = append(found[rel], generating(t, p)...)
		}
	}
	return found
}

// generating returns findings of generating a package's rule files: what they can't say, and
// what must be outside of them. It sets the codes, as the command does, because package gen has
// none.
func generating(t *testing.T, p *model.Package) []diag.Diagnostic {
	t.Helper()
	_, err := gen.Generate(p, gen.Options{Formats: p.Formats})
	problems, ok := errors.AsType[gen.Problems](err)
	if err != nil && !ok {
		t.Fatal(err)
	}
	var list []diag.Diagnostic
	for _, problem := range problems {
		code := diag.NameClash
		if problem.Kind == gen.CannotSay {
			code = diag.FormatCannot
		}
		list = append(list, diag.New(code, problem.Pos, "%s", problem.Message))
	}
	notes, err := gen.Notes(p)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range notes {
		if n.Kind == gen.MustHave {
			list = append(list, diag.New(diag.MustHave, n.Pos, "%s", n.Message))
		}
	}
	return list
}

// sourcesOf makes Go files of an example: one, or one for each line that names a
// file.
func sourcesOf(example string) map[string]string {
	name, lines, files := "jobs.go", []string(nil), map[string]string{}
	add := func() {
		if len(lines) > 0 {
			files[name] = sourceOf(lines)
		}
		lines = nil
	}
	for line := range strings.Lines(example) {
		line = strings.TrimSuffix(line, "\n")
		if file, ok := strings.CutPrefix(line, "// in "); ok {
			add()
			name = file
			continue
		}
		lines = append(lines, line)
	}
	add()
	return files
}

// sourceOf makes a Go file of an example. An example shows only what matters: lines of a doc
// comment, and declarations without bodies. It has … in place of code that doesn't matter.
func sourceOf(lines []string) string {
	var constraint string
	var doc, body []string
	for _, line := range lines {
		switch {
		case strings.HasPrefix(line, "//go:build"):
			constraint = line + "\n\n"
		case strings.HasPrefix(line, "//jobs:package"):
			doc = append(doc, line)
		case line == "…":
			body = append(body, elided(body)...)
		default:
			body = append(body, strings.TrimSuffix(declared(body, line), " …"))
		}
	}
	body = append(body, trailing(body)...)
	text := strings.Join(body, "\n")
	return constraint + strings.Join(doc, "\n") + "\npackage example\n" + imports(text) + "\n" + text + "\n" + missing(text)
}

var (
	ruleLine   = regexp.MustCompile(`(?m)^//jobs:(event_pattern|rate|cron|at)\b`)
	methodLine = regexp.MustCompile(`^func \(`)
	bodiless   = regexp.MustCompile(`^func .*[^{}]$`)
)

// declared adds a body to a function, and a rule to a method without directives.
func declared(before []string, line string) string {
	alone := len(before) == 0 || before[len(before)-1] == "" && !ruleLine.MatchString(before[0])
	if methodLine.MatchString(line) && alone {
		line = "//jobs:event_pattern source: [my.app]\n" + line
	}
	if bodiless.MatchString(line) {
		line += " { panic(0) }"
	}
	return line
}

// elided returns the lines in place of …: a pattern below a rule, or nothing.
func elided(before []string) []string {
	if len(before) > 0 && strings.HasPrefix(before[len(before)-1], "//jobs:event_rule") {
		return []string{"//jobs:event_pattern source: [my.app]"}
	}
	return nil
}

// trailing is what an example leaves out at its end: a pattern, if it has none
// or the last rule has none, and the method, if it ends in a doc comment.
func trailing(body []string) []string {
	method := "func (j *Job) Example() error { panic(0) }"
	text, last := strings.Join(body, "\n"), body[len(body)-1]
	switch {
	case strings.HasPrefix(last, "//jobs:event_rule"), !ruleLine.MatchString(text):
		return []string{"//jobs:event_pattern source: [my.app]", method}
	case strings.HasPrefix(last, "//"):
		return []string{method}
	}
	return nil
}

func imports(text string) string {
	var b strings.Builder
	for name, path := range map[string]string{"context": "context", "jobs": model.RuntimePath, "events": "github.com/aws/aws-lambda-go/events"} {
		if regexp.MustCompile(`\b` + name + `\.[A-Z]`).MatchString(text) {
			fmt.Fprintf(&b, "import %q\n", path)
		}
	}
	return b.String()
}

// missing declares the types that an example takes as known.
func missing(text string) string {
	types := map[string]string{
		"Job": "struct{}", "SecurityJob": "struct{}", "User": "struct{}",
		"StateChange": "struct{ State string `json:\"state\"` }", "Detail": "struct{ ID string `json:\"id\"` }",
	}
	if strings.Contains(text, "Job[") {
		types["Job"] = ""
		text += "\ntype Job struct{}"
	}
	var b strings.Builder
	for name, underlying := range types {
		if !regexp.MustCompile(`\btype ` + name + `\b`).MatchString(text) {
			fmt.Fprintf(&b, "type %s %s\n", name, underlying)
		}
	}
	if types["Job"] == "" {
		b.WriteString("type Job[T any] struct{}\nfunc (Job[T]) Run() error { panic(0) }\n")
	}
	return b.String()
}
