package localbus

import (
	"context"
	"errors"

	"github.com/jobgen/jobgen/internal/runtimeapi"
)

// pool runs the calls of a function, in order, in as many processes as the function may have.
// Bus.mu guards its fields.
type pool struct {
	bus     *Bus
	waiting []*call
	workers int // goroutines that run calls; each uses one instance at a time
	idle    []*instance
}

// call is a call of a function.
type call struct {
	ctx     context.Context
	fn      func() *Function // returns the function's newest version; Bus.mu is locked
	payload []byte
	started func() // called when the call begins; Bus.mu is locked
	// tooLate reports whether the call must not be made any more. It may be nil.
	tooLate func(*Function) bool
	// done gets the result. The error means that there is none: the bus was closed, or ctx has
	// ended.
	done func(*Function, runtimeapi.Result, error)
}

// errTooLate is the error of a call that has waited longer than the maximum age of events.
var errTooLate = errors.New("the event has waited longer than its maximum age")

// instance is a process of a function.
type instance struct {
	Instance
	fn *Function
}

// pool returns the pool of a function. b.mu is locked.
func (b *Bus) pool(fn *Function) *pool {
	p := b.pools[fn.Key]
	if p == nil {
		p = &pool{bus: b}
		b.pools[fn.Key] = p
	}
	return p
}

// limit returns the maximum number of processes of a function.
func (b *Bus) limit(fn *Function) int {
	if fn.Limit >= 0 {
		return min(fn.Limit, b.opts.Processes)
	}
	return b.opts.Processes
}

// enqueue adds a call. b.mu is locked.
func (p *pool) enqueue(fn *Function, c *call) {
	p.waiting = append(p.waiting, c)
	if p.workers < p.bus.limit(fn) && !p.bus.closing {
		p.workers++
		p.bus.begin()
		p.bus.tasks.Go(p.work)
	}
}

// work runs calls until none waits.
func (p *pool) work() {
	for {
		c, in, fn, err := p.next()
		if c == nil {
			return
		}
		var result runtimeapi.Result
		if err == nil && c.tooLate != nil && c.tooLate(fn) {
			err = errTooLate
		}
		if err == nil && in == nil {
			in, err = p.start(fn)
		}
		if err == nil {
			result, err = in.Invoke(c.ctx, c.payload)
		}
		p.putBack(in) // first: done may start another call, which then takes the instance
		c.done(fn, result, err)
		p.bus.release(fn.program)
	}
}

// next returns the next call with the function that it is for and an idle instance of it, or
// nil. It takes a use of the function's program. If there is no call, the worker must end.
func (p *pool) next() (c *call, in *instance, fn *Function, err error) {
	b := p.bus
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(p.waiting) == 0 || b.closing {
		p.workers--
		b.ended()
		return nil, nil, nil, nil
	}
	c = p.waiting[0]
	p.waiting[0] = nil
	p.waiting = p.waiting[1:]
	fn = c.fn()
	fn.program.uses++
	if c.started != nil {
		c.started()
	}
	for i, candidate := range p.idle {
		if candidate.fn == fn {
			p.idle = append(p.idle[:i], p.idle[i+1:]...)
			return c, candidate, fn, c.ctx.Err()
		}
	}
	return c, nil, fn, c.ctx.Err()
}

// start starts an instance of a function. The instance is a use of the program.
func (p *pool) start(fn *Function) (*instance, error) {
	b := p.bus
	started, err := b.opts.Start(b.ctx, fn.Process)
	if err != nil {
		return nil, err
	}
	b.mu.Lock()
	fn.program.uses++
	b.mu.Unlock()
	return &instance{started, fn}, nil
}

// putBack keeps an instance for the next call. It closes the instance if there is a newer program
// or if the bus is closing.
func (p *pool) putBack(in *instance) {
	if in == nil {
		return
	}
	b := p.bus
	b.mu.Lock()
	defer b.mu.Unlock()
	keep := !b.closing && (in.fn.program == b.program || p.needs(in.fn))
	p.idle = append(p.idle, in)
	if !keep {
		p.closeIdle(func(fn *Function) bool { return b.closing || fn.program != b.program && !p.needs(fn) })
	}
}

// needs reports whether a call waits for this version of the function. Bus.mu is locked.
func (p *pool) needs(fn *Function) bool {
	for _, c := range p.waiting {
		if c.fn() == fn {
			return true
		}
	}
	return false
}

// closeIdle closes the idle instances of some functions. b.mu is locked.
func (p *pool) closeIdle(of func(*Function) bool) {
	b := p.bus
	var kept []*instance
	for _, in := range p.idle {
		if !of(in.fn) {
			kept = append(kept, in)
			continue
		}
		b.tasks.Go(func() {
			in.Close()
			b.release(in.fn.program)
		})
	}
	p.idle = kept
}
