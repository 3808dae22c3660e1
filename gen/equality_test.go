package gen_test

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/jobgen/jobgen/gen"
	"github.com/jobgen/jobgen/internal/model"
)

// readers read each format's file back.
var readers = map[string]func(testing.TB, []byte) *facts{
	"jobs.cfn.yaml": func(t testing.TB, data []byte) *facts {
		return cloudFormationFacts(t, readYAML(t, data), "CodeS3Bucket", "CodeS3Key", "CodeImageUri")
	},
	"jobs.sam.yaml": func(t testing.TB, data []byte) *facts {
		return cloudFormationFacts(t, readYAML(t, data), "CodeImageUri")
	},
	"jobs.rules.json":     jsonFacts,
	"jobs.serverless.yml": serverlessFacts,
	"jobs.tf":             terraformFacts,
}

// TestEquality generates models, and reads from every format's file what the
// model asks for.
func TestEquality(t *testing.T) {
	for _, layout := range []model.Layout{model.PerMethod, model.PerPackage} {
		t.Run(string(layout), func(t *testing.T) {
			checkEqual(t, "reference", gen.ReferencePackage(layout))
			checkEqual(t, "full", gen.FullPackage(layout))
			checkEqual(t, "existing", gen.ExistingPackage(layout))
			checkEqual(t, "outside", gen.OutsidePackage(layout))
			checkEqual(t, "crowded", gen.CrowdedPackage(layout))
			for _, p := range examples(t, layout) {
				checkEqual(t, "example "+p.Name, p)
			}
			for seed := range gen.Seeds(100) {
				checkEqual(t, fmt.Sprintf("seed %d", seed), gen.RandomPackage(seed, layout))
			}
		})
	}
}

func checkEqual(t *testing.T, name string, p *model.Package) {
	t.Helper()
	files, err := gen.Generate(p, gen.Options{Formats: gen.Formats()})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	want := modelFacts(t, p)
	for _, f := range files[1:] {
		if got := readers[f.Name](t, f.Data); !reflect.DeepEqual(want, got) {
			t.Fatalf("%s: %s does not say what the model says (-model +file):\n%s", name, f.Name, cmp.Diff(want, got))
		}
	}
}
