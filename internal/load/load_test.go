package load

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
		packages.Visit([]*packages.Package{pkg.Package}, nil, func(p *packages.Package) {
			if p != pkg.Package && len(p.Syntax) > 0 {
				t.Errorf("%s: %s is read from source", name, p.PkgPath)
			}
		})
		var diags diag.List
		if pkg.Broken(&diags) {
			t.Errorf("%s: %v", name, diags.Sorted())
		}
	}
}

func loadOne(t *testing.T, path string) *Package {
	t.Helper()
	l := &Loader{ctx: context.Background(), Sources: snapshot.New()}
	d, err := scanDir(l.Sources, path)
	if err != nil {
		t.Fatal(err)
	}
	var diags diag.List
	if err := l.Load([]*Dir{d}, &diags); err != nil {
		t.Fatal(err)
	}
	if len(d.Packages) != 1 || diags.HasErrors() {
		t.Fatalf("%d packages, want one; %v", len(d.Packages), diags.Sorted())
	}
	return d.Packages[0]
}
