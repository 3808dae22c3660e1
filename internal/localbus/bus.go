// Package localbus is an EventBridge on this machine, with the queues and the Lambda functions
// behind it. It is for jobgen dev.
//
// A Bus takes events, finds the rules that they fire, and calls the rules' functions: directly,
// or through a queue. The functions are processes of the user's program (internal/runtimeapi).
// The program can be replaced while the bus works (Swap).
//
// # What happens as in AWS
//
//   - An event goes to the rules of its event bus. A disabled rule doesn't fire. A rule in the
//     state ENABLED doesn't fire for the read-only calls that CloudTrail records.
//   - A rule without a queue calls its function asynchronously. If the function fails, it is
//     called again, as often as the function's async directive says, by default twice. Then the
//     event goes to the on_failure destination, or it is dropped (Lambda developer guide, page
//     invocation-async-error-handling).
//   - A rule with a queue sends a message. Up to as many messages as the rule's queue directive
//     says are in a batch. Messages that are not handled are received again after the visibility
//     timeout, and go to the dead-letter queue after the last receive. The messages of a group of
//     a FIFO queue are handled in order.
//   - Schedules fire by the clock of this machine, in their time zones, between their start and
//     end.
//
// # What differs
//
//   - The waits before the attempts after a failure are Options.RetryWait and twice that, not one
//     and two minutes.
//   - A flexible time window is ignored: a schedule fires at the start of the window. A schedule
//     is not deleted after its last firing.
//   - A function has at most GOMAXPROCS processes, or its reserved concurrency if that is less.
//     More calls than that wait; they are not throttled.
//   - The first interval of a rate begins when the bus gets the schedule, also for EventBridge
//     Scheduler, which fires a new schedule with a rate at once.
//   - If the machine sleeps, a schedule fires once for the times that it missed.
//   - Queues lose their messages when the bus closes, and don't delete messages after the
//     retention time.
//   - A destination or a dead-letter queue is a file (Options.DeadLetters).
//
// # Limits
//
// At most MaxPending events and messages wait for their functions, with MaxPendingBytes bytes.
// The bus refuses events beyond that with ErrBusy. It keeps the newest entries of its journal, up
// to 2,000 and 32 MB, and of each event, payload and answer the first 256 KB.
package localbus

import (
	"context"
	"errors"
	"io"
	"runtime"
	"sync"
	"time"

	"github.com/jobgen/jobgen/internal/runtimeapi"
)

// The limits of what waits for functions.
const (
	MaxPending      = 100_000
	MaxPendingBytes = 512 << 20
)

// The errors of the bus's methods.
var (
	ErrClosed    = errors.New("the event bus is closed")
	ErrNoProgram = errors.New("no build of the program has succeeded yet")
	ErrBusy      = errors.New("too many events wait for their functions; put fewer at a time")
	ErrThrottled = errors.New("the function's reserved concurrency is 0, so it can't be called")
)

// DefaultRetryWait is the default of Options.RetryWait.
const DefaultRetryWait = time.Second

// Instance is an execution environment of a function, as in package runtimeapi.
type Instance interface {
	Invoke(ctx context.Context, payload []byte) (runtimeapi.Result, error)
	Close()
}

// Options are the options of a bus. The zero value of a field is its default.
type Options struct {
	// Sink gets each entry of the journal. It is called for one entry at a time, and must not
	// call the bus.
	Sink func(Entry)
	// Logs gets the lines that functions write, a line at a time.
	Logs io.Writer
	// DeadLetters is the path of the file to which dead letters are appended. If it is empty,
	// they are in the journal only.
	DeadLetters string
	// RetryWait is the time before the first retry of an asynchronous invocation. Before the
	// second retry it is twice as long. In AWS it is a minute. The default is DefaultRetryWait.
	RetryWait time.Duration
	// Visibility replaces the visibility timeout of queues.
	Visibility time.Duration
	// Processes is the maximum number of processes of a function. The default is GOMAXPROCS.
	Processes int
	// Start starts an instance of a function. It is for tests.
	Start func(ctx context.Context, fn runtimeapi.Function) (Instance, error)
}

func (o Options) withDefaults() Options {
	if o.RetryWait == 0 {
		o.RetryWait = DefaultRetryWait
	}
	if o.Processes == 0 {
		o.Processes = runtime.GOMAXPROCS(0)
	}
	if o.Start == nil {
		logs := o.Logs
		if logs != nil {
			logs = &lockedWriter{w: logs}
		}
		o.Start = func(ctx context.Context, fn runtimeapi.Function) (Instance, error) {
			return runtimeapi.Start(ctx, fn, runtimeapi.Options{Stdout: logs, Stderr: logs})
		}
	}
	return o
}

// lockedWriter makes one Write at a time.
type lockedWriter struct {
	mu sync.Mutex
	w  io.Writer
}

func (l *lockedWriter) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(p)
}

// Bus is a local EventBridge. Its methods can be called from any goroutine.
type Bus struct {
	opts    Options
	journal *journal
	letters *letters
	clock   *clock
	ctx     context.Context // ends when the bus closes
	cancel  context.CancelFunc
	tasks   sync.WaitGroup // goroutines of the bus

	mu      sync.Mutex
	program *Program
	pools   map[string]*pool  // by the key of the function
	queues  map[string]*queue // by ARN
	ledger
}

// New returns a bus without a program.
func New(opts Options) *Bus {
	b := &Bus{
		opts: opts.withDefaults(), journal: &journal{sink: opts.Sink},
		pools: map[string]*pool{}, queues: map[string]*queue{}, ledger: newLedger(),
	}
	b.letters = &letters{path: opts.DeadLetters, journal: b.journal}
	b.ctx, b.cancel = context.WithCancel(context.Background())
	b.clock = newClock(b)
	return b
}

// Swap replaces the program. From now on, events go to p. Calls that run end where they began.
// An event that waits for its function goes to p, if p has its rule and the rule runs in the
// same function; otherwise it goes to the program that it was for.
func (b *Bus) Swap(p *Program) {
	b.mu.Lock()
	if b.closing {
		b.mu.Unlock()
		p.build.close()
		return
	}
	old := b.program
	b.program = p
	p.uses++ // as the bus's program
	var unused []*Program
	for d := range b.live {
		unused = append(unused, d.upgrade(p)...)
	}
	unused = append(unused, b.swapQueues(p)...)
	for _, pool := range b.pools {
		pool.closeIdle(func(fn *Function) bool { return fn.program != p && !pool.needs(fn) })
	}
	if old != nil && old.drop() {
		unused = append(unused, old)
	}
	b.mu.Unlock()
	closeAll(unused)
	b.clock.set(p)
}

// Program returns the current program. It is nil before the first Swap.
func (b *Bus) Program() *Program {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.program
}

// acquire returns the current program, which the caller releases.
func (b *Bus) acquire() (*Program, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case b.closing:
		return nil, ErrClosed
	case b.program == nil:
		return nil, ErrNoProgram
	}
	b.program.uses++
	return b.program, nil
}

// release ends a use of a program.
func (b *Bus) release(p *Program) {
	b.mu.Lock()
	ended := p.drop()
	b.mu.Unlock()
	if ended {
		p.build.close()
	}
}

// Records returns the events that the journal keeps, the newest first.
func (b *Bus) Records() []Record { return b.journal.records() }

// Idle waits until all events are handled or dropped, also those that wait for another attempt.
func (b *Bus) Idle(ctx context.Context) error {
	for {
		b.mu.Lock()
		quiet := b.quiet
		b.mu.Unlock()
		select {
		case <-quiet:
		case <-ctx.Done():
			return ctx.Err()
		}
		b.mu.Lock()
		idle := len(b.live) == 0
		b.mu.Unlock()
		if idle {
			return nil
		}
	}
}

// Close closes the bus. It waits for the calls that run, until ctx ends. Then it stops all
// processes and returns the events that are not handled. When Close returns, no process of a
// function is left.
func (b *Bus) Close(ctx context.Context) []Unfinished {
	b.mu.Lock()
	b.closing = true
	paused := b.paused
	b.mu.Unlock()
	b.clock.stop()
	select {
	case <-paused:
	case <-ctx.Done():
	}
	b.cancel()
	b.mu.Lock()
	for _, pool := range b.pools {
		pool.closeIdle(func(*Function) bool { return true })
	}
	b.mu.Unlock()
	b.tasks.Wait()
	return b.clear()
}

// clear forgets the events that are not handled, and returns them. It removes all programs.
func (b *Bus) clear() []Unfinished {
	b.mu.Lock()
	left := b.unfinished()
	var unused []*Program
	for d := range b.live {
		if d.timer != nil {
			d.timer.Stop()
		}
		unused = append(unused, b.forget(d)...)
	}
	for arn, q := range b.queues {
		unused = append(unused, q.close()...)
		delete(b.queues, arn)
	}
	if b.program != nil && b.program.drop() {
		unused = append(unused, b.program)
	}
	b.program = nil
	b.mu.Unlock()
	closeAll(unused)
	return left
}
