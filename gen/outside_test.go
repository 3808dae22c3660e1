package gen

import (
	"fmt"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/internal/model"
)

// TestTerraformReplaced checks what -diff says of functions that Terraform replaces.
func TestTerraformReplaced(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*model.Function)
		want   string
	}{
		{"nothing", func(*model.Function) {}, ""},
		{"a setting", func(f *model.Function) { f.Memory = 512 }, ""},
		{"a name", func(f *model.Function) { f.PhysicalName = model.Literal("sweep") },
			"# The name of function Outside in AWS changes, so the function is replaced, and its log group with the logs is deleted.\n"},
		{"a name of a function whose log is kept", func(f *model.Function) { f.PhysicalName, f.LogKeep = model.Literal("sweep"), ptr(true) },
			"# The name of function Outside in AWS changes, so the function is replaced, and its log group with the logs is deleted.\n"},
		{"a zip file", func(f *model.Function) { f.Code = "zip" },
			"# The code of function Outside becomes a zip file, so the function is replaced: its rules call nothing in between.\n"},
	} {
		changed := outsidePackage(model.PerPackage)
		for _, r := range changed.Receivers {
			c.change(&r.Function)
		}
		before, after := terraformOf(t, outsidePackage(model.PerPackage)), terraformOf(t, changed)
		if got := TerraformReplaced(before, after); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if got := TerraformReplaced(after, before); (got == "") != (c.want == "") {
			t.Errorf("%s taken back: %q", c.name, got)
		}
	}
}

// TestManagedPolicyQuota checks that a note says so if a role has more managed policies than a new
// account allows.
func TestManagedPolicyQuota(t *testing.T) {
	for _, n := range []int{10, 11} {
		var f model.Function
		for i := range n {
			f.ManagedPolicies = append(f.ManagedPolicies, model.Literal(fmt.Sprintf("arn:aws:iam::aws:policy/p%d", i)))
		}
		notes, err := Notes(newPackage("shop", model.PerMethod, &model.Receiver{Type: "Shop", Jobs: []*model.Job{
			job("Run", f, &model.Rule{ID: "R", Schedule: model.Literal("rate(1 day)")}),
		}}))
		if err != nil {
			t.Fatal(err)
		}
		if found := len(notes) == 1 && strings.Contains(notes[0].Message, "has 11 managed policies"); found != (n == 11) {
			t.Errorf("%d policies: notes %v", n, notes)
		}
	}
}

// TestAttachments checks that a managed policy has a name that doesn't depend on the others, and
// that two policies have different names.
func TestAttachments(t *testing.T) {
	f := &stackFunction{Name: "Sweep"}
	f.ManagedPolicies = []model.Text{
		model.Literal("arn:aws:iam::aws:policy/service-role/AWSLambdaRole"), param("$Policy"),
		model.Literal("arn:aws:iam::123456789012:policy/service-role/AWSLambdaRole"), param("arn:aws:iam::", "$Account", ":policy/team/a+b"),
	}
	var names []string
	for _, a := range f.Attachments() {
		names = append(names, a.Name)
	}
	if got, want := strings.Join(names, " "), "SweepServiceRoleAWSLambdaRole SweepPolicy SweepServiceRoleAWSLambdaRole3 SweepTeamAB"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestModuleWithRole checks that a module's outputs have the role that a function is given.
func TestModuleWithRole(t *testing.T) {
	p := outsidePackage(model.PerMethod)
	p.TerraformModule = true
	outputs := blocksOf(t, terraformOf(t, p))["output.role_arns"]
	for _, want := range []string{`"Reports.Daily"    = "arn:aws:iam::${var.Account}:role/jobs"`, `"Orders.Placed"    = aws_iam_role.OrdersPlaced.arn`} {
		if !strings.Contains(outputs, want) {
			t.Errorf("the outputs lack %s:\n%s", want, outputs)
		}
	}
}
