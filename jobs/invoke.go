package jobs

import (
	"context"

	"github.com/jobgen/jobgen/internal/payload"
)

// Invoke runs the jobs that a payload is for, and returns what the job returned
// as JSON, null if it returns nothing. It implements lambda.Handler; the package
// documentation says which jobs run and which errors there are.
func (d *Dispatcher) Invoke(ctx context.Context, data []byte) ([]byte, error) {
	event := payload.New(data)
	answer, err := d.invoke(ctx, event)
	event.Release()
	return answer, err
}

func (d *Dispatcher) invoke(ctx context.Context, event *payload.Payload) ([]byte, error) {
	var space [4]run
	runs, err := d.plan(event, space[:0])
	if d.log != nil || d.report != "" {
		d.tell(ctx, event, runs, err)
	}
	if err != nil {
		return nil, err
	}
	return d.perform(ctx, event, runs)
}

// tell tells a local Lambda and the journal what a payload is for.
//
//go:noinline
func (d *Dispatcher) tell(ctx context.Context, event *payload.Payload, runs []run, err error) {
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
