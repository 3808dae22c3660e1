package parse_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/testmodule"
	"github.com/jobgen/jobgen/parse"
)

// TestDocumentedPatternsAreNoFaults is the guard against false alarms: patterns
// for events that AWS's documentation shows give no error, and few of them a
// warning. A handler that takes the event raw leaves the check to the catalog.
func TestDocumentedPatternsAreNoFaults(t *testing.T) {
	module := testmodule.New(t)
	patterns := documented(t, filepath.Join(module.Root, "testdata", "events", "documented.txt"))
	var src strings.Builder
	src.WriteString("package app\n\nimport \"github.com/jobgen/jobgen/jobs\"\n\ntype Job struct{}\n")
	for i, p := range patterns {
		fmt.Fprintf(&src, "\n//jobs:event_pattern %s\nfunc (j *Job) Rule%d(jobs.Event[map[string]any]) error { return nil }\n", p, i)
	}
	dir := module.Dir(t, map[string]string{"jobs.go": src.String()})
	res, err := parse.Parse(context.Background(), parse.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	if len(patterns) < 150 || len(res.Packages) != 1 || len(res.Packages[0].Rules()) != len(patterns) {
		t.Fatalf("%d patterns were read, of at least 150", len(patterns))
	}
	judgeDocumented(t, patterns, res.Diagnostics.Sorted())
}

func judgeDocumented(t *testing.T, patterns []string, found []diag.Diagnostic) {
	t.Helper()
	warned := map[int]bool{}
	for _, d := range found {
		switch {
		case d.Severity == diag.Error:
			t.Errorf("%s: %s [%s]", patterns[(d.Pos.Line-7)/3], d.Message, d.Code)
		case d.Severity == diag.Warning:
			warned[d.Pos.Line] = true
			t.Logf("%s: %s [%s]", patterns[(d.Pos.Line-7)/3], d.Message, d.Code)
		}
	}
	t.Logf("%d patterns, %d with warnings (%.1f %%)", len(patterns), len(warned), 100*float64(len(warned))/float64(len(patterns)))
	if 100*len(warned) >= 5*len(patterns) {
		t.Errorf("%d of %d patterns have warnings; fewer than 5 %% should have", len(warned), len(patterns))
	}
}

// documented reads the patterns in a file of facts: source | detail-type |
// fields of the detail.
func documented(t *testing.T, file string) []string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var patterns []string
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimRight(line, "\n"); strings.HasPrefix(line, "#") {
			continue
		}
		columns := strings.Split(line+" ", "|")
		if len(columns) != 3 {
			t.Fatalf("%q has no three columns", line)
		}
		var fields []string
		for i, form := range []string{"source: ['%s']", "detail-type: ['%s']", "detail: {%s}"} {
			if value := strings.TrimSpace(columns[i]); value != "" {
				fields = append(fields, fmt.Sprintf(form, value))
			}
		}
		patterns = append(patterns, "{"+strings.Join(fields, ", ")+"}")
	}
	return slices.Clip(patterns)
}
