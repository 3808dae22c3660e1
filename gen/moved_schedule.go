package gen

import (
	"fmt"
	"regexp"
	"strings"
)

const tfSchedule = "aws_scheduler_schedule"

var (
	tfScheduleLine = regexp.MustCompile(`(?m)^schedule_expression = "(rate\()?`)
	tfDisabledLine = regexp.MustCompile(`(?m)^state = "DISABLED"$`)
	tfStartLine    = regexp.MustCompile(`(?m)^start_date = `)
)

// TerraformSchedules compares two versions of jobs.tf. It returns a comment for each rule with a
// schedule expression that becomes a schedule of EventBridge Scheduler, and for each schedule
// that becomes a rule. The comment says what happens to the job while Terraform applies the
// change. TerraformSchedules returns "" if there are no such rules and schedules.
func TerraformSchedules(old, new []byte) string {
	before, after := readTF(old), readTF(new)
	var b strings.Builder
	for _, is := range after.list {
		switch {
		case is.kind == tfSchedule && before.becomes(after, tfRule, is):
			fmt.Fprintf(&b, "# Schedule %s takes the place of the rule %[1]s. Terraform removes the rule before or after it creates the\n"+
				"# schedule: a time in between may run the job twice or not at all%s.\n", is.label, before.restOfRule(is))
		case is.kind == tfRule && before.becomes(after, tfSchedule, is):
			rate := ""
			if is.hasRate() {
				rate = ", and the rule's rate is counted from its creation"
			}
			fmt.Fprintf(&b, "# Rule %s takes the place of the schedule %[1]s. Terraform removes the schedule before or after it creates the\n"+
				"# rule: a time in between may run the job twice or not at all%s.\n", is.label, rate)
		}
	}
	return b.String()
}

// becomes reports whether a resource of the other file takes the place of one of this kind with
// the same label. Both fire at certain times.
func (f tfFile) becomes(after tfFile, kind string, is tfResource) bool {
	i, ok := f.index[kind+" "+is.label]
	return ok && f.list[i].isScheduled() && is.isScheduled() && !f.has(is.kind, is.label) && !after.has(kind, is.label)
}

// restOfRule says what else happens when a schedule takes the place of a rule.
func (f tfFile) restOfRule(schedule tfResource) string {
	rest := ""
	if schedule.hasRate() && !tfStartLine.MatchString(schedule.body) {
		rest = ", and a schedule with a rate fires as soon as it is created"
	}
	if mapping := f.mappingOf(schedule.label); mapping != nil {
		rest += fmt.Sprintf("; the job doesn't get\n# what is still in %s when Terraform removes the mapping", mapping.queueName())
	}
	return rest
}

// isScheduled reports whether a rule or schedule fires at certain times.
func (r *tfResource) isScheduled() bool {
	return tfScheduleLine.MatchString(r.body) && !tfDisabledLine.MatchString(r.body)
}

// hasRate reports whether the schedule expression of a rule or schedule is a rate.
func (r *tfResource) hasRate() bool {
	m := tfScheduleLine.FindStringSubmatch(r.body)
	return m != nil && m[1] != ""
}
