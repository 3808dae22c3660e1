package jobs

import (
	"bytes"
	"context"
	"encoding/json"
	"runtime/debug"
	"time"

	"github.com/jobgen/jobgen/internal/target"
)

// run is a job that is to run.
type run struct {
	part    part
	job     int
	rule    string // the id of the rule that wants it; empty if that isn't known
	payload []byte
	input   *Input // what to make of the payload first; nil for the whole
}

func (r run) handler() string { return r.part.table.Jobs[r.job].Handler }

// perform runs the jobs of a plan, one after the other. All of them run, whatever
// becomes of the others.
func (d *Dispatcher) perform(ctx context.Context, p plan) ([]byte, error) {
	if len(p.runs) == 1 {
		result, err := d.run(ctx, p.event, p.runs[0])
		if err != nil {
			return nil, err
		}
		if !p.result {
			result = nil
		}
		return encode(result, p.runs[0].handler())
	}
	failed := &JobsError{EventID: p.event.id, Ran: len(p.runs)}
	for _, r := range p.runs {
		if _, err := d.run(ctx, p.event, r); err != nil {
			failed.Failed = append(failed.Failed, &JobError{Handler: r.handler(), Rule: r.rule, Err: err})
		}
	}
	if len(failed.Failed) > 0 {
		return nil, failed
	}
	return []byte("null"), nil
}

// run runs one job and logs how it went. The job's own error is returned as it
// is, so that Lambda reports the user's type.
func (d *Dispatcher) run(ctx context.Context, event header, r run) (any, error) {
	start := time.Now()
	payload, err := r.send()
	var result any
	if err == nil {
		result, err = r.call(ctx, payload)
	}
	d.logRun(ctx, event, r, time.Since(start), err)
	return result, err
}

// send returns what the rule's target is sent. What only EventBridge knows is
// made up for a template's reserved variables: the rule's name is its id, its
// ARN is empty, and the event was received when it happened.
func (r run) send() ([]byte, error) {
	if r.input == nil {
		return r.payload, nil
	}
	var event struct {
		Time time.Time `json:"time"`
	}
	// An event without a readable time was received at the zero time.
	_ = json.Unmarshal(r.payload, &event)
	payload, err := r.input.Payload(r.payload, target.Context{RuleName: r.rule, IngestionTime: event.Time})
	if err != nil {
		return nil, &InputError{Rule: r.rule, Err: err}
	}
	return payload, nil
}

// call calls the job. A panic becomes an error; that the job's event could not
// be decoded says which job it is.
func (r run) call(ctx context.Context, payload []byte) (result any, err error) {
	defer func() {
		if v := recover(); v != nil {
			result, err = nil, &PanicError{Handler: r.handler(), Rule: r.rule, Value: v, Stack: debug.Stack()}
		}
	}()
	result, err = r.part.call(ctx, r.job, payload)
	if decode, ok := err.(*DecodeError); ok && decode.Handler == "" {
		named := *decode
		named.Handler, named.Rule = r.handler(), r.rule
		return nil, &named
	}
	return result, err
}

// encode gives a result as JSON, in the way of aws-lambda-go.
func encode(result any, handler string) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(result); err != nil {
		return nil, &ResultError{Handler: handler, Err: err}
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
