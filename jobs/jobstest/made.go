package jobstest

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/firing"
	"github.com/jobgen/jobgen/internal/spell"
	"github.com/jobgen/jobgen/jobs"
	"github.com/jobgen/jobgen/pattern"
)

// For returns an event that fires a rule of the dispatcher. Rule is the rule's id, and
// generated code has a constant for it. For ends the test if there is no such rule, or no such
// event. For a rule with a schedule, the event is the one that EventBridge sends when the
// schedule fires. For a schedule of EventBridge Scheduler, its detail is {}, even if the
// schedule has an input.
//
// An event of AWS has all its known fields, as in Sample, with the values that the rule's
// pattern needs. Another event has only the fields that the pattern needs; jobgen events -for
// prints one with the fields of the handler's type. The same rule always gives the same
// event. Parameters of the pattern need values, as for Fire.
//
// The data is compiled into the test, so For needs no network, no other program and no files.
// The first call in a process takes a few milliseconds.
func For(t testing.TB, d *jobs.Dispatcher, rule string) json.RawMessage {
	t.Helper()
	info := findRule(t, d, rule)
	p, err := pattern.Parse([]byte(info.Pattern))
	if err != nil {
		t.Fatalf("jobstest: rule %s: %v", rule, err)
	}
	made := &firing.Rule{ID: rule, Pattern: p}
	if isScheduler(p) {
		made.Schedule = &firing.Schedule{Group: "default"}
	}
	event, err := made.Event()
	if err != nil {
		t.Fatalf("jobstest: %v", err)
	}
	matches, err := d.WithHandler("").Matches(event)
	if err != nil {
		t.Fatalf("jobstest: %v", err)
	}
	for _, m := range matches {
		if m.Rule.ID == rule {
			return event
		}
	}
	t.Fatalf("jobstest: the event that was made for the rule %s doesn't fire it: %s", rule, event)
	return nil
}

// isScheduler reports whether a pattern is that of a schedule of EventBridge Scheduler.
func isScheduler(p *pattern.Pattern) bool {
	sample, _ := p.Sample()
	var event struct{ Source string }
	return json.Unmarshal(sample, &event) == nil && event.Source == firing.SchedulerSource
}

// findRule returns the rule with an id.
func findRule(t testing.TB, d *jobs.Dispatcher, id string) jobs.RuleInfo {
	t.Helper()
	var ids []string
	for _, rule := range d.Rules() {
		if rule.ID == id {
			return rule
		}
		ids = append(ids, rule.ID)
	}
	if near, ok := spell.Nearest(id, ids); ok {
		t.Fatalf("jobstest: no rule has the id %q; did you mean %q?", id, near)
	}
	t.Fatalf("jobstest: no rule has the id %q; there are %s", id, strings.Join(ids, ", "))
	return jobs.RuleInfo{}
}

// Sample returns an example of an event that AWS sends, with all its known fields. It is the
// event that jobgen events -sample prints. Sample panics if no such event is known.
func Sample(source, detailType string) json.RawMessage {
	event, ok := catalog.Sample(source, detailType)
	if ok {
		return event
	}
	message := fmt.Sprintf("jobstest.Sample: no event %q of %q is known", detailType, source)
	near, ok := catalog.NearestDetailType(detailType, source)
	if !catalog.HasSource(source) {
		near, ok = catalog.NearestSource(source)
	}
	if ok {
		message += fmt.Sprintf("; did you mean %q?", near.Word)
	}
	panic(message)
}
