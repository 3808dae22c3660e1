package gen

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/aymanbagabas/go-udiff"

	"github.com/jobgen/jobgen/internal/model"
)

var update = flag.Bool("update", false, "rewrite the golden files with what is generated now")

// goldenModels are the models whose rule files are kept under testdata/stack.
var goldenModels = []struct {
	name  string
	model func(model.Layout) *model.Package
}{
	{"reference", referencePackage},
	{"full", fullPackage},
	{"existing", existingPackage},
	{"outside", outsidePackage},
}

var layouts = []model.Layout{model.PerMethod, model.PerPackage}

// generated generates all rule files of a package.
func generated(t testing.TB, p *model.Package) []File {
	t.Helper()
	files, err := Generate(p, Options{Formats: Formats()})
	if err != nil {
		t.Fatalf("Generate: %v", err)
	}
	return files[1:]
}

func TestGolden(t *testing.T) {
	for _, m := range goldenModels {
		for _, layout := range layouts {
			for _, f := range generated(t, m.model(layout)) {
				name := filepath.Join(m.name, string(layout), f.Name)
				t.Run(name, func(t *testing.T) { compareGolden(t, filepath.Join("testdata", "stack", name), f.Data) })
			}
		}
	}
}

func compareGolden(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("differs from %s (go test -update accepts it):\n%s", path, udiff.Unified("golden", "got", string(want), string(got)))
	}
}
