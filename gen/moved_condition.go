package gen

import (
	"fmt"
	"strings"
)

// TerraformConditions compares two versions of jobs.tf. It returns comments on the rules, schedules
// and functions that get, lose or change a condition. It returns "" if there are none.
//
// Terraform keeps a resource that gets a count: it moves the object to the instance zero
// (Terraform's documentation, "Refactor modules": "Terraform automatically proposes to move the
// original object to instance zero"). It also moves the instance zero back if the resource loses
// the count: with Terraform 1.11.4, the plan for a terraform_data resource says "has moved to" in
// both cases.
func TerraformConditions(old, new []byte) string {
	before, after := readTF(old), readTF(new)
	var b strings.Builder
	for _, r := range before.list {
		title, ok := conditionTitles[r.kind]
		i, stays := after.index[r.kind+" "+r.label]
		if !ok || !stays {
			continue
		}
		was, is := r.condition(), after.list[i].condition()
		switch {
		case was == is:
		case was == "":
			fmt.Fprintf(&b, "# %s %s gets the condition %s: where that is false, it is removed.\n", title, r.label, is)
		case is == "":
			fmt.Fprintf(&b, "# %s %s loses the condition %s: where that was false, it is created.\n", title, r.label, was)
		default:
			fmt.Fprintf(&b, "# %s %s has the condition %s instead of %s.\n", title, r.label, is, was)
		}
	}
	return b.String()
}

// conditionTitles are the kinds of resources with a condition in TerraformConditions. Other
// resources have the conditions of those that they belong to.
var conditionTitles = map[string]string{tfRule: "Rule", tfSchedule: "Schedule", tfFunction: "Function"}

// condition returns the expression that decides whether the resource exists, or "".
func (r tfResource) condition() string { return strings.TrimSuffix(r.argument("count"), " ? 1 : 0") }
