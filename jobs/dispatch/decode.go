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

// Decode decodes a payload into the type of a job's parameter: an Event[D],
// events.EventBridgeEvent, json.RawMessage, or a type for the rule's input. The result is
// the one of encoding/json, except that a payload that is null, and an event whose detail
// is null or missing, are errors.
//
// Every error is a *jobs.DecodeError.
func Decode[E any](data []byte) (E, error) {
	e := new(E)
	err := decodeInto(data, e)
	return *e, err
}

// decodeInto decodes into the value that e points to. It is separate from Decode because
// the program has a copy of Decode for each type.
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

// isEvent reports whether a type is the type of an event. The type arguments of TypeFor
// are pointers, because the name of an instance with a struct contains all its fields.
func isEvent(t reflect.Type) bool {
	return t == reflect.TypeFor[*events.EventBridgeEvent]().Elem() ||
		strings.HasPrefix(t.Name(), "Event[") && t.PkgPath() == reflect.TypeFor[*jobs.DecodeError]().Elem().PkgPath()
}

// hasDetail reports whether encoding/json decodes a detail of a payload, which is an
// object, that isn't null.
func hasDetail(data []byte) bool {
	var event struct {
		Detail *json.RawMessage `json:"detail"`
	}
	return json.Unmarshal(data, &event) == nil && event.Detail != nil
}

// takesNone reports whether a struct has no field for any member of an object, so that it
// would stay empty. It decodes the object with other values: encoding/json fails or sets
// the field of a member, and skips members that have none.
func takesNone(t reflect.Type, object []byte) bool {
	if !hasFields(t) || isEvent(t) {
		return false
	}
	fields := payload.Members(object)
	for _, other := range [...]string{`1`, `"x"`} { // no field takes both and stays empty
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
	if len(data) <= maxLocate && tape.Read(bytes.Clone(data)) { // locate changes the data
		e.Field = locate(&tape, jsonscan.Root, t, maxDepth)
	}
	if wrong := payload.TypeError(err); wrong != nil && e.Field == "" {
		e.Field = wrong.Field
	}
	return e
}
