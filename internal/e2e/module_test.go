// Package e2e builds what jobgen generates and runs it as Lambda does: one real
// process per function, fed over the Runtime API.
package e2e

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/jobgen/jobgen/gen"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/testmodule"
	"github.com/jobgen/jobgen/parse"
)

// program is a test's module: packages with jobs, and a main package that starts their
// dispatcher.
type program struct {
	files    map[string]string
	packages []*model.Package
	binary   string
}

// build generates for an archive in testdata, vets and builds it.
func build(t *testing.T, name string) *program {
	t.Helper()
	archive, err := txtar.ParseFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range archive.Files {
		files[f.Name] = string(f.Data)
	}
	module := testmodule.New(t)
	dir := module.Dir(t, files)
	p := &program{files: files, packages: generate(t, dir), binary: filepath.Join(dir, "bootstrap")}
	run(t, module, dir, "vet", "./...")
	run(t, module, dir, "build", "-o", p.binary, "./lambda")
	return p
}

// generate writes the dispatchers of the module in dir, and returns the models.
func generate(t *testing.T, dir string) []*model.Package {
	t.Helper()
	res, err := parse.Parse(context.Background(), parse.Config{Dir: dir, Patterns: []string{"./..."}})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range res.Diagnostics.Sorted() {
		if d.Severity != diag.Note {
			t.Fatalf("%s: %s [%s]", d.Pos, d.Message, d.Code)
		}
	}
	for _, p := range res.Packages {
		src, err := gen.Dispatcher(p)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(p.Dir, model.DispatcherFile), src, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return res.Packages
}

func run(t *testing.T, module *testmodule.Module, dir string, args ...string) {
	t.Helper()
	if testing.Short() {
		t.Skip("it runs the go command on generated code")
	}
	cmd := exec.Command("go", args...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), module.Env()...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}
