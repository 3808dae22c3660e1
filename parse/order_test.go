package parse_test

import (
	"encoding/json"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/jobgen/jobgen/gen"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/testmodule"
)

// shop is a package in three files whose order can change: types and methods
// stand apart, and there is more than one of everything that a map could hold.
var shop = []string{
	`// Package app has jobs.
//
//jobs:package formats: [cloudformation, terraform]
package app

//jobs:function environment: {BB: b1, AA: a1, CC: c1}, tags: {z: '1', a: '2'}
type Job struct{}

//jobs:event_pattern {source: [my.a], detail: {b: [1], a: [2], c: ["${Second}", "${First}"]}}
func (*Job) Second() error { return nil }
`,
	`package app

import "example.com/app/other"

type Watcher struct{}

//jobs:event_rule id: Two, tags: {b: x, a: y}
//jobs:event_pattern source: [my.b]
//jobs:event_rule id: One
//jobs:event_pattern source: [my.c]
func (*Watcher) Watch(other.Detail) error { return nil }
`,
	`package app

import "example.com/app/x/other"

//jobs:rate 1 hour
func (*Watcher) Tick() (other.Answer, error) { return other.Answer{}, nil }

//jobs:iam_policy {actions: [s3:GetObject], resources: ['*']}
//jobs:cron 0 12 * * ? *
func (*Job) First() error { return nil }
`,
}

// shopFiles gives the package's files these names.
func shopFiles(names ...string) map[string]string {
	files := map[string]string{
		"other/other.go":   "package other\n\ntype Detail struct{}\n",
		"x/other/other.go": "package other\n\ntype Answer struct{}\n",
	}
	for i, name := range names {
		files[name] = shop[i]
	}
	return files
}

// TestOutputDoesNotDependOnTheMachine generates the same package again and
// again: in another directory, environment and working directory.
func TestOutputDoesNotDependOnTheMachine(t *testing.T) {
	module := testmodule.New(t)
	want := outputs(t, module.Dir(t, shopFiles("a.go", "b.go", "c.go")))
	for _, env := range []map[string]string{
		{},
		{"GOFLAGS": "-mod=mod", "GOWORK": "off"},
		{"LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Tokyo", "GOMAXPROCS": "1"},
	} {
		for name, value := range env {
			t.Setenv(name, value)
		}
		t.Chdir(t.TempDir())
		got := outputs(t, module.Dir(t, shopFiles("a.go", "b.go", "c.go")))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("with %v other files are generated (-want +got):\n%s", env, diff)
		}
	}
}

// TestFileOrderChangesOnlyOrder renames files: the rules are the same.
func TestFileOrderChangesOnlyOrder(t *testing.T) {
	t.Parallel()
	module := testmodule.New(t)
	want := rulesByID(t, module.Dir(t, shopFiles("a.go", "b.go", "c.go")))
	for _, names := range [][]string{{"c.go", "b.go", "a.go"}, {"b.go", "c.go", "a.go"}, {"z.go", "A.go", "m.go"}} {
		got := rulesByID(t, module.Dir(t, shopFiles(names...)))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("in the files %v there are other rules (-want +got):\n%s", names, diff)
		}
	}
}

// outputs returns every file that is generated in any format and layout.
func outputs(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, layout := range []model.Layout{model.PerMethod, model.PerPackage} {
		for _, p := range parseAll(t, dir) {
			p.Layout = layout
			made, err := gen.Generate(p, gen.Options{Formats: directive.Formats})
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range made {
				files[filepath.Join(string(layout), f.Name)] = string(f.Data)
			}
		}
	}
	return files
}

// place is where something stands, which is another file's name here.
var place = regexp.MustCompile(`"Pos":\{[^}]*\}`)

// rulesByID returns what there is to know of each rule, by id.
func rulesByID(t *testing.T, dir string) map[string]string {
	t.Helper()
	rules := map[string]string{}
	for _, p := range parseAll(t, dir) {
		for _, r := range p.Rules() {
			data, err := json.Marshal(map[string]any{
				"handler": r.Job.Handler(), "signature": r.Job.Signature, "function": r.Job.Function,
				"pattern": r.Pattern, "schedule": r.Schedule, "tags": r.Tags,
			})
			if err != nil {
				t.Fatal(err)
			}
			rules[r.ID] = place.ReplaceAllString(string(data), "")
		}
	}
	return rules
}
