package gen

import (
	"cmp"

	"github.com/jobgen/jobgen/internal/model"
)

// EventBridge's default retry policy (user guide, eb-rule-retry-policy). If a rule sets
// a part of it, the files have both parts: the Terraform provider reads a missing part
// as 0.
const (
	defaultAttempts = 185
	defaultEventAge = 24 * 60 * 60 // seconds
)

func newRule(f *stackFunction, m *model.Rule, layout model.Layout) *stackRule {
	r := &stackRule{Rule: m, Function: f, State: cmp.Or(m.State, model.Enabled), Input: m.TargetInput(layout)}
	if m.Retry != nil {
		r.Attempts = cmp.Or(m.Retry.Attempts, new(defaultAttempts))
		r.MaxAge = cmp.Or(secondsOrNil(m.Retry.MaxAge), new(defaultEventAge))
	}
	switch d := m.DLQ; {
	case d == nil:
	case d.Create:
		r.DLQ = &stackARN{Queue: &stackQueue{Name: r.ID, Use: "Events that rule " + r.ID + " could not deliver.", Rule: r, Sender: r}}
	default:
		r.DLQ = &stackARN{Text: d.ARN}
	}
	r.Queue = newFeed(r)
	return r
}
