package gen

import (
	"strings"
	"testing"

	"github.com/jobgen/jobgen/internal/model"
)

// conditionalModule is a package for a Terraform module in which each function, rule and
// schedule has a condition.
func conditionalModule(layout model.Layout) *model.Package {
	p := withConditions(fullPackage(layout), 0)
	p.TerraformModule = true
	f := model.Function{Memory: 256}
	if layout == model.PerPackage {
		f = p.Jobs()[0].Function
	}
	f.When = model.When{{Param: "Environ", Values: []string{"prod"}}}
	r := &model.Receiver{Type: "Nights", Field: "Nights", Function: f}
	j := job("Sweep", f,
		&model.Rule{ID: "Swept", Pattern: object(field("source", strList("com.example.swept")))},
		&model.Rule{ID: "Sweep", Schedule: model.Literal("rate(1 day)"), Scheduler: &model.Scheduler{}})
	j.Receiver = r
	for _, rule := range j.Rules {
		rule.Job = j
	}
	r.Jobs = []*model.Job{j}
	p.Receivers = append(p.Receivers, r)
	return p
}

// TestTerraformModuleConditions checks the outputs of a module for resources that may not exist.
func TestTerraformModuleConditions(t *testing.T) {
	blocks := blocksOf(t, terraformOf(t, conditionalModule(model.PerMethod)))
	for output, want := range map[string]string{
		"function_names":      "one(aws_lambda_function.NightsSweep[*].function_name)",
		"role_arns":           "one(aws_iam_role.NightsSweep[*].arn)",
		"rule_arns":           "one(aws_cloudwatch_event_rule.Swept[*].arn)",
		"schedule_arns":       "one(aws_scheduler_schedule.Sweep[*].arn)",
		"scheduler_role_arns": "one(aws_iam_role.NightsSweepScheduler[*].arn)",
	} {
		if got := blocks["output."+output]; !strings.Contains(got, want) {
			t.Errorf("the output lacks %s:\n%s", want, got)
		}
	}
}
