package attach

import (
	"fmt"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/gosource"
)

// read attaches the directives of one file.
func read(t *testing.T, src string) (*Package, []diag.Diagnostic) {
	t.Helper()
	fset := token.NewFileSet()
	syntax, err := parser.ParseFile(fset, "a.go", src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var diags diag.List
	file := &gosource.File{Path: "a.go", Syntax: syntax, Src: []byte(src)}
	return Files(fset, []*gosource.File{file}, &diags), diags.Sorted()
}

func TestFiles(t *testing.T) {
	pkg, diags := read(t, `//jobs:package formats: terraform
package app

//jobs:function timeout: 1m
type Job struct{}

type (
	//jobs:function memory: 256
	Other struct{}
	Bare  struct{}
)

//jobs:allow JOB903 reason: a test
//jobs:rate 1 hour
func (*Job) Run() error { return nil }

// Plain has no directives.
func (*Job) Plain() error { return nil }
`)
	var got []string
	for _, d := range pkg.Declarations {
		var names []string
		for _, line := range d.Directives {
			names = append(names, line.Name)
		}
		got = append(got, fmt.Sprintf("%d: %s: %s", d.Pos.Line, d.Describe(), strings.Join(names, " ")))
	}
	want := []string{
		"5: the type Job: function",
		"9: the type Other: function",
		"15: the method Job.Run: allow rate",
		"2: the package clause: package",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if len(diags) > 0 {
		t.Errorf("findings: %v", diags)
	}
	if len(pkg.Allows) != 1 || pkg.Allows[0].Code != "JOB903" || pkg.Allows[0].Declaration != pkg.Declarations[2] {
		t.Fatalf("allow lines: %+v", pkg.Allows)
	}
	for line, want := range map[int]bool{12: false, 13: true, 15: true, 16: false} {
		d := diag.Diagnostic{Code: "JOB903", Pos: pkg.Allows[0].Pos}
		d.Pos.Line = line
		if got := pkg.Allows[0].Covers(d); got != want {
			t.Errorf("the allow line covers line %d: %t, want %t", line, got, want)
		}
	}
}

// TestFindings checks the directives that apply to nothing, and the comments that look
// like directives.
func TestFindings(t *testing.T) {
	for name, test := range map[string]struct {
		src  string
		want diag.Code
	}{
		"on a function":      {"//jobs:rate 1 hour\nfunc f() {}", diag.Misplaced},
		"on a type":          {"//jobs:rate 1 hour\ntype Job struct{}", diag.Misplaced},
		"apart":              {"//jobs:rate 1 hour\n\nfunc (Job) Run() {}", diag.Misplaced},
		"inside":             {"func (Job) Run() {\n\t//jobs:rate 1 hour\n}", diag.Misplaced},
		"unknown":            {"//jobs:rat 1 hour\nfunc (Job) Run() {}", diag.UnknownDirective},
		"with a space":       {"// jobs:rate 1 hour\nfunc (Job) Run() {}", diag.NearMiss},
		"in a block":         {"/*\njobs:rate 1 hour\n*/\nfunc (Job) Run() {}", diag.NearMiss},
		"without a reason":   {"//jobs:allow JOB903\nfunc (Job) Run() {}", diag.AllowMalformed},
		"of an unknown code": {"//jobs:allow JOB000 reason: none\nfunc (Job) Run() {}", diag.AllowNotPossible},
	} {
		t.Run(name, func(t *testing.T) {
			pkg, diags := read(t, "package app\n\n"+test.src+"\n")
			if len(diags) != 1 || diags[0].Code != test.want {
				t.Errorf("got %v, want one %s", diags, test.want)
			}
			if len(pkg.Allows) > 0 {
				t.Errorf("allow lines: %+v", pkg.Allows)
			}
		})
	}
}

// TestNear checks that a directive of another tool is no finding by itself: it counts
// in a package that has jobs.
func TestNear(t *testing.T) {
	pkg, diags := read(t, "package app\n\n//job:rate 1 hour\nfunc (Job) Run() {}\n")
	if len(diags) > 0 || len(pkg.Declarations) > 0 || len(pkg.Near) != 1 {
		t.Errorf("findings %v, declarations %v, near %v", diags, pkg.Declarations, pkg.Near)
	}
}
