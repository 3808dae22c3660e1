package gen_test

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/jobgen/jobgen/gen"
	"github.com/jobgen/jobgen/internal/model"
)

// TestMotoConditions creates the stack of a package with conditions in moto, for different values
// of the conditions' parameters, from the CloudFormation file and from what SAM's translator makes
// of the SAM file. Exactly the resources, and the rules, must exist whose conditions hold.
func TestMotoConditions(t *testing.T) {
	python(t, "samtranslator")
	aws := startMoto(t)
	aws(t, "s3api", "create-bucket", "--bucket", "bucket")
	aws(t, "s3api", "put-object", "--bucket", "bucket", "--key", "bootstrap.zip", "--body", emptyZip(t))
	p := gen.WithConditions(motoPackage(model.PerMethod), 1)
	s := newSample(t, "moto", p)
	expanded := s.file("expanded.json")
	if err := os.WriteFile(expanded, expandSAM(t, s.file("jobs.sam.yaml")), 0o644); err != nil {
		t.Fatal(err)
	}
	templates := map[string]map[string]any{s.file("jobs.cfn.yaml"): readYAML(t, read(t, s.file("jobs.cfn.yaml"))), expanded: readJSON(t, read(t, expanded))}
	counts := map[int]bool{}
	for i, environ := range gen.ConditionValues["Environ"] {
		values := map[string]string{"Environ": environ, "Place": gen.ConditionValues["Place"][i%2]}
		want := existing(p, values)
		counts[len(want.Rules())] = true
		for _, file := range slices.Sorted(maps.Keys(templates)) {
			t.Run(fmt.Sprintf("%s with %s", file[strings.LastIndex(file, "/")+1:], environ), func(t *testing.T) {
				checkStack(t, aws, file, templates[file], values, want)
			})
		}
	}
	if len(counts) < 2 {
		t.Errorf("each stack has the same number of rules: %v", counts)
	}
}

// checkStack creates a stack from a template, compares its resources with those whose conditions
// hold and its rules with those of the model, and deletes it.
func checkStack(t *testing.T, aws awsCLI, file string, template map[string]any, values map[string]string, p *model.Package) {
	t.Helper()
	args := []string{"cloudformation", "create-stack", "--stack-name", "stack", "--capabilities", "CAPABILITY_IAM", "--template-body", "file://" + file, "--parameters"}
	for name := range object(template["Parameters"]) {
		value, ok := values[name]
		if !ok {
			value = motoParameters[name]
		}
		args = append(args, "ParameterKey="+name+",ParameterValue="+strings.ReplaceAll(value, ",", `\,`))
	}
	aws(t, args...)
	deployed := deployedTemplate(t, template, values)
	checkResources(t, aws, "stack", deployed)
	rules := 0
	for _, bus := range []string{"default", "shop"} {
		rules += len(items(aws(t, "events", "list-rules", "--event-bus-name", bus)["Rules"]))
	}
	want := len(slices.DeleteFunc(p.Rules(), func(r *model.Rule) bool { return r.Scheduler != nil }))
	if diff := cmp.Diff(want, rules); diff != "" {
		t.Errorf("the number of rules with %v (-model +moto):\n%s", values, diff)
	}
	aws(t, "cloudformation", "delete-stack", "--stack-name", "stack")
}
