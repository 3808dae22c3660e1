package gen

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/jobgen/jobgen/internal/model"
)

// TestTerraformModule checks what a file for a module has that one for a root module lacks.
func TestTerraformModule(t *testing.T) {
	for _, layout := range layouts {
		root, module := blocksOf(t, terraformOf(t, existingPackage(layout))), blocksOf(t, terraformOf(t, modulePackage(layout)))
		for name, body := range root {
			if name != "terraform" && module[name] != body {
				t.Errorf("%s: the module lacks %s", layout, name)
			}
		}
		var more []string
		for name := range module {
			if _, ok := root[name]; !ok {
				more = append(more, name)
			}
		}
		slices.Sort(more)
		want := []string{"output.rule_arns", "output.schedule_arns", "output.scheduler_role_arns"}
		if layout == model.PerMethod { // the only function of the other layout exists
			want = append([]string{"output.function_names", "output.role_arns"}, want...)
		}
		if !slices.Equal(more, want) {
			t.Errorf("%s: the module has %v besides, want %v", layout, more, want)
		}
		if !strings.Contains(module["terraform"], "required_providers") || strings.Contains(root["terraform"], "required_providers") {
			t.Errorf("%s: only the module may require a provider:\n%s\n%s", layout, module["terraform"], root["terraform"])
		}
		compareGolden(t, filepath.Join("testdata", "stack", "module", string(layout), "jobs.tf"), terraformOf(t, modulePackage(layout)))
	}
}

// blocksOf returns the text of the blocks of a Terraform file, by their types and labels.
func blocksOf(t *testing.T, data []byte) map[string]string {
	t.Helper()
	file, diags := hclsyntax.ParseConfig(data, "jobs.tf", hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	blocks := map[string]string{}
	for _, b := range file.Body.(*hclsyntax.Body).Blocks {
		blocks[strings.Join(append([]string{b.Type}, b.Labels...), ".")] = string(b.Range().SliceBytes(data))
		if b.Type == "provider" {
			t.Errorf("the file has a provider block %v", b.Labels)
		}
	}
	return blocks
}

// TestTerraformModuleRole checks the output for a function whose role exists.
func TestTerraformModuleRole(t *testing.T) {
	p := referencePackage(model.PerMethod)
	p.TerraformModule = true
	p.Jobs()[0].Function.Role = param("$JobRole")
	want := []string{`"SecurityJob.DetectSecurityGroupChanges" = var.JobRole`, `= aws_iam_role.SecurityJobInstanceStopping.arn`}
	for _, text := range want {
		if got := blocksOf(t, terraformOf(t, p))["output.role_arns"]; !strings.Contains(got, text) {
			t.Errorf("the output lacks %s:\n%s", text, got)
		}
	}
}
