package parse_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/spell"
	"github.com/jobgen/jobgen/internal/testmodule"
	"github.com/jobgen/jobgen/parse"
)

// TestPrintedTypesAreNoFaults checks that a handler with the type that `jobgen events -go`
// prints gives no error and no warning, for any event of the catalog.
func TestPrintedTypesAreNoFaults(t *testing.T) {
	file := newHandlerFile()
	for i, e := range catalogEvents() {
		if testing.Short() && i%5 > 0 {
			continue
		}
		src := goTypeOf(e, file.typeName())
		file.handler(e, src)
	}
	for _, d := range file.findings(t) {
		if d.Severity != diag.Note {
			t.Errorf("%s: %s [%s]", file.line(d.Pos.Line), d.Message, d.Code)
		}
	}
	t.Logf("%d events", file.handlers)
}

// TestSlipsInHandlersAreFound plants one slip at a time in the types that `jobgen events
// -go` prints, and counts how many are found at the field: a type of another kind, or a
// misspelled name. CATALOG.md has the figures.
func TestSlipsInHandlersAreFound(t *testing.T) {
	const goal = 95 // percent
	t.Log("slips in | slips | reported | as errors | right name or type | left out")
	for _, row := range []struct {
		name string
		code diag.Code
		slip func(*rand.Rand, *printedField) string
	}{
		{"kind of a handler's field", diag.HandlerKind, otherKind},
		{"name of a handler's field", diag.HandlerField, otherName},
	} {
		file, slips, leftOut := plantSlips(row.slip)
		reported, errors, right := 0, 0, 0
		for _, d := range file.findings(t) {
			f := slips[d.Pos.Line]
			switch {
			case d.Severity == diag.Note:
				continue
			case f == nil || d.Code != row.code:
				t.Errorf("%s: %s [%s]", file.line(d.Pos.Line), d.Message, d.Code)
				continue
			case d.Severity == diag.Error:
				errors++
			}
			if reported++; d.Suggestion == f.json || strings.Contains(d.Message, "; make it "+f.typ+",") || strings.Contains(d.Message, "; take the type ") {
				right++
			} else {
				t.Logf("another suggestion: %s [%s] %s", f.slip, d.Suggestion, d.Message)
			}
			f.found = true
		}
		for _, f := range slips {
			if !f.found {
				t.Logf("not found: %s, for %s", f.slip, f.text)
			}
		}
		percent := func(n, of int) float64 { return 100 * float64(n) / float64(of) }
		t.Logf("%s | %d | %.1f %% | %.1f %% | %.1f %% | %d", row.name, len(slips),
			percent(reported, len(slips)), percent(errors, len(slips)), percent(right, reported), leftOut)
		if percent(reported, len(slips)) < goal || percent(right, reported) < goal {
			t.Errorf("%s: fewer than %d %% are reported, or with the right name or type", row.name, goal)
		}
	}
}

// plantSlips returns handlers with one slip each, the slips by their lines, and how many
// fields were left out because they can't have a slip that is wrong for sure.
func plantSlips(slip func(*rand.Rand, *printedField) string) (file *handlerFile, slips map[int]*printedField, leftOut int) {
	most := 500
	if testing.Short() {
		most = 80
	}
	file, slips = newHandlerFile(), map[int]*printedField{}
	rng := rand.New(rand.NewPCG(17, 4))
	for events := catalogEvents(); len(slips) < most; {
		e := events[rng.IntN(len(events))]
		src := goTypeOf(e, file.typeName())
		fields := printedFields(src)
		if len(fields) == 0 {
			continue
		}
		f := fields[rng.IntN(len(fields))]
		if f.slip = slip(rng, f); f.slip == "" {
			leftOut++
			continue
		}
		lines := strings.Split(src, "\n")
		lines[f.line] = f.slip
		slips[file.handler(e, strings.Join(lines, "\n"))+f.line] = f
	}
	return file, slips, leftOut
}

// handlerFile is a Go file with a handler for each of some events.
type handlerFile struct {
	lines    []string
	handlers int
}

func newHandlerFile() *handlerFile {
	return &handlerFile{lines: []string{
		"package app", "", `import ("encoding/json"; "github.com/jobgen/jobgen/jobs")`, "",
		"var _ json.RawMessage", "", "type Job struct{}", "",
	}}
}

// typeName is the name of the next handler's type.
func (f *handlerFile) typeName() string { return fmt.Sprintf("Detail%d_", f.handlers) }

// handler adds a handler for an event, with the source of its type, and returns the line
// number of the type's first line.
func (f *handlerFile) handler(e catalog.Name, src string) int {
	start := len(f.lines) + 1
	f.lines = append(f.lines, strings.Split(src, "\n")...)
	f.lines = append(f.lines,
		fmt.Sprintf("//jobs:event_pattern {source: [%s], detail-type: [%s]}", e.Source, strconv.Quote(e.DetailType)),
		fmt.Sprintf("func (j *Job) Run%d(e jobs.Event[%s]) error { return nil }", f.handlers, f.typeName()), "")
	f.handlers++
	return start
}

func (f *handlerFile) line(number int) string { return f.lines[number-1] }

// findings returns the findings in a package of the file.
func (f *handlerFile) findings(t *testing.T) []diag.Diagnostic {
	t.Helper()
	dir := testmodule.New(t).Dir(t, map[string]string{"jobs.go": strings.Join(f.lines, "\n")})
	res, err := parse.Parse(context.Background(), parse.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	if len(res.Packages) != 1 || len(res.Packages[0].Rules()) != f.handlers {
		t.Fatalf("%d rules were not read", f.handlers)
	}
	return res.Diagnostics.Sorted()
}

// catalogEvents returns the events of the catalog, CloudTrail's once.
func catalogEvents() []catalog.Name {
	return slices.DeleteFunc(catalog.Search(), func(e catalog.Name) bool {
		return catalog.IsCloudTrail(e.DetailType) && e.Source != "aws.ec2"
	})
}

// goTypeOf returns the Go type that `jobgen events -go` prints for an event.
func goTypeOf(n catalog.Name, name string) string {
	e, _ := catalog.Lookup(n.Source, n.DetailType)
	src, _ := e.GoType(name)
	return src
}

// printedField is a field of a struct type in the source of types.
type printedField struct {
	line            int // from 0
	text, slip      string
	name, typ, json string
	options         string
	siblings        []string // the json names of all fields of the struct
	found           bool     // the slip is reported
}

var fieldLine = regexp.MustCompile("^\t(\\w+)\\s+(\\S+)\\s+`json:\"(.*)(,omit\\w+)\"`$")

// printedFields returns the fields of all structs in the source of types.
func printedFields(src string) []*printedField {
	var all []*printedField
	first := 0
	for i, line := range strings.Split(src, "\n") {
		m := fieldLine.FindStringSubmatch(line)
		switch {
		case m != nil:
			all = append(all, &printedField{line: i, text: line, name: m[1], typ: m[2], json: m[3], options: m[4]})
		case line == "}":
			var names []string
			for _, f := range all[first:] {
				names = append(names, f.json)
			}
			for _, f := range all[first:] {
				f.siblings = names
			}
			first = len(all)
		}
	}
	return all
}

func (f *printedField) with(typ, json string) string {
	return fmt.Sprintf("\t%s %s `json:%q`", f.name, typ, json+f.options)
}

// otherKind gives a field a type of another kind.
func otherKind(rng *rand.Rand, f *printedField) string {
	if f.typ == "json.RawMessage" {
		return ""
	}
	elem, isList := strings.CutPrefix(f.typ, "[]")
	var types []string
	switch {
	case isList:
		types = []string{elem, "map[string]" + elem, "string"}
	case f.typ == "string":
		types = []string{"int", "float64", "bool", "[]string", "struct{ A string }"}
	case f.typ == "int64" || f.typ == "float64":
		types = []string{"string", "bool", "[]int", "*string"}
	case f.typ == "bool":
		types = []string{"string", "int", "*string"}
	default: // an object
		types = []string{"string", "[]" + f.typ, "*int", "[]string"}
	}
	if types = slices.DeleteFunc(types, func(typ string) bool { return strings.HasSuffix(typ, "json.RawMessage") }); len(types) == 0 {
		return ""
	}
	return f.with(types[rng.IntN(len(types))], f.json)
}

// otherName misspells the json name of a field. It doesn't return a name that encoding/json
// matches to a field, or one that is equally near to another field.
func otherName(rng *rand.Rand, f *printedField) string {
	letters := []rune(f.json)
	if len(letters) < 3 {
		return ""
	}
	i := rng.IntN(len(letters) - 1)
	var slip string
	switch rng.IntN(7) {
	case 0:
		slip = string(slices.Delete(letters, i, i+1))
	case 1:
		slip = string(slices.Insert(letters, i, letters[i]))
	case 2:
		letters[i], letters[i+1] = letters[i+1], letters[i]
		slip = string(letters)
	case 3:
		slip = strings.NewReplacer("-", "_", "_", "-").Replace(f.json)
	case 4:
		slip = strings.NewReplacer("-", "", "_", "").Replace(f.json)
	case 5:
		slip = neighbours(letters, i)
	case 6:
		if slip = strings.TrimSuffix(f.json, "s"); slip == f.json {
			slip += "s"
		}
	}
	if slices.ContainsFunc(f.siblings, func(name string) bool { return strings.EqualFold(name, slip) }) {
		return ""
	}
	if m, ok := spell.Find(slip, slices.Values(f.siblings)); ok && (len(m.Ties) > 0 || m.Word != f.json) {
		return ""
	}
	return f.with(f.typ, slip)
}

// neighbours replaces a letter by one that is beside it on a keyboard.
func neighbours(letters []rune, i int) string {
	for _, row := range []string{"qwertyuiop", "asdfghjkl", "zxcvbnm"} {
		if at := strings.IndexRune(row, letters[i]); at > 0 {
			letters[i] = rune(row[at-1])
		}
	}
	return string(letters)
}
