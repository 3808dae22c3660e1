package jobs

import (
	"time"

	"github.com/jobgen/jobgen/internal/target"
)

// InputMaker makes what a rule's target is sent instead of the whole event; an
// *Input is one. It is an interface so that a program none of whose rules has an
// input is without the code for it.
type InputMaker interface {
	Payload(event []byte, c target.Context) ([]byte, error)
}

// Input is what a rule's target is sent instead of the whole event: a constant,
// a part, or what an input transformer makes of it.
type Input = target.Input

// PathVar is a variable of an Input's template.
type PathVar = target.PathVar

// input returns what the rule's target is sent for an event: the rule has an
// Input. What only EventBridge knows is made up for a template's reserved
// variables: the rule's name is its id, its ARN is empty, and the event was
// received when it happened.
func (r *Rule) input(event *Payload) ([]byte, error) {
	var at time.Time
	if raw := event.raw(fieldTime); raw != nil && at.UnmarshalJSON(raw) != nil {
		at = time.Time{} // an event without a readable time was received at the zero time
	}
	made, err := r.Input.Payload(event.JSON(), target.Context{RuleName: r.ID, IngestionTime: at})
	if err != nil {
		return nil, &InputError{Rule: r.ID, Err: err}
	}
	return made, nil
}
