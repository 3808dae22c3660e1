package parse_test

import (
	"context"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/jobgen/jobgen/internal/diag"
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
			if example != "" {
				name, text := sourceOf(example)
				files[fmt.Sprintf("%s/%s/%s", info.Code, kind, name)] = text
			}
		}
	}
	found := findings(t, files)
	for _, info := range diag.Codes() {
		if info.Wrong != "" {
			checkWrong(t, info.Code, found[filepath.Join(string(info.Code), "wrong")])
		}
		for _, d := range found[filepath.Join(string(info.Code), "right")] {
			t.Errorf("%s: the right example gives %s: %s", info.Code, d.Code, d.Message)
		}
	}
}

func checkWrong(t *testing.T, code diag.Code, found []diag.Diagnostic) {
	t.Helper()
	if len(found) == 0 {
		t.Errorf("%s: the wrong example gives nothing", code)
	}
	for _, d := range found {
		if d.Code != code {
			t.Errorf("%s: the wrong example gives %s: %s", code, d.Code, d.Message)
		}
	}
}

// findings parses a module of these files, and returns what is found in each
// directory.
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
		rel, err := filepath.Rel(dir, filepath.Dir(d.Pos.File))
		if err != nil {
			t.Fatal(err)
		}
		found[rel] = append(found[rel], d)
	}
	return found
}

// sourceOf makes a Go file of an example, which shows only what matters: lines
// of a doc comment, declarations without bodies, … where something stands that
// does not matter.
func sourceOf(example string) (name, text string) {
	name = "jobs.go"
	lines := strings.Split(example, "\n")
	if file, ok := strings.CutPrefix(lines[0], "// in "); ok {
		name, lines = file, lines[1:]
	}
	var doc, body []string
	for _, line := range lines {
		switch {
		case strings.HasPrefix(line, "//jobs:package"):
			doc = append(doc, line)
		case line == "…":
			body = append(body, elided(body)...)
		default:
			body = append(body, strings.TrimSuffix(declared(body, line), " …"))
		}
	}
	body = append(body, trailing(body)...)
	text = strings.Join(body, "\n")
	return name, strings.Join(doc, "\n") + "\npackage example\n" + imports(text) + "\n" + text + "\n" + missing(text)
}

var (
	ruleLine = regexp.MustCompile(`^//jobs:(event_pattern|rate|cron)\b`)
	funcLine = regexp.MustCompile(`^func .*[^{]$`)
)

// declared gives a function its body, and a method that stands alone a rule.
func declared(before []string, line string) string {
	if !funcLine.MatchString(line) {
		return line
	}
	line += " { panic(0) }"
	if strings.HasPrefix(line, "func (") && (len(before) == 0 || before[len(before)-1] == "" && !isDangling(before)) {
		line = "//jobs:rate 1 hour\n" + line
	}
	return line
}

// isDangling reports whether an example is about a line that hangs on nothing.
func isDangling(before []string) bool { return ruleLine.MatchString(before[0]) }

// elided is what … stands for: a pattern below a rule, or nothing.
func elided(before []string) []string {
	if len(before) > 0 && strings.HasPrefix(before[len(before)-1], "//jobs:event_rule") {
		return []string{"//jobs:event_pattern source: [my.app]"}
	}
	return nil
}

// trailing is what an example that ends in the lines of a doc comment leaves
// out: the rule, and the method.
func trailing(body []string) []string {
	if len(body) == 0 || !strings.HasPrefix(body[len(body)-1], "//") {
		return nil
	}
	method := "func (j *Job) Example() error { panic(0) }"
	for _, line := range body {
		if ruleLine.MatchString(line) && !strings.HasPrefix(body[len(body)-1], "//jobs:event_rule") {
			return []string{method}
		}
	}
	return []string{"//jobs:event_pattern source: [my.app]", method}
}

func imports(text string) string {
	var b strings.Builder
	for name, path := range map[string]string{"context": "context", "jobs": "github.com/jobgen/jobgen/jobs"} {
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
