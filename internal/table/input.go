package table

import (
	"strings"
	"time"

	"github.com/jobgen/jobgen/internal/payload"
	"github.com/jobgen/jobgen/internal/target"
)

// InputMaker makes what a rule's target is sent instead of the whole event: it is an
// *Input. It is an interface so that a program none of whose rules has an input is
// without the code for it.
type InputMaker interface {
	// Make returns what the rule with an id is sent for an event.
	Make(rule string, event *payload.Payload) ([]byte, error)
	// Free reports whether that may have none of the fields that the job takes.
	Free() bool
}

// Input is what a rule's target is sent instead of the whole event: a constant,
// a part, or what an input transformer makes of it.
type Input target.Input

// PathVar is a variable of an Input's template.
type PathVar = target.PathVar

// Make makes up what only EventBridge knows of a template's reserved variables: the
// rule's name is its id, its ARN is empty, and the event was received when it happened.
func (in *Input) Make(rule string, event *payload.Payload) ([]byte, error) {
	var at time.Time
	if raw := event.Raw(payload.Time); raw != nil && at.UnmarshalJSON(raw) != nil {
		at = time.Time{} // an event without a readable time was received at the zero time
	}
	return target.Input(*in).Payload(event.JSON(), target.Context{RuleName: rule, IngestionTime: at})
}

// Free reports whether the event decides which fields there are, or there are none: an
// object in a constant or a template has fields that it names itself, and jobgen has
// checked that the job takes one of them.
func (in *Input) Free() bool {
	if in.Constant != "" {
		return len(payload.Members([]byte(in.Constant))) == 0
	}
	return !strings.HasPrefix(strings.TrimSpace(in.Template), "{")
}
