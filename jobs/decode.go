package jobs

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"

	"github.com/aws/aws-lambda-go/events"
)

// Decode reads a payload into what a job takes: an Event[D],
// events.EventBridgeEvent, json.RawMessage, or any type that reads what the
// target is sent. What encoding/json gives is the result, with one difference:
// there is no empty value where the payload has none. A payload that is null,
// and an event whose detail is null or missing, is an error.
//
// Every error is a *DecodeError.
//
// It is called where a job's own code has failed, and is to be no part of that.
//
//go:noinline
func Decode[E any](payload []byte) (E, error) {
	var e E
	if err := unmarshal(payload, &e); err != nil {
		var none E
		return none, decodeError(err, payload, reflect.TypeFor[E]())
	}
	return e, nil
}

var (
	errNull     = errors.New("the payload is null")
	errNoDetail = errors.New("it is null or missing")
)

func unmarshal(payload []byte, e any) error {
	if string(bytes.TrimSpace(payload)) == null {
		return errNull
	}
	if event, ok := e.(eventDecoder); ok {
		if done, err := event.decodeEvent(payload, e); done {
			return err
		}
	}
	if err := json.Unmarshal(payload, e); err != nil {
		return err
	}
	if event, ok := e.(*events.EventBridgeEvent); ok && isNull(event.Detail) {
		return errNoDetail
	}
	return nil
}

func isNull(raw json.RawMessage) bool { return len(raw) == 0 || string(raw) == null }

// eventDecoder is implemented by every *Event[D], and by a struct that embeds
// one: the method is promoted.
type eventDecoder interface {
	// decodeEvent decodes if e is the very event that the method belongs to;
	// otherwise it does nothing and says so.
	decodeEvent(payload []byte, e any) (done bool, err error)
}

func (e *Event[D]) decodeEvent(payload []byte, whole any) (bool, error) {
	if whole != any(e) {
		return false, nil
	}
	// The outer Detail hides the event's: a pointer tells null from a value.
	event := struct {
		*Event[D]
		Detail *D `json:"detail"`
	}{Event: e}
	if err := json.Unmarshal(payload, &event); err != nil {
		return true, err
	}
	if event.Detail == nil {
		return true, errNoDetail
	}
	e.Detail = *event.Detail
	return true, nil
}

// DecodeError says that a payload does not fit the type that the job takes. The
// job was not called.
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
	return fmt.Sprintf("jobs: %s%s doesn't fit the Go type %s: %s; make the type fit the event, or the rule's pattern or input fit the type",
		who(e.Handler, e.Rule), what, e.Type, reason(e.Err))
}

// Unwrap returns encoding/json's error.
func (e *DecodeError) Unwrap() error { return e.Err }

// reason says in plain words what encoding/json says in its own.
func reason(err error) string {
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return fmt.Sprintf("want %s, got %s", wrong.Type, clip(wrong.Value, maxQuoted))
	}
	return clip(err.Error(), maxMessage)
}

func decodeError(err error, payload []byte, t reflect.Type) error {
	e := &DecodeError{Type: t.String(), Err: err}
	if errors.Is(err, errNoDetail) {
		e.Field = "detail"
		return e
	}
	if len(payload) <= maxLocate && json.Valid(payload) {
		e.Field = locate(payload, t, maxDepth)
	}
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok && e.Field == "" {
		e.Field = wrong.Field
	}
	return e
}
