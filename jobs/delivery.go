package jobs

import (
	"context"
	"fmt"

	"github.com/jobgen/jobgen/internal/payload"
)

// deliver handles a payload that is neither an event nor an envelope, but may contain one or
// several of them.
//
//go:noinline
func (d *Dispatcher) deliver(ctx context.Context, event *payload.Payload) ([]byte, error) {
	if err := d.chosen().err; err != nil {
		return nil, err // an error of the function, not of an event
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
	failed := make(eventsError, len(tokens))
	for i, token := range tokens {
		event.Enter(token)
		event.Fixed = false
		_, failed[i] = d.invoke(ctx, event)
	}
	if len(failed.Unwrap()) > 0 {
		return nil, failed
	}
	return []byte(null), nil
}

// eventsError joins the errors of the events of one delivery.
type eventsError []error // an element for each event; nil if it succeeded

func (e eventsError) Error() string {
	var failed []error
	for i, err := range e {
		if err != nil {
			failed = append(failed, fmt.Errorf("event %d: %w", i+1, err))
		}
	}
	return fmt.Sprintf("jobs: %d of the %d events of a delivery failed:", len(failed), len(e)) + eachLine(failed)
}

// Unwrap returns the errors of the events that failed.
func (e eventsError) Unwrap() (failed []error) {
	for _, err := range e {
		if err != nil {
			failed = append(failed, err)
		}
	}
	return failed
}
