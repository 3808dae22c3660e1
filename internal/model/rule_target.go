package model

import (
	"strings"

	"github.com/jobgen/jobgen/internal/target"
)

// TargetInput is the input of the rule's target, in AWS's form. In the package layout it
// is inside the envelope that names the rule.
func (r *Rule) TargetInput(layout Layout) target.Input {
	in := r.OwnInput()
	if layout == PerPackage {
		return target.Envelope(r.ID, in)
	}
	return in
}

// OwnInput is the user's input, input_path or input_transformer. Its zero value is the
// whole event.
func (r *Rule) OwnInput() target.Input {
	switch in := r.Input; {
	case in == nil:
		return target.Input{}
	case in.JSON != nil:
		return target.Input{Constant: in.JSON.JSON(PlainText)}
	case in.Transformer != nil:
		t := target.Input{Template: in.Transformer.Template}
		for _, p := range in.Transformer.Paths {
			t.Paths = append(t.Paths, target.PathVar(p))
		}
		return t
	default:
		return target.Input{Path: in.Path}
	}
}

// Matcher is the pattern that decides whether the rule fires for an event. That of a
// schedule matches the events that EventBridge sends for this rule (user
// guide, eb-scheduled-rule-pattern: source aws.events, detail-type Scheduled
// Event, the rule's ARN in resources). If the user gave no name, CloudFormation makes
// one of the stack's name, the logical id and a random word. The same holds for EventBridge
// Scheduler, whose source is aws.scheduler.
func (r *Rule) Matcher() *Value {
	if r.Schedule == nil {
		return r.Pattern
	}
	return ObjectValue(
		ValueField{Key: "source", Value: ListValue(StringValue(r.scheduledSource()))},
		ValueField{Key: "detail-type", Value: ListValue(StringValue(ScheduledType))},
		ValueField{Key: "resources", Value: ListValue(r.arns()...)},
	)
}

func (r *Rule) scheduledSource() string {
	if r.Scheduler != nil {
		return SchedulerSource
	}
	return RuleSource
}

func (r *Rule) arns() []*Value {
	operator := func(name, operand string) *Value {
		return ObjectValue(ValueField{Key: name, Value: StringValue(operand)})
	}
	named := func(before string) *Value {
		return ObjectValue(ValueField{Key: "suffix", Value: &Value{Kind: String, Text: append(Literal(before), r.Name...)}})
	}
	if r.Scheduler != nil {
		return r.schedulerARNs(operator, named)
	}
	arns := []*Value{
		operator("suffix", ":rule/"+r.ID),
		operator("wildcard", "*:rule/*-"+LogicalName(r.ID)+"Rule-*"),
	}
	if r.isNamed() {
		arns = append(arns, named(":rule/"))
	}
	return arns
}

// schedulerARNs returns the ARNs that a schedule of EventBridge Scheduler can have. An ARN ends
// with schedule/GROUP/NAME.
func (r *Rule) schedulerARNs(operator func(name, operand string) *Value, named func(before string) *Value) []*Value {
	arns := []*Value{
		operator("suffix", "/"+r.ID),
		operator("wildcard", "*:schedule/*/*-"+LogicalName(r.ID)+"Schedule-*"),
	}
	if r.isNamed() {
		arns = append(arns, named("/"))
	}
	return arns
}

// isNamed reports whether the rule has a name that differs from its id.
func (r *Rule) isNamed() bool { return r.Name != nil && r.Name.String() != r.ID }

// LogicalName makes a name of letters and digits, for CloudFormation's logical ids and
// Go's identifiers. Each word that -, _ or . separates begins with an upper case letter
// ("sweep-all" becomes "SweepAll").
func LogicalName(id string) string {
	var b strings.Builder
	for _, word := range strings.FieldsFunc(id, func(r rune) bool { return r == '-' || r == '_' || r == '.' }) {
		b.WriteString(UpperFirst(word))
	}
	return b.String()
}

// RuleConstant is the name of the Go constant that holds a rule's id.
func RuleConstant(id string) string { return "Rule" + LogicalName(id) }
