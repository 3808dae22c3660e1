package starter

import (
	"encoding/json"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/internal/catalog"
)

// In its own place, the files of a kind are those in its folder.
func TestFilesAreTheFolders(t *testing.T) {
	for _, k := range Kinds {
		job, main, err := k.Files(Place{Package: k.Package, Path: self + "/" + k.Package, Main: "lambda"})
		if err != nil {
			t.Fatal(err)
		}
		main.Name = "lambda/" + main.Name
		for _, f := range append(job, main) {
			want, err := os.ReadFile(filepath.Join(k.Package, filepath.FromSlash(f.Name)))
			if err != nil {
				t.Fatal(err)
			}
			if string(f.Data) != string(want) {
				t.Errorf("%s of %s differs from the folder's:\n%s", f.Name, k.Name, f.Data)
			}
		}
	}
}

// In another module, nothing refers to the folders here, and comments keep their words.
func TestFilesElsewhere(t *testing.T) {
	for _, k := range Kinds {
		job, main, err := k.Files(Place{Package: "watch", Path: "example.com/x/my-watch", Main: "run"})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range append(job, main) {
			if strings.Contains(string(f.Data), "starter") {
				t.Errorf("%s of %s:\n%s", f.Name, k.Name, f.Data)
			}
			if filepath.Ext(f.Name) != ".go" {
				continue
			}
			syntax, err := parser.ParseFile(token.NewFileSet(), f.Name, f.Data, parser.PackageClauseOnly)
			want := "watch"
			if f.Name == main.Name {
				want = "main"
			}
			if err != nil || syntax.Name.Name != want {
				t.Errorf("%s of %s is package %v, want %s: %v", f.Name, k.Name, syntax.Name, want, err)
			}
		}
		for _, want := range []string{"// Command run is ", `watch "example.com/x/my-watch"`, "watch.NewDispatcher(watch.Jobs{"} {
			if !strings.Contains(string(main.Data), want) {
				t.Errorf("main.go of %s lacks %s:\n%s", k.Name, want, main.Data)
			}
		}
		if text := string(job[0].Data); strings.Contains(text, " watch.") {
			t.Errorf("jobs.go of %s:\n%s", k.Name, text)
		}
	}
}

// The sample event has the fields that the catalog knows for it.
func TestSampleIsComplete(t *testing.T) {
	data, err := os.ReadFile("deploys/testdata/pipeline-failed.json")
	if err != nil {
		t.Fatal(err)
	}
	const source, detailType = "aws.codepipeline", "CodePipeline Pipeline Execution State Change"
	sample, ok := catalog.Sample(source, detailType)
	if !ok {
		t.Fatal("the catalog lacks the event")
	}
	if got, want := fieldsOf(t, data), fieldsOf(t, sample); !slices.Equal(got, want) {
		t.Errorf("the fields are\n%v\nwant\n%v", got, want)
	}
}

// fieldsOf returns the paths of all fields, sorted.
func fieldsOf(t *testing.T, data []byte) []string {
	t.Helper()
	var event map[string]any
	if err := json.Unmarshal(data, &event); err != nil {
		t.Fatal(err)
	}
	paths := map[string]bool{}
	var walk func(prefix string, object map[string]any)
	walk = func(prefix string, object map[string]any) {
		for key, value := range object {
			paths[prefix+key] = true
			if below, ok := value.(map[string]any); ok {
				walk(prefix+key+".", below)
			}
		}
	}
	walk("", event)
	return slices.Sorted(maps.Keys(paths))
}
