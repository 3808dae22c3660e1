package dispatch

import (
	"reflect"

	"github.com/aws/aws-lambda-go/events"

	"github.com/jobgen/jobgen/jobs"
	"github.com/jobgen/jobgen/jobs/decode"
)

// Begin decodes the payload into an event, except for its detail, and returns the decoder
// for the detail. End returns the error.
//
// Generated code decodes events in this way. The result is the one of Decode.
func Begin[D any](p *Payload, e *jobs.Event[D]) *decode.Decoder {
	return p.ReadEvent(&e.Version, &e.ID, &e.DetailType, &e.Source, &e.Account, &e.Time, &e.Region, &e.Resources, &e.ReplayName)
}

// End returns nil if all of e is decoded. Otherwise it calls Decode, which sets e, and
// returns its error. It is small enough to be inlined; if it weren't, the program would
// have a copy of it for each event type, with a name that contains all fields of the type.
func End[E any](p *Payload, e *E) error {
	if p.Failed() {
		*e = *decodeAgain[*E](p)
	}
	return p.DecodeError
}

// decodeAgain decodes the payload into a new value, returns a pointer to it, and stores
// the error in p. A value that encoding/json decodes is on the heap, but the event that is
// passed to End need not be. Its type parameter is a pointer type, so the program has one
// copy for all types.
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

// DecodeStruct is Decode for a struct that generated code can't decode.
func DecodeStruct[E any](p *Payload) (E, error) {
	e := *decodeAgain[*E](p)
	return e, p.DecodeError
}

// DecodeLambdaEvent is Decode for aws-lambda-go's event.
func DecodeLambdaEvent(p *Payload) (events.EventBridgeEvent, error) {
	var e events.EventBridgeEvent
	d := p.ReadEvent(&e.Version, &e.ID, &e.DetailType, &e.Source, &e.AccountID, &e.Time, &e.Region, &e.Resources, nil)
	decode.Raw(d, &e.Detail)
	err := End(p, &e)
	return e, err
}
