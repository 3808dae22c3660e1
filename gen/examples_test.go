package gen_test

import (
	"context"
	"path/filepath"
	"sync"
	"testing"

	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/parse"
)

// parsedExamples are the project's examples in each layout, which are parsed
// once: no test changes them. They have no conditions, because the tests compare
// what exists for all values of parameters; TestConditions is about conditions.
var parsedExamples = map[model.Layout]func() (*parse.Result, error){
	model.PerMethod:  sync.OnceValues(func() (*parse.Result, error) { return parseExamples(model.PerMethod) }),
	model.PerPackage: sync.OnceValues(func() (*parse.Result, error) { return parseExamples(model.PerPackage) }),
}

func parseExamples(layout model.Layout) (*parse.Result, error) {
	dir, err := filepath.Abs(filepath.Join("..", "examples"))
	if err != nil {
		return nil, err
	}
	result, err := parse.Parse(context.Background(), parse.Config{Dir: dir, Patterns: []string{"./..."}, Layout: layout})
	if err != nil {
		return nil, err
	}
	for _, p := range result.Packages {
		for _, j := range p.Jobs() {
			j.Function.When = nil
			for _, r := range j.Rules {
				r.When = nil
			}
		}
	}
	return result, nil
}

// examples returns the project's examples in a layout.
func examples(t *testing.T, layout model.Layout) []*model.Package {
	t.Helper()
	result, err := parsedExamples[layout]()
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Packages) < 3 {
		t.Fatalf("there are %d examples with jobs", len(result.Packages))
	}
	return result.Packages
}
