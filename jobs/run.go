package jobs

import (
	"bytes"
	"context"
	"encoding/json"
	"runtime/debug"

	"github.com/jobgen/jobgen/internal/payload"
	"github.com/jobgen/jobgen/internal/table"
)

// run is a planned call of a job.
type run struct {
	part    *part
	rule    *table.Rule // the rule that matched, or nil if it isn't known
	job     string      // the job's handler
	whole   bool        // the payload is the event, from which the rule's input is made
	answers bool        // the job's result is returned
}

// labels returns the job's handler and the rule's id. The id is empty if the rule isn't
// known.
//
//go:noinline
func (r *run) labels() (handler, rule string) {
	if r.rule != nil {
		rule = r.rule.ID
	}
	return r.job, rule
}

// null is the answer of a job without a result.
const null = "null"

// perform runs jobs, one after the other. If one fails, the others still run. If there is
// only one job, its error is returned unchanged, so that Lambda reports the user's type.
func (d *Dispatcher) perform(ctx context.Context, event *payload.Payload, runs []run) ([]byte, error) {
	if len(runs) == 1 {
		return d.run(ctx, event, &runs[0])
	}
	return d.performAll(ctx, event, runs)
}

//go:noinline
func (d *Dispatcher) performAll(ctx context.Context, event *payload.Payload, runs []run) ([]byte, error) {
	failed := &JobsError{EventID: event.ID(), Ran: len(runs)}
	for i := range runs {
		if _, err := d.run(ctx, event, &runs[i]); err != nil {
			failed.add(&runs[i], err)
		}
	}
	if failed.Failed != nil {
		return nil, failed
	}
	return []byte(null), nil
}

// run runs one job.
func (d *Dispatcher) run(ctx context.Context, event *payload.Payload, r *run) ([]byte, error) {
	if d.log != nil {
		return d.log.send(ctx, event, *r)
	}
	return r.send(ctx, event)
}

// add adds the failure of a job.
func (e *JobsError) add(r *run, err error) {
	handler, rule := r.labels()
	e.Failed = append(e.Failed, &JobError{Handler: handler, Rule: rule, Err: err})
}

// send calls the job with the rule's input.
func (r *run) send(ctx context.Context, event *payload.Payload) ([]byte, error) {
	if r.whole && r.rule.Input != nil {
		return r.sendInput(ctx, event)
	}
	return r.call(ctx, event)
}

// sendInput calls the job with the input that the rule makes from the event.
func (r *run) sendInput(ctx context.Context, event *payload.Payload) ([]byte, error) {
	made, err := r.makeInput(event)
	if err != nil {
		return nil, err
	}
	input := payload.New(made)
	answer, err := r.call(ctx, input)
	input.Release()
	return answer, err
}

func (r *run) makeInput(event *payload.Payload) ([]byte, error) {
	made, err := r.rule.Input.Make(r.rule.ID, event)
	if err != nil {
		return nil, &InputError{Rule: r.rule.ID, Err: err}
	}
	return made, nil
}

// call calls the job and returns its result as JSON. It converts a panic to an error, and
// adds the job's name to the error for a payload that can't be decoded.
func (r *run) call(ctx context.Context, event *payload.Payload) (answer []byte, err error) {
	defer func() {
		if v := recover(); v != nil {
			answer, err = nil, r.panicked(v)
		}
	}()
	if r.part.needed != nil {
		if err := r.needReceiver(ctx); err != nil {
			return nil, err
		}
	}
	result, err := r.part.call(ctx, r.job, event)
	if err != nil {
		return nil, r.named(err)
	}
	if !r.answers || result == nil {
		return event.Null(), nil
	}
	return r.encode(result)
}

// panicked returns the error for a job that panicked with v.
func (r *run) panicked(v any) error {
	handler, rule := r.labels()
	return &PanicError{Handler: handler, Rule: rule, Value: v, Stack: debug.Stack()}
}

// named adds the job's name to a *DecodeError. It returns other errors unchanged.
//
//go:noinline
func (r *run) named(err error) error {
	decode, ok := err.(*DecodeError)
	if !ok || decode.Handler != "" {
		return err
	}
	named := *decode
	named.Handler, named.Rule = r.labels()
	return &named
}

// encode returns a result as JSON, in the form of aws-lambda-go.
func (r *run) encode(result any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(result); err != nil {
		handler, rule := r.labels()
		return nil, &ResultError{Handler: handler, Rule: rule, Err: err}
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
