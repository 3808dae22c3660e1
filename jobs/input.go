package jobs

import (
	"context"
	"strings"
	"time"

	"github.com/jobgen/jobgen/internal/target"
)

// InputMaker makes what a rule's target is sent instead of the whole event: it is an
// *Input. It is an interface so that a program none of whose rules has an input is
// without the code for it.
type InputMaker interface {
	// make returns what is sent for an event. The error is an *InputError.
	make(r *Rule, event *Payload) ([]byte, error)
	// free reports whether that may have none of the fields that the job takes.
	free() bool
	// send calls a rule's job with that.
	send(ctx context.Context, r run, event *Payload) ([]byte, error)
}

// Input is what a rule's target is sent instead of the whole event: a constant,
// a part, or what an input transformer makes of it.
type Input target.Input

// PathVar is a variable of an Input's template.
type PathVar = target.PathVar

// make makes up what only EventBridge knows of a template's reserved variables: the
// rule's name is its id, its ARN is empty, and the event was received when it happened.
func (in *Input) make(r *Rule, event *Payload) ([]byte, error) {
	var at time.Time
	if raw := event.raw(fieldTime); raw != nil && at.UnmarshalJSON(raw) != nil {
		at = time.Time{} // an event without a readable time was received at the zero time
	}
	made, err := target.Input(*in).Payload(event.JSON(), target.Context{RuleName: r.ID, IngestionTime: at})
	if err != nil {
		return nil, &InputError{Rule: r.ID, Err: err}
	}
	return made, nil
}

// free reports whether the event decides which fields there are, or there are none: an
// object in a constant or a template has fields that it names itself, and jobgen has
// checked that the job takes one of them.
func (in *Input) free() bool {
	if in.Constant != "" {
		return len(members([]byte(in.Constant))) == 0
	}
	return !strings.HasPrefix(strings.TrimSpace(in.Template), "{")
}

func (in *Input) send(ctx context.Context, r run, event *Payload) ([]byte, error) {
	made, err := in.make(r.rule, event)
	if err != nil {
		return nil, err
	}
	payload := newPayload(made)
	answer, err := r.call(ctx, payload)
	payload.release()
	return answer, err
}
