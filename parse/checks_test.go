package parse

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/lint"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/testmodule"
)

// rowReporter fails the test for a code that a check's row doesn't have.
type rowReporter struct {
	t     *testing.T
	check *lint.Check
	found map[diag.Code]bool
}

func (r *rowReporter) Add(found ...diag.Diagnostic) {
	for _, d := range found {
		if !slices.Contains(r.check.Codes, d.Code) {
			r.t.Errorf("the check %s reports %s, which its row doesn't have: %s", r.check.Name, d.Code, d.Message)
		}
		r.found[d.Code] = true
	}
}

func (r *rowReporter) Report(code diag.Code, pos model.Pos, format string, args ...any) {
	r.Add(diag.New(code, pos, format, args...))
}

// TestChecksReportTheirCodes runs the checks over the Go files of all cases: each check
// reports codes of its row only, and most codes of the rows are found.
func TestChecksReportTheirCodes(t *testing.T) {
	if testing.Short() {
		t.Skip("it loads the packages of all cases")
	}
	module := testmodule.New(t)
	dir := module.Dir(t, caseFiles(t, filepath.Join(module.Root, "testdata")))
	run, err := readRun(context.Background(), Config{Dir: dir, Patterns: []string{"./..."}})
	if err != nil {
		t.Fatal(err)
	}
	found := map[diag.Code]bool{}
	run.input().Check(context.Background(), &lint.Facts{Now: time.Now()}, func(c *lint.Check) diag.Reporter {
		return &rowReporter{t, c, found}
	})
	// These need a flag, another format, or a module of the case's.
	missing := []diag.Code{diag.SchemaUnused, diag.MuxClash, diag.TagFormat}
	for _, c := range lint.Checks() {
		for _, code := range c.Codes {
			if !found[code] && !slices.Contains(missing, code) {
				t.Errorf("no case gives %s of the check %s", code, c.Name)
			}
		}
	}
}

// caseFiles returns the Go files of the cases, each case in a folder of its name. Hostile
// cases have files that no go command reads.
func caseFiles(t *testing.T, testdata string) map[string]string {
	t.Helper()
	cases, err := filepath.Glob(filepath.Join(testdata, "*", "*.txtar"))
	if err != nil || len(cases) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	files := map[string]string{}
	for _, path := range cases {
		subject := filepath.Base(filepath.Dir(path))
		if subject == "hostile" || subject == "load" {
			continue
		}
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		folder := subject + "_" + strings.TrimSuffix(filepath.Base(path), ".txtar")
		for _, f := range archive.Files {
			if strings.HasSuffix(f.Name, ".go") {
				files[folder+"/"+f.Name] = string(f.Data)
			}
		}
	}
	return files
}
