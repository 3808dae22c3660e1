package dispatch

import (
	"reflect"

	"github.com/aws/aws-lambda-go/events"

	"github.com/jobgen/jobgen/jobs"
	"github.com/jobgen/jobgen/jobs/decode"
)

// Begin reads the payload into an event, but for its detail, and returns the
// decoder that is to read that. End reports whether it could.
//
// Generated code decodes what a job takes in this way. See Decode for what comes
// of it.
func Begin[D any](p *Payload, e *jobs.Event[D]) *decode.Decoder {
	return p.ReadEvent(&e.Version, &e.ID, &e.DetailType, &e.Source, &e.Account, &e.Time, &e.Region, &e.Resources, &e.ReplayName)
}

// End returns nil if all of e is read. Otherwise Decode has the last word: what
// it makes of the payload is e, and its error is returned. It is small enough to be
// inlined. Otherwise the program would have a copy of it for each event type, with a name
// that lists all fields of the type.
func End[E any](p *Payload, e *E) error {
	if p.Failed() {
		*e = *decodeAgain[*E](p)
	}
	return p.DecodeError
}

// decodeAgain decodes the payload into a new value, which it returns a P to, and keeps
// the error. What encoding/json has in its hands is on the heap; an event that is passed
// to End need not be. There is one such function for all types, because all pointers are
// alike.
//
//go:noinline
func decodeAgain[P any](p *Payload) P {
	t := reflect.TypeFor[P]().Elem()
	again := reflect.New(t).Interface()
	p.DecodeError = decodeInto(p.JSON(), again)
	if p.Fixed && p.DecodeError == nil && takesNone(t, p.JSON()) {
		p.DecodeError = &jobs.DecodeError{Type: t.String(), Err: errNoField}
	}
	return again.(P)
}

// DecodeStruct is Decode of a struct that takes what the job is sent, and that generated
// code can't read.
func DecodeStruct[E any](p *Payload) (E, error) {
	e := *decodeAgain[*E](p)
	return e, p.DecodeError
}

// DecodeLambdaEvent is Decode of aws-lambda-go's own event.
func DecodeLambdaEvent(p *Payload) (events.EventBridgeEvent, error) {
	var e events.EventBridgeEvent
	d := p.ReadEvent(&e.Version, &e.ID, &e.DetailType, &e.Source, &e.AccountID, &e.Time, &e.Region, &e.Resources, nil)
	decode.Raw(d, &e.Detail)
	err := End(p, &e)
	return e, err
}
