package lint

import (
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
)

// checkForm reports a rule without a pattern and a schedule, which never fires. Where
// another event_rule follows, it is most likely one rule whose properties were written on
// two lines.
func checkForm(j *Job, _ *Facts, report diag.Reporter) {
	for i, r := range j.Rules {
		switch {
		case r.Form.IsValid():
		case i+1 == len(j.Rules):
			report.Report(diag.RuleEmpty, r.Pos, "this event_rule has no pattern and no schedule: write an event_pattern, rate or cron line below it")
		default:
			report.Add(diag.New(diag.RuleEmpty, r.Pos,
				"this event_rule has no pattern and no schedule, because each event_rule opens a rule: put the properties of one rule on one line, or, if these are two rules, write an event_pattern, rate or cron line between them").
				Relate(j.Rules[i+1].Pos, "the next rule is opened here"))
		}
	}
}

// checkScheduled checks what a schedule allows of the rule's other properties. With a
// schedule AWS refuses the state that is for CloudTrail's events: PutRule answers
// with a ValidationException (hashicorp/terraform-provider-aws#34988).
func checkScheduled(r *Rule, _ *Facts, report diag.Reporter) {
	if !r.Scheduled {
		return
	}
	if r.onCustomBus() {
		report.Add(diag.New(diag.PropConflict, r.Form, "a schedule fires on the default event bus only; remove event_bus").
			Relate(r.Properties["event_bus"].Value, "the event bus is set here"))
	}
	if r.State == model.EnabledCloudTrail {
		report.Add(diag.New(diag.PropConflict, r.Form,
			"AWS refuses %s for a rule with a schedule; write `state: ENABLED`, or leave the state out", r.State).
			Relate(r.Properties["state"].Value, "the state is set here"))
	}
}

// checkDLQ notes that a rule's dlq doesn't get the events that a handler fails on: Lambda
// takes the event before the handler runs, and for EventBridge it is delivered then.
func checkDLQ(j *Job, _ *Facts, report diag.Reporter) {
	if j.Function.Async != nil && j.Function.Async.OnFailure != nil {
		return
	}
	for _, r := range j.Rules {
		if r.DLQ != nil {
			report.Report(diag.DeliveryOnly, r.Properties["dlq"].Key,
				"this dlq takes events that can't be delivered to Lambda; an event whose handler fails is retried by Lambda and then dropped: add `//jobs:function async: {on_failure: create}` to keep those")
		}
	}
}

// checkFormatOptions reports the fields of a job's types that have the option format in
// their json tags: since Go 1.27 encoding/json neither decodes nor encodes a struct
// with such a field.
func checkFormatOptions(j *Job, _ *Facts, report diag.Reporter) {
	for _, f := range j.FormatOptions {
		report.Report(diag.TagFormat, f.Pos,
			"encoding/json can't %s a struct whose field %s has the tag option format, and returns an error for every event; remove the option, and give the field a type with methods that read and write the format", f.Verb, f.Field)
	}
}
