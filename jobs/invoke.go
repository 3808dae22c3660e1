package jobs

import (
	"context"

	"github.com/jobgen/jobgen/internal/payload"
)

// Invoke runs the jobs for a payload. It returns the job's result as JSON, or null if
// there is none. It implements lambda.Handler; the package documentation describes
// which jobs run and which errors are returned.
func (d *Dispatcher) Invoke(ctx context.Context, data []byte) ([]byte, error) {
	event := payload.New(data)
	answer, err := d.take(ctx, event)
	event.Release()
	return answer, err
}

// take handles one event, or a payload that contains several.
func (d *Dispatcher) take(ctx context.Context, event *payload.Payload) ([]byte, error) {
	if event.IsEvent() || event.Token(payload.Rule) != 0 {
		return d.invoke(ctx, event)
	}
	return d.deliver(ctx, event)
}

func (d *Dispatcher) invoke(ctx context.Context, event *payload.Payload) ([]byte, error) {
	var space [4]run
	runs, err := d.plan(event, space[:0])
	if d.log != nil || d.report != "" {
		d.announce(ctx, event, runs, err)
	}
	if err != nil {
		return nil, err
	}
	return d.perform(ctx, event, runs)
}

// announce reports the jobs for a payload to a local Lambda and to the journal.
//
//go:noinline
func (d *Dispatcher) announce(ctx context.Context, event *payload.Payload, runs []run, err error) {
	if err != nil {
		runs = nil
	}
	if d.report != "" {
		post(d.report, runs)
	}
	switch {
	case d.log == nil:
	case err != nil:
		d.log.refused(ctx, err)
	default:
		for i := range runs {
			d.log.accepted(ctx, event, runs[i])
		}
	}
}
