package lint

import "github.com/jobgen/jobgen/internal/diag"

// checkForm reports a rule without a pattern or a schedule, which never fires. If another
// event_rule follows, the two are most likely one rule with properties on two lines.
func checkForm(j *Job, _ *Facts, report diag.Reporter) {
	for i, r := range j.Rules {
		switch {
		case r.Form.IsValid():
		case r.Scheduler != nil:
			report.Report(diag.RuleEmpty, r.Pos, "this schedule has no time: write a rate, cron or at line below it")
		case i+1 == len(j.Rules):
			report.Report(diag.RuleEmpty, r.Pos, "this event_rule has no pattern and no schedule: write an event_pattern, rate or cron line below it")
		default:
			report.Add(diag.New(diag.RuleEmpty, r.Pos,
				"this event_rule has no pattern and no schedule, because each event_rule opens a rule: put the properties of one rule on one line, or, if these are two rules, write an event_pattern, rate or cron line between them").
				Relate(j.Rules[i+1].Pos, "the next rule is opened here"))
		}
	}
}

// checkDLQ notes that a rule's dlq doesn't get the events that a handler fails on. Lambda
// takes an event before the handler runs, and EventBridge regards it as delivered then. CheckDLQ
// skips functions that exist, because their handling of failed events isn't known.
func checkDLQ(p *Package, _ *Facts, report diag.Reporter) {
	functionOf := p.functionOf()
	for _, r := range p.rules() {
		f := functionOf(r.Job)
		if r.DLQ == nil || r.Queue != nil || f.Exists() || f.Async != nil && f.Async.OnFailure != nil {
			continue
		}
		report.Report(diag.DeliveryOnly, r.Properties["dlq"].Key,
			"this dlq takes events that can't be delivered to Lambda; an event whose handler fails is retried by Lambda and then dropped: add `//jobs:function async: {on_failure: create}` to keep those")
	}
}

// checkFormatOptions reports json tags with the option format in a job's types. Since Go
// 1.27, encoding/json neither decodes nor encodes a struct with such a field.
func checkFormatOptions(j *Job, _ *Facts, report diag.Reporter) {
	for _, f := range j.FormatOptions {
		report.Report(diag.TagFormat, f.Pos,
			"encoding/json can't %s a struct whose field %s has the tag option format, and returns an error for every event; remove the option, and give the field a type with methods that read and write the format", f.Verb, f.Field)
	}
}

// checkUnused reports the directives of methods without rules and of types without jobs.
func checkUnused(p *Package, _ *Facts, report diag.Reporter) {
	for _, u := range p.Unused {
		hint := "no method of it has a rule; methods promoted from an embedded type are that type's jobs"
		if u.OnMethod {
			hint = "it has no rule: write an event_pattern, rate, cron or at line"
		}
		report.Report(diag.AppliesToNothing, u.Pos, "%s has no effect on %s: %s", u.Name, u.Declaration, hint)
	}
}
