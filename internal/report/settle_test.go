package report

import (
	"fmt"
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/jobgen/jobgen/internal/attach"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/model"
)

func at(line int) model.Pos { return model.Pos{File: "jobs.go", Line: line, Column: 3} }

// settled settles findings with the allow lines of a method in lines 3 to 5, and returns the
// codes and lines of the remaining ones.
func settled(t *testing.T, allow string, found ...diag.Diagnostic) []string {
	t.Helper()
	src := "package app\n\n//jobs:allow " + allow + " reason: a test\n//jobs:rate 1 hour\nfunc (Job) Run() error { return nil }\n"
	fset := token.NewFileSet()
	syntax, err := parser.ParseFile(fset, "jobs.go", src, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	var list diag.List
	pkg := attach.Files(fset, []*gosource.File{{Path: "jobs.go", Syntax: syntax, Src: []byte(src)}}, &list)
	list.Add(found...)
	Settle(&list, pkg.Allows)
	var left []string
	for _, d := range list.Sorted() {
		left = append(left, fmt.Sprintf("%s:%d", d.Code, d.Pos.Line))
	}
	return left
}

func TestSettle(t *testing.T) {
	secondary := diag.New(diag.TextUnseen, at(5), "a text")
	secondary.Secondary = true
	field := diag.New(diag.FieldUnknown, at(5), "a field")
	for name, test := range map[string]struct {
		allow string
		found []diag.Diagnostic
		want  string
	}{
		"equal findings":             {"JOB902", []diag.Diagnostic{diag.New(diag.AlwaysMatches, at(5), "a"), diag.New(diag.AlwaysMatches, at(5), "a")}, ""},
		"one for each line":          {"JOB902", []diag.Diagnostic{diag.New(diag.AlwaysMatches, at(5), "b"), diag.New(diag.AlwaysMatches, at(5), "a")}, "JOB902:5"},
		"outside the declaration":    {"JOB902", []diag.Diagnostic{diag.New(diag.AlwaysMatches, at(6), "a")}, "JOB107:3 JOB902:6"},
		"a covered text":             {"JOB902", []diag.Diagnostic{diag.New(diag.Operand, at(5), "a"), secondary}, "JOB107:3 JOB408:5"},
		"a text alone":               {"JOB902", []diag.Diagnostic{secondary}, "JOB107:3 JOB411:5"},
		"an operator, not a field":   {"JOB902", []diag.Diagnostic{diag.New(diag.Operator, at(5), "a"), field}, "JOB107:3 JOB407:5"},
		"a covered finding, allowed": {"JOB802", []diag.Diagnostic{diag.New(diag.Operator, at(5), "a"), field}, "JOB107:3 JOB407:5"},
	} {
		if got := strings.Join(settled(t, test.allow, test.found...), " "); got != test.want {
			t.Errorf("%s: %q are left, want %q", name, got, test.want)
		}
	}
}

// TestManyNotesAreCapped checks that only the first of many notes of a code remain, and one
// with the number of the others, and that a line that allows one of the notes is used.
func TestManyNotesAreCapped(t *testing.T) {
	for _, code := range []diag.Code{diag.OverlapAcross, diag.OneRegion, diag.SwitchedOff} {
		var found []diag.Diagnostic
		for line := 1; line <= 69; line++ {
			found = append(found, diag.New(code, at(4+line*2), "note %d", line))
		}
		found = append(found, diag.New(code, at(5), "allowed"))
		got := settled(t, string(code), found...)
		if diff := cmp.Diff(mostNotes+1, len(got)); diff != "" {
			t.Errorf("%s: the number of findings differs (-want +got):\n%s", code, diff)
		}
		if strings.Contains(strings.Join(got, " "), string(code)+":5 ") {
			t.Errorf("%s: the allowed note is left", code)
		}
	}
}
