package jobs

import "context"

// Invoke runs the jobs that a payload is for, and returns what the job returned
// as JSON, null if it returns nothing. It implements lambda.Handler; the package
// documentation says which jobs run and which errors there are.
func (d *Dispatcher) Invoke(ctx context.Context, payload []byte) ([]byte, error) {
	event := newPayload(payload)
	answer, err := d.invoke(ctx, event)
	event.release()
	return answer, err
}

func (d *Dispatcher) invoke(ctx context.Context, event *Payload) ([]byte, error) {
	var p plan
	if err := d.plan(event, &p); err != nil {
		if d.log != nil {
			d.log.ErrorContext(ctx, "payload refused", "error", err)
		}
		return nil, err
	}
	if d.log != nil {
		d.logPlan(ctx, event, &p)
	}
	return d.perform(ctx, event, &p)
}
