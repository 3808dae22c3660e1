package output

import (
	"fmt"
	"strings"
)

const (
	ruleKind     = "AWS::Events::Rule"
	scheduleKind = "AWS::Scheduler::Schedule"
)

// schedulesTo returns a line for each rule with a schedule expression that becomes a schedule of
// EventBridge Scheduler, and for each schedule that becomes a rule. Their logical ids differ only
// in the suffix. The line says what happens to the job during the update: CloudFormation creates
// resources first, and removes resources last.
func (t template) schedulesTo(after template) []string {
	var lines []string
	for _, id := range after.order {
		is := after.resources[id]
		var from, meanwhile string
		switch is.kind {
		case scheduleKind:
			from = strings.TrimSuffix(id, "Schedule") + "Rule"
			meanwhile = "until the rule is removed, a time at which both fire runs the job twice"
			if is.hasRate() && is.properties["StartDate"] == "" {
				meanwhile += ", and a schedule with a rate fires as soon as it is created"
			}
			if mapping := t.mappingOf(from); mapping != nil {
				meanwhile += fmt.Sprintf("; the job doesn't get what is still in %s when the mapping is removed", t.queueName(mapping))
			}
		case ruleKind:
			from = strings.TrimSuffix(id, "Rule") + "Schedule"
			meanwhile = "until the schedule is removed, a time at which both fire runs the job twice"
			if is.hasRate() {
				meanwhile += ", and the rule's rate is counted from its creation"
			}
		}
		was := t.resources[from]
		if was.isScheduled() && is.isScheduled() && was.kind != is.kind && !t.has(id) && !after.has(from) {
			lines = append(lines, fmt.Sprintf("%s takes the place of %s: %s", id, from, meanwhile))
		}
	}
	return lines
}

// isScheduled reports whether the resource is a rule or a schedule that fires at certain times.
func (r resource) isScheduled() bool {
	return r.properties["ScheduleExpression"] != "" && r.properties["State"] != "DISABLED" && (r.kind == ruleKind || r.kind == scheduleKind)
}

// hasRate reports whether the schedule expression is a rate.
func (r resource) hasRate() bool {
	return strings.HasPrefix(r.properties["ScheduleExpression"], "rate(")
}
