package localbus

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jobgen/jobgen/internal/runtimeapi"
	"github.com/jobgen/jobgen/internal/uuid"
)

// shipment is an event on its way to a function, or a message in a queue. Bus.mu guards the
// fields that change.
type shipment struct {
	bus     *Bus
	events  []string // the ids of the events
	rules   []*Rule
	origin  Origin
	payload []byte
	arrived time.Time

	fn      *Function // nil for a message
	tries   int       // the attempts that have begun
	running bool
	timer   *time.Timer // of the wait before the next attempt
	// reply gets the result of a call that a client waits for. It is nil for others.
	reply func(runtimeapi.Result, error)
}

func (d *shipment) ruleIDs() []string {
	var ids []string
	for _, r := range d.rules {
		ids = append(ids, r.ID)
	}
	return ids
}

// upgrade moves a shipment to a newer program, if that has its rules and the rules run in the same
// function. Otherwise the shipment stays with its program: another function would not understand
// the payload. It returns the programs that nothing needs any more. Bus.mu is locked.
func (d *shipment) upgrade(p *Program) (unused []*Program) {
	if d.fn == nil || d.fn.program == p {
		return nil
	}
	newer := p.functionWithKey(d.fn.Key)
	for _, r := range d.rules {
		if now := p.byKey[r.Key]; now == nil || now.Target != newer {
			return nil
		}
	}
	if newer == nil {
		return nil
	}
	old := d.fn.program
	d.fn = newer
	p.uses++
	if old.drop() {
		return []*Program{old}
	}
	return nil
}

func (p *Program) functionWithKey(key string) *Function {
	i := slices.IndexFunc(p.Functions, func(f *Function) bool { return f.Key == key })
	if i < 0 {
		return nil
	}
	return p.Functions[i]
}

// start admits a shipment and calls its function.
func (d *shipment) start() error {
	b := d.bus
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.admit(d); err != nil {
		return err
	}
	if b.program != nil {
		d.upgrade(b.program) // the program may have been replaced since the event was matched
	}
	d.attempt(b.ctx)
	return nil
}

// attempt queues a call of the shipment's function. Bus.mu is locked.
func (d *shipment) attempt(ctx context.Context) {
	b := d.bus
	d.tries++
	d.timer = nil
	if d.fn.Limit == 0 && d.reply == nil {
		fn := d.fn
		b.tasks.Go(func() { d.giveUp(fn, zeroConcurrency, runtimeapi.Result{}, d.invocation(fn)) })
		return
	}
	b.pool(d.fn).enqueue(d.fn, &call{
		ctx: ctx, payload: d.payload,
		fn:      func() *Function { return d.fn },
		started: func() { d.running = true },
		tooLate: func(fn *Function) bool { return d.reply == nil && time.Since(d.arrived) > fn.MaxAge },
		done:    func(fn *Function, r runtimeapi.Result, err error) { d.attempted(fn, r, err) },
	})
}

// invocation describes the attempt that fn has made, for the journal.
func (d *shipment) invocation(fn *Function) *Invocation {
	return &Invocation{
		Events: d.events, Rules: d.ruleIDs(), Origin: d.origin, Function: fn.Name, Attempt: d.tries, Payload: clip(d.payload),
	}
}

// attempted handles the end of an attempt.
func (d *shipment) attempted(fn *Function, r runtimeapi.Result, err error) {
	b := d.bus
	if err != nil && b.ctx.Err() != nil {
		if d.reply != nil {
			d.finish()
			d.reply(r, ErrClosed)
		}
		return // Close names the shipment
	}
	b.mu.Lock()
	d.running = false
	b.mu.Unlock()
	inv := d.invocation(fn)
	if errors.Is(err, errTooLate) {
		inv.ErrorType, inv.Error = errorNotCalled, err.Error()
		d.giveUp(fn, ageExceeded, r, inv)
		return
	}
	inv.fill(r)
	switch {
	case err != nil: // the process can't start, or the client has gone
		inv.ErrorType, inv.Error = errorNotCalled, err.Error()
	case r.FunctionError == "" && len(d.rules) > 0:
		inv.ErrorType, inv.Error = d.rules[0].CheckDispatch(d.rules[0].FunctionJobs(), r)
	}
	switch {
	case d.reply != nil:
		b.journal.add(Entry{Invocation: inv})
		d.finish()
		d.reply(r, err)
	case err == nil && r.FunctionError == "":
		b.journal.add(Entry{Invocation: inv})
		d.finish()
	default:
		d.failed(fn, r, inv)
	}
}

// failed starts the next attempt of an asynchronous invocation, or gives up.
func (d *shipment) failed(fn *Function, r runtimeapi.Result, inv *Invocation) {
	b := d.bus
	wait := b.opts.RetryWait << (d.tries - 1)
	switch {
	case d.tries > fn.Retries:
		d.giveUp(fn, retriesExhausted, r, inv)
		return
	case time.Since(d.arrived)+wait > fn.MaxAge:
		d.giveUp(fn, ageExceeded, r, inv)
		return
	}
	inv.RetryIn = wait
	inv.Next = fmt.Sprintf("Lambda tries again in %s, attempt %d of %d", wait, d.tries+1, fn.Retries+1)
	b.journal.add(Entry{Invocation: inv})
	b.mu.Lock()
	defer b.mu.Unlock()
	d.timer = time.AfterFunc(wait, func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		if !b.closing {
			d.attempt(b.ctx)
		}
	})
}

// giveUp sends an event on which all attempts failed to the function's destination, or drops it.
func (d *shipment) giveUp(fn *Function, condition string, r runtimeapi.Result, inv *Invocation) {
	b := d.bus
	if inv.Error == "" && inv.ErrorType == "" {
		inv.ErrorType, inv.Error = "Lambda.TooManyRequestsException", ErrThrottled.Error()
	}
	if fn.OnFailure == "" {
		inv.Next = "Lambda drops the event: the function has no on_failure (" + condition + ")"
		b.journal.add(Entry{Invocation: inv})
		d.finish()
		return
	}
	inv.Next = "Lambda sends the event to the function's on_failure (" + condition + ")"
	b.journal.add(Entry{Invocation: inv})
	b.letters.bury(destinationLetter(d, fn, condition, r))
	d.finish()
}

// handlers returns the names of the jobs that ran, each once.
func handlers(ran []runtimeapi.Job) string {
	var names []string
	for _, job := range ran {
		if !slices.Contains(names, job.Handler) {
			names = append(names, job.Handler)
		}
	}
	return strings.Join(names, ", ")
}

// Invoke calls a function and waits for its answer, as Lambda does for the invocation type
// RequestResponse.
func (b *Bus) Invoke(ctx context.Context, function string, payload []byte) (runtimeapi.Result, error) {
	type answer struct {
		result runtimeapi.Result
		err    error
	}
	answers := make(chan answer, 1)
	d, program, err := newCall(b, function, payload)
	if err != nil {
		return runtimeapi.Result{}, err
	}
	defer b.release(program)
	if d.fn.Limit == 0 {
		return runtimeapi.Result{}, ErrThrottled
	}
	d.reply = func(r runtimeapi.Result, err error) { answers <- answer{r, err} }
	b.mu.Lock()
	if err := b.admit(d); err != nil {
		b.mu.Unlock()
		return runtimeapi.Result{}, err
	}
	d.attempt(ctx)
	b.mu.Unlock()
	select {
	case a := <-answers:
		return a.result, a.err
	case <-b.ctx.Done():
		return runtimeapi.Result{}, ErrClosed
	}
}

// InvokeAsync calls a function as Lambda does for the invocation type Event: it is called again if
// it fails.
func (b *Bus) InvokeAsync(function string, payload []byte) error {
	d, program, err := newCall(b, function, payload)
	if err != nil {
		return err
	}
	defer b.release(program)
	return d.start()
}

// newCall returns a shipment for a call of a function, and the program, which the caller releases.
func newCall(b *Bus, function string, payload []byte) (*shipment, *Program, error) {
	program, err := b.acquire()
	if err != nil {
		return nil, nil, err
	}
	fn, err := program.Function(function)
	if err == nil {
		err = b.room(1, len(payload))
	}
	if err != nil {
		b.release(program)
		return nil, nil, err
	}
	id := uuid.New()
	b.journal.add(Entry{Arrival: &Arrival{ID: id, Origin: FromInvoke, Event: clip(payload), Events: 1}})
	return &shipment{bus: b, events: []string{id}, origin: FromInvoke, payload: payload, arrived: time.Now(), fn: fn}, program, nil
}

// The reasons why Lambda gives up an event, as its record for the destination has them (Lambda
// developer guide, page invocation-async-retain-records).
const (
	retriesExhausted = "RetriesExhausted"
	ageExceeded      = "EventAgeExceeded"
	zeroConcurrency  = "ZeroReservedConcurrency"
)

// errorNotCalled is the error type of a call that has not begun.
const errorNotCalled = "Jobgen.NotCalled"

// finish ends a shipment.
func (d *shipment) finish() {
	b := d.bus
	b.mu.Lock()
	unused := b.forget(d)
	b.mu.Unlock()
	closeAll(unused)
}
