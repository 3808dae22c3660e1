package jobs

import (
	"context"
	"fmt"

	"github.com/jobgen/jobgen/internal/payload"
)

// deliver handles a payload that is neither an event nor an envelope. It may contain
// several of them.
//
//go:noinline
func (d *Dispatcher) deliver(ctx context.Context, event *payload.Payload) ([]byte, error) {
	if err := d.chosen().err; err != nil {
		return nil, err // the function is wrong, not an event
	}
	if records := event.Records(); records != nil {
		return d.receive(ctx, records)
	}
	if scheduled := event.WithoutText(); scheduled != nil {
		event := payload.New(scheduled)
		defer event.Release()
		return d.invoke(ctx, event)
	}
	switch tokens := event.Delivered(); len(tokens) {
	case 0:
		return d.invoke(ctx, event)
	case 1:
		event.Enter(tokens[0])
		return d.invoke(ctx, event)
	default:
		return d.deliverAll(ctx, event, tokens)
	}
}

// deliverAll handles the events at tokens, one after the other. If one fails, the others
// are still handled.
func (d *Dispatcher) deliverAll(ctx context.Context, event *payload.Payload, tokens []int) ([]byte, error) {
	failed := &EventsError{Events: len(tokens)}
	for i, token := range tokens {
		event.Enter(token)
		event.Fixed = false
		if _, err := d.invoke(ctx, event); err != nil {
			failed.Failed = append(failed.Failed, &EventError{Index: i, EventID: event.ID(), Err: err})
		}
	}
	if failed.Failed != nil {
		return nil, failed
	}
	return []byte(null), nil
}

// EventError is the failure of one event among several of one delivery.
type EventError struct {
	Index   int    // the event's index in the delivery
	EventID string // empty if the event has none
	Err     error  // the error that Invoke returns for the event alone
}

func (e *EventError) Error() string {
	return fmt.Sprintf("event %d, %s: %v", e.Index+1, theEvent(e.EventID), e.Err)
}

// Unwrap returns the event's own error.
func (e *EventError) Unwrap() error { return e.Err }

// EventsError is returned if a subscriber of a custom event bus delivered several events
// and some failed. If the delivery is repeated, all of its events are handled again,
// including those that succeeded.
type EventsError struct {
	Events int           // how many events were delivered
	Failed []*EventError // in the order of the delivery
}

func (e *EventsError) Error() string {
	text := fmt.Sprintf("jobs: %d of the %d events of a delivery failed:", len(e.Failed), e.Events)
	return text + eachLine(e.Failed)
}

// Unwrap returns the failures.
func (e *EventsError) Unwrap() []error { return errorsOf(e.Failed) }
