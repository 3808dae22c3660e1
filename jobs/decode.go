package jobs

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"strings"

	"github.com/aws/aws-lambda-go/events"

	"github.com/jobgen/jobgen/internal/jsonscan"
)

// Decode reads a payload into what a job takes: an Event[D],
// events.EventBridgeEvent, json.RawMessage, or any type that reads what the
// target is sent. What encoding/json gives is the result, with one difference:
// there is no empty value where the payload has none. A payload that is null,
// and an event whose detail is null or missing, is an error.
//
// Every error is a *DecodeError.
func Decode[E any](payload []byte) (E, error) {
	e := new(E)
	err := decodeInto(payload, e)
	return *e, err
}

// decodeInto is Decode into what e points to. It is most of Decode, which there
// is for each type once more.
func decodeInto(payload []byte, e any) error {
	v := reflect.ValueOf(e).Elem()
	err := unmarshal(payload, e, v.Type())
	if err != nil {
		v.SetZero()
		err = decodeError(err, payload, v.Type())
	}
	return err
}

var (
	errNull     = errors.New("the payload is null")
	errNoDetail = errors.New("it is null or missing")
	errNoField  = errors.New("it has none of the type's fields")
)

func unmarshal(payload []byte, e any, t reflect.Type) error {
	if string(bytes.TrimSpace(payload)) == null {
		return errNull
	}
	if err := json.Unmarshal(payload, e); err != nil {
		return err
	}
	if isEvent(t) && !hasDetail(payload) {
		return errNoDetail
	}
	return nil
}

// isEvent reports whether a type is that of an event. What TypeFor is asked for is no
// struct, all of whose fields would be in the name of a function.
func isEvent(t reflect.Type) bool {
	return t == reflect.TypeFor[*events.EventBridgeEvent]().Elem() ||
		strings.HasPrefix(t.Name(), "Event[") && t.PkgPath() == reflect.TypeFor[field]().PkgPath()
}

// hasDetail reports whether a payload that is an object has a detail that isn't
// null, as encoding/json sees it.
func hasDetail(payload []byte) bool {
	var event struct {
		Detail *json.RawMessage `json:"detail"`
	}
	return json.Unmarshal(payload, &event) == nil && event.Detail != nil
}

// takesNone reports whether a struct has no field for any member of an object, and would
// stay empty. Only encoding/json knows which field a member is for: with a value that no
// field has, it fails or fills the field, and it passes over a member without one.
func takesNone(t reflect.Type, object []byte) bool {
	if !hasFields(t) || isEvent(t) {
		return false
	}
	fields := members(object)
	for _, other := range [...]string{`1`, `"x"`} { // some fields take the one, and none takes both
		for name := range fields {
			fields[name] = json.RawMessage(other)
		}
		data, err := json.Marshal(fields)
		v := reflect.New(t)
		if err != nil || json.Unmarshal(data, v.Interface()) != nil || !v.Elem().IsZero() {
			return false
		}
	}
	return true
}

// hasFields reports whether a type is a struct with a field that encoding/json may fill.
func hasFields(t reflect.Type) bool {
	if t.Kind() != reflect.Struct {
		return false
	}
	for i := range t.NumField() {
		if f := t.Field(i); (f.Anonymous || f.IsExported()) && f.Tag.Get("json") != "-" {
			return true
		}
	}
	return false
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
	return "jobs: " + who(e.Handler, e.Rule) + what + " doesn't fit the Go type " + e.Type + ": " + reason(e.Err) +
		"; make the type fit the event, or the rule's pattern or input fit the type"
}

// Unwrap returns encoding/json's error.
func (e *DecodeError) Unwrap() error { return e.Err }

// reason says in plain words what encoding/json says in its own.
func reason(err error) string {
	if wrong := typeError(err); wrong != nil {
		return "want " + wrong.Type.String() + ", got " + clip(wrong.Value, maxQuoted)
	}
	return clip(err.Error(), maxMessage)
}

func decodeError(err error, payload []byte, t reflect.Type) error {
	e := &DecodeError{Type: t.String(), Err: err}
	if errors.Is(err, errNoDetail) {
		e.Field = "detail"
		return e
	}
	var tape jsonscan.Tape
	if len(payload) <= maxLocate && tape.Read([]byte(string(payload))) { // a copy: locate spoils it
		e.Field = locate(&tape, jsonscan.Root, t, maxDepth)
	}
	if wrong := typeError(err); wrong != nil && e.Field == "" {
		e.Field = wrong.Field
	}
	return e
}

// typeError returns the error of a value of the wrong kind that err is or wraps,
// or nil.
func typeError(err error) *json.UnmarshalTypeError {
	for ; err != nil; err = errors.Unwrap(err) {
		if wrong, ok := err.(*json.UnmarshalTypeError); ok {
			return wrong
		}
	}
	return nil
}
