package jobs

import "github.com/jobgen/jobgen/internal/payload"

// DecodeError reports a payload that doesn't fit the type of the job's parameter. The job
// was not called.
type DecodeError struct {
	Handler string // the job; empty from Decode itself
	Rule    string // the rule's id, where it is known
	Type    string // the Go type: "jobs.Event[example.com/security.StateChange]"
	Field   string // the path of what doesn't fit: "detail.instance-id"; empty for the whole
	Err     error  // encoding/json's error
}

func (e *DecodeError) Error() string {
	what := "the payload"
	if e.Field != "" {
		what = plain(e.Field)
	}
	return "jobs: " + who(e.Handler, e.Rule) + what + " doesn't fit the Go type " + e.Type + ": " + reason(e.Err) +
		"; make the type fit the event, or the rule's pattern or input fit the type"
}

// Unwrap returns encoding/json's error.
func (e *DecodeError) Unwrap() error { return e.Err }

// reason returns the reason of encoding/json's error in plain words.
func reason(err error) string {
	if wrong := payload.TypeError(err); wrong != nil {
		return "want " + wrong.Type.String() + ", got " + clip(wrong.Value, maxQuoted)
	}
	return clip(err.Error(), maxMessage)
}
