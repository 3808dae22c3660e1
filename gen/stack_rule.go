package gen

import (
	"cmp"

	"github.com/jobgen/jobgen/internal/model"
)

// The default retry policy of EventBridge (user guide, eb-rule-retry-policy) and of EventBridge
// Scheduler (its API reference, API_RetryPolicy). If a rule or schedule sets
// a part of it, the files have both parts: the Terraform provider reads a missing part
// as 0.
const (
	defaultAttempts = 185
	defaultEventAge = 24 * 60 * 60 // seconds
)

func newRule(f *stackFunction, m *model.Rule, layout model.Layout) *stackRule {
	r := &stackRule{Rule: m, Function: f, State: stateOf(m), Input: m.TargetInput(layout), When: f.conditions.anyOf(m.Condition())}
	r.Attempts, r.MaxAge = retryPolicy(m.Retry)
	switch d := m.DLQ; {
	case d == nil:
	case d.Create:
		r.DLQ = &stackARN{Queue: &stackQueue{Name: r.ID, Use: "Events that rule " + r.ID + " could not deliver.", Rule: r, Sender: r, Key: f.KMSKey}}
	default:
		r.DLQ = &stackARN{Text: d.ARN}
	}
	r.Queue = newFeed(r)
	return r
}

// stateOf returns the state of a rule or schedule.
func stateOf(m *model.Rule) model.Text {
	if m.State == nil {
		return model.Literal(model.Enabled)
	}
	return m.State
}

// retryPolicy returns the attempts and the maximum age in seconds of a retry policy, or nil for
// AWS's default.
func retryPolicy(retry *model.Retry) (attempts, maxAge *int) {
	if retry == nil {
		return nil, nil
	}
	return cmp.Or(retry.Attempts, new(defaultAttempts)), cmp.Or(secondsOrNil(retry.MaxAge), new(defaultEventAge))
}
