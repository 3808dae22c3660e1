package lint

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/shape"
	"github.com/jobgen/jobgen/internal/target"
)

// TestInputPathsOfSamples uses the path of each field of AWS's sample events as an input path.
// The path is right. Without one letter of the last name, it is reported if all fields of
// the event are known.
func TestInputPathsOfSamples(t *testing.T) {
	sources := sampleSources(t)
	rng := rand.New(rand.NewPCG(1, 2))
	paths, slips, reported := 0, 0, 0
	for _, s := range sources {
		for _, d := range s.Events {
			pattern := `{"source":[` + quoteJSON(s.Name) + `],"detail-type":[` + quoteJSON(d.DetailType) + `]}`
			pathsBelow("$.detail", d.Detail, func(path string, f *catalog.Field) {
				paths++
				for _, finding := range inputPathFindings(pattern, path) {
					t.Errorf("%s %s: %s", pattern, path, finding.Message)
				}
				if len(f.Name) < 6 {
					return // a letter less may give another name
				}
				at := len(path) - 1 - rng.IntN(len(f.Name)-1)
				slips++
				reported += min(1, len(inputPathFindings(pattern, path[:at]+path[at+1:])))
			})
		}
	}
	t.Logf("%d paths; %d of %d slips are reported", paths, reported, slips)
	if paths < 1000 || reported*100 < slips*90 {
		t.Errorf("%d paths; %d of %d slips are reported, want 90 %%", paths, reported, slips)
	}
}

// pathsBelow calls yield for each field below a field at a path.
func pathsBelow(path string, f *catalog.Field, yield func(path string, f *catalog.Field)) {
	if f.Kind == catalog.Array {
		path, f = path+"[0]", catalog.Element(f)
	}
	for _, inner := range f.Fields {
		at := path + "." + inner.Name
		if _, err := target.ParsePath(at); err == nil && !strings.ContainsAny(inner.Name, ".[*") {
			yield(at, inner)
			pathsBelow(at, inner, yield)
		}
	}
}

func inputPathFindings(pattern, path string) []diag.Diagnostic {
	r := ruleOfJSON(pattern)
	r.Input = &model.Input{Path: path}
	r.InputAt = func(_ target.Field, _, offset int) model.Pos {
		return model.Pos{File: "rule.go", Line: 1, Column: 1 + offset}
	}
	var found diag.List
	checkInputPaths(r, &Facts{}, &found)
	return found.Sorted()
}

// TestPartWithFractions compares an event's numbers with fractions with types of numbers.
func TestPartWithFractions(t *testing.T) {
	found := []origin{{name: "the AWS event", at: &shape.Shape{Kind: shape.Number, Fractions: true}}}
	for numbers, want := range map[*shape.Numbers]int{shape.Int("int", 64): 1, shape.Float("float64", 64): 0} {
		var list diag.List
		c := &inputCheck{goType: "Order", report: &list}
		c.part(model.Pos{}, found, " has at $.detail.total", &shape.Shape{Kind: shape.Number, Numbers: numbers}, "total")
		if got := list.Count(diag.Warning); got != want {
			t.Errorf("%s: %d warnings, want %d", numbers.Type, got, want)
		}
	}
}
