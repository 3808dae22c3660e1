package jobs

import (
	"bytes"

	"github.com/aws/aws-lambda-go/events"

	"github.com/jobgen/jobgen/jobs/decode"
)

// DecodeWith is Decode, done by a generated decoder: read reads an E. Where it
// fails Decode has the last word, so that the result is the same, the error too.
func DecodeWith[E any](payload []byte, read func(*decode.Decoder, *E)) (E, error) {
	e := new(E)
	if string(bytes.TrimSpace(payload)) != null && decode.Value(payload, e, read) {
		return *e, nil
	}
	return Decode[E](payload)
}

// DecodeEvent is Decode of an Event, done by a generated decoder: detail reads
// its Detail.
func DecodeEvent[D any](payload []byte, detail func(*decode.Decoder, *D)) (Event[D], error) {
	r := eventReader[D]{readDetail: detail}
	if decode.Value(payload, &r, readEventFields[D]) && r.found {
		return r.event, nil
	}
	return Decode[Event[D]](payload)
}

// eventReader is an event in the making.
type eventReader[D any] struct {
	event      Event[D]
	readDetail func(*decode.Decoder, *D)
	found      bool // there is a detail
}

func readEventFields[D any](d *decode.Decoder, r *eventReader[D]) {
	e := &r.event
	for ok := d.Object(); ok; ok = d.Next() {
		switch d.Key() {
		case "version":
			decode.String(d, &e.Version)
		case "id":
			decode.String(d, &e.ID)
		case "detail-type":
			decode.String(d, &e.DetailType)
		case "source":
			decode.String(d, &e.Source)
		case "account":
			decode.String(d, &e.Account)
		case "time":
			decode.Time(d, &e.Time)
		case "region":
			decode.String(d, &e.Region)
		case "resources":
			decode.Slice(d, &e.Resources, decode.String)
		case "detail":
			if d.Null() {
				d.Fail() // it is an error, but for a later one that isn't null
			}
			r.found = true
			r.readDetail(d, &e.Detail)
		case "replay-name":
			decode.String(d, &e.ReplayName)
		default:
			d.Other("version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail", "replay-name")
		}
	}
}

// DecodeLambdaEvent is Decode of aws-lambda-go's own event.
func DecodeLambdaEvent(payload []byte) (events.EventBridgeEvent, error) {
	e := new(events.EventBridgeEvent)
	if decode.Value(payload, e, readLambdaEvent) && !isNull(e.Detail) {
		return *e, nil
	}
	return Decode[events.EventBridgeEvent](payload)
}

func readLambdaEvent(d *decode.Decoder, e *events.EventBridgeEvent) {
	for ok := d.Object(); ok; ok = d.Next() {
		switch d.Key() {
		case "version":
			decode.String(d, &e.Version)
		case "id":
			decode.String(d, &e.ID)
		case "detail-type":
			decode.String(d, &e.DetailType)
		case "source":
			decode.String(d, &e.Source)
		case "account":
			decode.String(d, &e.AccountID)
		case "time":
			decode.Time(d, &e.Time)
		case "region":
			decode.String(d, &e.Region)
		case "resources":
			decode.Slice(d, &e.Resources, decode.String)
		case "detail":
			decode.Raw(d, &e.Detail)
		default:
			d.Other("version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail")
		}
	}
}
