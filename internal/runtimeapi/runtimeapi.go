// Package runtimeapi is AWS Lambda for one function on this machine: it runs
// the function's real binary and feeds it events over a Lambda Runtime API
// (version 2018-06-01) on loopback.
//
// It serves jobgen's local runner and its tests, and is never linked into a
// user's binary. An Instance behaves as one execution environment of Lambda
// does (Lambda developer guide, pages runtimes-api, lambda-runtime-environment
// and configuration-envvars):
//
//   - The process starts with the first invoke and is kept for the next ones.
//     An instance runs one invoke at a time; several instances run in parallel.
//   - An error that the handler returns leaves the process alive. A process
//     that exits, crashes, or does not answer in time is gone with everything
//     that it started; the next invoke starts a fresh one. (On Unix systems a
//     process that it started in another process group, as a daemon, is out of
//     reach; elsewhere every process that it started is.)
//   - The function gets Lambda's environment variables and headers, and its
//     errors come back in Lambda's own words.
//
// A dispatcher that jobgen generated reports which jobs it runs, because the
// environment has JOBGEN_REPORT_URL: it posts there the package, the handler and the
// rule of each job, a line each, before the first one runs.
//
// Some things differ from Lambda: the process is not frozen between invokes, memory is
// not limited, the function has the developer's environment so that credentials work,
// and a failed start is not tried a second time within the same invoke.
package runtimeapi

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// Function is what an Instance runs.
type Function struct {
	Name    string // default: the binary's file name
	Binary  string // path of the executable
	Handler string // the Handler property, which the process finds in _HANDLER
	Dir     string // working directory and LAMBDA_TASK_ROOT; default: the binary's

	// Env holds the function's own variables, as NAME=value. They win over the
	// developer's, but not over those that are reserved to Lambda.
	Env []string

	MemoryMB int           // the size that the function's environment names; default 128
	Timeout  time.Duration // of one invoke; default 3 s, Lambda's own
	Region   string        // default: the developer's AWS_REGION or AWS_DEFAULT_REGION, then us-east-1
	Account  string        // in the function's ARN; default 123456789012
	LogGroup string        // default /aws/lambda/ and the name
}

// Options say where the function's output goes. Every Write is one line with its
// newline, and an instance writes one at a time. Instances that share a writer
// may write to it at once. nil discards.
type Options struct {
	Stdout, Stderr io.Writer
}

// ErrClosed is what Invoke returns once the instance is closed.
var ErrClosed = errors.New("the function's instance is closed")

// Instance is one execution environment of a function. Its methods can be called
// from any goroutine.
type Instance struct {
	fn     Function
	out    output
	ctx    context.Context // over when the instance is closed
	cancel context.CancelFunc
	turn   chan struct{} // holds a value while an invoke runs, and once closed
	closed chan struct{} // closed when all has ended

	initLimit time.Duration
	sandbox   *sandbox // nil: the next invoke starts one; belongs to who has the turn
}

// initLimit is how long Lambda lets a process start before it counts as hung
// (lambda-runtime-environment, init phase). A start may take as long as the
// function's timeout where that is longer: Lambda would try again, with that.
const initLimit = 10 * time.Second

// Start makes an instance of a function. No process runs before the first
// invoke. The instance lives until Close, or until ctx is over.
func Start(ctx context.Context, fn Function, opts Options) (*Instance, error) {
	fn, err := fn.withDefaults()
	if err != nil {
		return nil, err
	}
	in := &Instance{
		fn:        fn,
		out:       newOutput(opts),
		turn:      make(chan struct{}, 1),
		closed:    make(chan struct{}),
		initLimit: max(initLimit, fn.Timeout),
	}
	in.ctx, in.cancel = context.WithCancel(ctx)
	context.AfterFunc(in.ctx, in.shut)
	return in, nil
}

func (fn Function) withDefaults() (Function, error) {
	binary, err := filepath.Abs(fn.Binary)
	if err != nil {
		return fn, fmt.Errorf("function binary %q: %w", fn.Binary, err)
	}
	if info, err := os.Stat(binary); err != nil {
		return fn, fmt.Errorf("function binary: %w", err)
	} else if !info.Mode().IsRegular() {
		return fn, fmt.Errorf("function binary %s is not a file; build the main package first", binary)
	}
	fn.Binary = binary
	setDefault(&fn.Name, filepath.Base(binary))
	setDefault(&fn.Dir, filepath.Dir(binary))
	setDefault(&fn.Region, os.Getenv("AWS_REGION"), os.Getenv("AWS_DEFAULT_REGION"), "us-east-1")
	setDefault(&fn.Account, "123456789012")
	setDefault(&fn.LogGroup, "/aws/lambda/"+fn.Name)
	if fn.MemoryMB == 0 {
		fn.MemoryMB = 128
	}
	if fn.Timeout == 0 {
		fn.Timeout = 3 * time.Second
	}
	return fn, nil
}

// setDefault gives s the first of the values that says something, if s says
// nothing.
func setDefault(s *string, values ...string) {
	for _, v := range values {
		if *s == "" {
			*s = v
		}
	}
}

// arn is the Amazon Resource Name that the function gets with each event.
func (fn Function) arn() string {
	return "arn:aws:lambda:" + fn.Region + ":" + fn.Account + ":function:" + fn.Name
}

// Invoke sends the function an event and waits for its answer. A failure of the
// function, an error, a crash or a timeout, is in the Result, as Lambda reports it.
// An error means that there is no result: ctx is over, and the process with it,
// or the instance is closed (ErrClosed).
func (in *Instance) Invoke(ctx context.Context, payload []byte) (Result, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(in.ctx, cancel)()

	select {
	case in.turn <- struct{}{}:
	case <-ctx.Done():
		return Result{}, in.over(ctx)
	}
	defer func() { <-in.turn }()
	if ctx.Err() != nil {
		return Result{}, in.over(ctx)
	}

	inv := newInvocation(in.fn, payload)
	result := in.invoke(ctx, inv)
	if result.aborted() {
		return Result{}, in.over(ctx)
	}
	return inv.reported(result), nil
}

// over is why an invoke could not be carried through.
func (in *Instance) over(ctx context.Context) error {
	if in.ctx.Err() != nil {
		return ErrClosed
	}
	return ctx.Err()
}

// invoke is Invoke for who has the turn.
func (in *Instance) invoke(ctx context.Context, inv *invocation) Result {
	if in.sandbox != nil && in.sandbox.hasExited() {
		in.discard()
	}
	var init time.Duration
	if in.sandbox == nil {
		begin := time.Now()
		failure, ok := in.start(ctx, inv)
		init = time.Since(begin)
		if !ok {
			failure.InitDuration = init
			return failure
		}
	}
	result, reusable := in.sandbox.invoke(ctx, inv)
	if !reusable {
		in.discard()
	}
	result.InitDuration = init
	return result
}

// start starts a process and waits until it asks for its first event. It is
// false, with what Lambda answers, if it never does.
func (in *Instance) start(ctx context.Context, inv *invocation) (Result, bool) {
	sb, err := startSandbox(in.fn, in.out)
	if err != nil {
		return failure(inv.id, "Runtime.InvalidEntrypoint", err.Error()), false
	}
	in.sandbox = sb
	result, ok := sb.awaitInit(ctx, inv, in.initLimit)
	if !ok {
		in.discard()
	}
	return result, ok
}

// discard ends the process and all that belongs to it.
func (in *Instance) discard() {
	if in.sandbox != nil {
		in.sandbox.stop()
		in.sandbox = nil
	}
}

// Close ends the instance: a running invoke returns ErrClosed, and when Close
// returns neither the process nor what it started is alive. It can be called
// several times.
func (in *Instance) Close() {
	in.cancel()
	<-in.closed
}

// shut follows the end of the instance's context.
func (in *Instance) shut() {
	defer close(in.closed)
	in.turn <- struct{}{} // and keep the turn, so that none comes after
	in.discard()
}
