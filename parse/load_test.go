package parse

import (
	"context"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/snapshot"
	"github.com/jobgen/jobgen/internal/testmodule"
)

// TestImportsAreLoadedFromExportData checks that nothing but the package itself is
// type-checked from source, though its generated file is overlaid: that takes
// a hundred milliseconds instead of seconds.
func TestImportsAreLoadedFromExportData(t *testing.T) {
	t.Parallel()
	for name, generated := range map[string]string{"missing": "", "stale": "package app\n\nfunc init() { old() }\n", "garbage": "<<<<"} {
		files := map[string]string{"jobs.go": `package app

import "github.com/jobgen/jobgen/jobs"

type Job struct{}

//jobs:rate 1 hour
func (Job) Run(jobs.Event[any]) error { return nil }

var dispatcher = NewDispatcher(Jobs{Job: &Job{}})
`}
		if generated != "" {
			files["jobs_gen.go"] = generated
		}
		pkg := loadOne(t, testmodule.New(t).Dir(t, files))
		if len(pkg.Syntax) == 0 || pkg.Types.Scope().Lookup("dispatcher") == nil {
			t.Errorf("%s: the package's own files are not loaded", name)
		}
		if pkg.Imports["github.com/jobgen/jobgen/jobs"] == nil {
			t.Errorf("%s: the import is not loaded", name)
		}
		packages.Visit([]*packages.Package{pkg}, nil, func(p *packages.Package) {
			if p != pkg && len(p.Syntax) > 0 {
				t.Errorf("%s: %s is read from source", name, p.PkgPath)
			}
		})
		var diags diag.List
		if syntaxErrors(pkg, &diags) {
			t.Errorf("%s: %v", name, diags.Sorted())
		}
	}
}

func loadOne(t *testing.T, path string) *packages.Package {
	t.Helper()
	l := &loader{ctx: context.Background(), sources: snapshot.New()}
	d, err := look(l.sources, path)
	if err != nil {
		t.Fatal(err)
	}
	loaded, err := l.load([]*dir{d})
	if err != nil {
		t.Fatal(err)
	}
	if len(loaded) != 1 {
		t.Fatalf("%d packages, want one", len(loaded))
	}
	return loaded[0]
}
