package gen_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestTerraformRoot lets Terraform judge the root module of examples/existing-stack, which
// calls a rule file as its module.
func TestTerraformRoot(t *testing.T) {
	source := shared("terraform-schema")
	if source == "" {
		t.Skip("there is no provider schema beside the checkout (shared/tools/terraform-schema), so terraform validate is not run")
	}
	terraform := tool(t, "terraform", "install Terraform")
	example := filepath.Join("..", "examples", "existing-stack")
	run(t, exec.Command(terraform, "fmt", "-check", "-diff", example))
	dir, provider := t.TempDir(), t.TempDir()
	for _, name := range []string{"terraform.tf", filepath.Join("receipts", "jobs.tf")} {
		copied := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(copied), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(copied, read(t, filepath.Join(example, name)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	build := exec.Command("go", "build", "-o", filepath.Join(provider, "terraform-provider-aws"), ".")
	build.Dir = source
	run(t, build)
	settings := filepath.Join(provider, "settings")
	text := fmt.Sprintf("provider_installation {\n  dev_overrides {\n    \"hashicorp/aws\" = %q\n  }\n  direct {}\n}\n", provider)
	if err := os.WriteFile(settings, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"get", "validate"} {
		c := exec.Command(terraform, command, "-no-color")
		c.Dir = dir
		c.Env = append(os.Environ(), "TF_CLI_CONFIG_FILE="+settings, "CHECKPOINT_DISABLE=1")
		run(t, c)
	}
}
