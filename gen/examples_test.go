package gen_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/parse"
)

// examples parses the project's examples.
func examples(t *testing.T, layout model.Layout) []*model.Package {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join("..", "examples"))
	if err != nil {
		t.Fatal(err)
	}
	result, err := parse.Parse(context.Background(), parse.Config{Dir: dir, Patterns: []string{"./..."}, Layout: layout})
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Packages) < 3 {
		t.Fatalf("there are %d examples with jobs", len(result.Packages))
	}
	return result.Packages
}
