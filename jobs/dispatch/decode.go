package dispatch

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"strings"

	"github.com/aws/aws-lambda-go/events"

	"github.com/jobgen/jobgen/internal/jsonscan"
	"github.com/jobgen/jobgen/internal/payload"
	"github.com/jobgen/jobgen/jobs"
)

// Decode reads a payload into what a job takes: an Event[D],
// events.EventBridgeEvent, json.RawMessage, or any type that reads what the
// target is sent. What encoding/json gives is the result, with one difference:
// there is no empty value where the payload has none. A payload that is null,
// and an event whose detail is null or missing, is an error.
//
// Every error is a *jobs.DecodeError.
func Decode[E any](data []byte) (E, error) {
	e := new(E)
	err := decodeInto(data, e)
	return *e, err
}

// decodeInto is Decode into what e points to. It is most of Decode, which there
// is for each type once more.
func decodeInto(data []byte, e any) error {
	v := reflect.ValueOf(e).Elem()
	err := unmarshal(data, e, v.Type())
	if err != nil {
		v.SetZero()
		err = decodeError(err, data, v.Type())
	}
	return err
}

var (
	errNull     = errors.New("the payload is null")
	errNoDetail = errors.New("it is null or missing")
	errNoField  = errors.New("it has none of the type's fields")
)

func unmarshal(data []byte, e any, t reflect.Type) error {
	if string(bytes.TrimSpace(data)) == "null" {
		return errNull
	}
	if err := json.Unmarshal(data, e); err != nil {
		return err
	}
	if isEvent(t) && !hasDetail(data) {
		return errNoDetail
	}
	return nil
}

// isEvent reports whether a type is that of an event. What TypeFor is asked for is no
// struct, all of whose fields would be in the name of a function.
func isEvent(t reflect.Type) bool {
	return t == reflect.TypeFor[*events.EventBridgeEvent]().Elem() ||
		strings.HasPrefix(t.Name(), "Event[") && t.PkgPath() == reflect.TypeFor[*jobs.DecodeError]().Elem().PkgPath()
}

// hasDetail reports whether a payload that is an object has a detail that isn't
// null, as encoding/json sees it.
func hasDetail(data []byte) bool {
	var event struct {
		Detail *json.RawMessage `json:"detail"`
	}
	return json.Unmarshal(data, &event) == nil && event.Detail != nil
}

// takesNone reports whether a struct has no field for any member of an object, and would
// stay empty. Only encoding/json knows which field a member is for: with a value that no
// field has, it fails or fills the field, and it passes over a member without one.
func takesNone(t reflect.Type, object []byte) bool {
	if !hasFields(t) || isEvent(t) {
		return false
	}
	fields := payload.Members(object)
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

func decodeError(err error, data []byte, t reflect.Type) error {
	e := &jobs.DecodeError{Type: t.String(), Err: err}
	if errors.Is(err, errNoDetail) {
		e.Field = "detail"
		return e
	}
	var tape jsonscan.Tape
	if len(data) <= maxLocate && tape.Read([]byte(string(data))) { // a copy: locate spoils it
		e.Field = locate(&tape, jsonscan.Root, t, maxDepth)
	}
	if wrong := payload.TypeError(err); wrong != nil && e.Field == "" {
		e.Field = wrong.Field
	}
	return e
}
