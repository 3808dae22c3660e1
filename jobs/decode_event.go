package jobs

import (
	"reflect"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"github.com/jobgen/jobgen/jobs/decode"
)

// Begin reads the payload into an event, but for its detail, and returns the
// decoder that is to read that. End tells whether it could.
//
// Generated code decodes what a job takes in this way. See Decode for what comes
// of it.
func Begin[D any](p *Payload, e *Event[D]) *decode.Decoder {
	return p.readEvent(&e.Version, &e.ID, &e.DetailType, &e.Source, &e.Account, &e.Time, &e.Region, &e.Resources, &e.ReplayName)
}

// readEvent reads an event's own fields, and goes to its detail. Where there is
// something that encoding/json doesn't simply read into these fields, the decoder
// has failed.
func (p *Payload) readEvent(version, id, detailType, source, account *string, at *time.Time, region *string, resources *[]string, replayName *string) *decode.Decoder {
	d := p.start()
	f := &p.fields
	if kind := p.tape.Kind(int(f.at[fieldDetail])); kind == 0 || kind == 'n' || f.twice || f.lookalike != 0 {
		d.Fail() // no object has no detail either
	}
	readString(d, f.at[fieldVersion], version)
	readString(d, f.at[fieldID], id)
	readString(d, f.at[fieldDetailType], detailType)
	readString(d, f.at[fieldSource], source)
	readString(d, f.at[fieldAccount], account)
	if token := f.at[fieldTime]; token != 0 {
		d.At(int(token))
		decode.Time(d, at)
	}
	readString(d, f.at[fieldRegion], region)
	if token := f.at[fieldResources]; token != 0 {
		d.At(int(token))
		d.Texts(resources)
	}
	if replayName != nil {
		readString(d, f.at[fieldReplayName], replayName)
	}
	d.At(int(f.at[fieldDetail]))
	return d
}

// readString reads the string at a token, if there is one.
func readString(d *decode.Decoder, token int32, s *string) {
	if token != 0 {
		d.At(int(token))
		d.Text(s)
	}
}

// Decoder returns the decoder that reads all that the job is sent. End tells
// whether it could.
func (p *Payload) Decoder() *decode.Decoder {
	d := p.start()
	if p.fixed || p.tape.Kind(p.value) == 'n' {
		d.Fail() // it is an error, or may be one
	}
	return d
}

func (p *Payload) start() *decode.Decoder {
	p.misfit = nil
	p.decoder.Start(&p.tape, p.value)
	return &p.decoder
}

// End returns nil if all of e is read. Otherwise Decode has the last word: what
// it makes of the payload is e, and its error is returned. It is small enough to be part
// of its caller: as a function of its own, there would be one for each type, whose name
// tells all fields of it.
func End[E any](p *Payload, e *E) error {
	if p.decoder.Failed() {
		*e = *decodeAgain[*E](p)
	}
	return p.misfit
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
	p.misfit = decodeInto(p.JSON(), again)
	if p.fixed && p.misfit == nil && takesNone(t, p.JSON()) {
		p.misfit = &DecodeError{Type: t.String(), Err: errNoField}
	}
	return again.(P)
}

// DecodeStruct is Decode of a struct that takes what the job is sent, and that generated
// code can't read.
func DecodeStruct[E any](p *Payload) (E, error) {
	e := *decodeAgain[*E](p)
	return e, p.misfit
}

// DecodeLambdaEvent is Decode of aws-lambda-go's own event.
func DecodeLambdaEvent(p *Payload) (events.EventBridgeEvent, error) {
	var e events.EventBridgeEvent
	d := p.readEvent(&e.Version, &e.ID, &e.DetailType, &e.Source, &e.AccountID, &e.Time, &e.Region, &e.Resources, nil)
	decode.Raw(d, &e.Detail)
	err := End(p, &e)
	return e, err
}
