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
	answers bool   // whether the job's result is wanted
}

func (r *run) handler() string { return r.part.table.Jobs[r.job].Handler }

// null is the answer where there is no result.
const null = "null"

// perform runs the jobs of a plan, one after the other. All of them run, whatever
// becomes of the others.
func (d *Dispatcher) perform(ctx context.Context, p *plan) ([]byte, error) {
	if p.more == nil {
		return d.run(ctx, p.event, &p.one)
	}
	var failed []*JobError
	for i := range p.more {
		r := &p.more[i]
		if _, err := d.run(ctx, p.event, r); err != nil {
			failed = append(failed, &JobError{Handler: r.handler(), Rule: r.rule, Err: err})
		}
	}
	if failed != nil {
		return nil, &JobsError{EventID: p.event.id(), Ran: len(p.more), Failed: failed}
	}
	return []byte(null), nil
}

// run runs one job and logs how it went. The job's own error is returned as it
// is, so that Lambda reports the user's type.
func (d *Dispatcher) run(ctx context.Context, event header, r *run) ([]byte, error) {
	var start time.Time
	if d.log != nil {
		start = time.Now()
	}
	payload, err := r.send()
	var answer []byte
	if err == nil {
		answer, err = r.call(ctx, payload)
	}
	if d.log != nil {
		d.logRun(ctx, event, r, time.Since(start), err)
	}
	return answer, err
}

// send returns what the rule's target is sent. What only EventBridge knows is
// made up for a template's reserved variables: the rule's name is its id, its
// ARN is empty, and the event was received when it happened.
func (r *run) send() ([]byte, error) {
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

// call calls the job and gives its result as JSON. A panic becomes an error; the
// error of an event that could not be decoded gets the job's name.
func (r *run) call(ctx context.Context, payload []byte) (answer []byte, err error) {
	defer func() {
		if v := recover(); v != nil {
			answer, err = nil, &PanicError{Handler: r.handler(), Rule: r.rule, Value: v, Stack: debug.Stack()}
		}
	}()
	result, err := r.part.call(ctx, r.job, payload)
	if err != nil {
		return nil, r.named(err)
	}
	if !r.answers || result == nil {
		return []byte(null), nil
	}
	return r.encode(result)
}

// named puts the job's name into the error of an event that could not be
// decoded, and leaves any other as it is.
func (r *run) named(err error) error {
	decode, ok := err.(*DecodeError)
	if !ok || decode.Handler != "" {
		return err
	}
	named := *decode
	named.Handler, named.Rule = r.handler(), r.rule
	return &named
}

// encode gives a result as JSON, in the way of aws-lambda-go.
func (r *run) encode(result any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(result); err != nil {
		return nil, &ResultError{Handler: r.handler(), Rule: r.rule, Err: err}
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
