package gen

import (
	"cmp"

	"github.com/jobgen/jobgen/internal/model"
)

func newRule(f *stackFunction, m *model.Rule, layout model.Layout) *stackRule {
	r := &stackRule{
		ID:          m.ID,
		Name:        m.Name,
		Title:       m.Job.Handler(),
		Description: m.Description,
		State:       cmp.Or(m.State, model.Enabled),
		EventBus:    m.EventBus,
		Pattern:     m.Pattern,
		Schedule:    m.Schedule,
		Function:    f,
		Input:       m.TargetInput(layout),
		Tags:        m.Tags,
	}
	if m.Retry != nil {
		r.Attempts, r.MaxAge = m.Retry.Attempts, secondsOrNil(m.Retry.MaxAge)
	}
	switch d := m.DLQ; {
	case d == nil:
	case d.Create:
		r.DLQ = &stackARN{Queue: &stackQueue{Name: r.ID, Rule: r}}
	default:
		r.DLQ = &stackARN{Text: d.ARN}
	}
	return r
}
