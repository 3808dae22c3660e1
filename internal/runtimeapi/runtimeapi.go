// Package runtimeapi runs a Lambda function locally. It starts the function's binary and
// sends it events over a Lambda Runtime API (version 2018-06-01) on a loopback address.
//
// jobgen's local runner and its tests use it. It is not linked into users' programs. An
// Instance behaves like one execution environment of Lambda (Lambda developer guide,
// pages runtimes-api, lambda-runtime-environment and configuration-envvars):
//
//   - The first invoke starts the process, and later invokes use the same process. An
//     instance runs one invoke at a time; several instances run in parallel.
//   - If the handler returns an error, the process continues. If the process exits,
//     crashes, or doesn't answer in time, it is killed together with the processes that
//     it started, and the next invoke starts a new one. (On Unix systems, processes that
//     it started in another process group are not killed. On other systems, no process
//     that it started is.)
//   - The function gets Lambda's environment variables and headers, and its errors are
//     reported in Lambda's words.
//
// A dispatcher that jobgen generated reports which jobs it runs. It sends the report to
// the URL in the environment variable JOBGEN_REPORT_URL before the first job runs. Each
// job has three lines: its package, its handler and its rule.
//
// Some things differ from Lambda. The process is not frozen between invokes. Memory is
// not limited. The function has the developer's environment, so that credentials work. A
// failed start is not repeated within the same invoke.
package runtimeapi

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// Function describes a function.
type Function struct {
	Name    string // default: the binary's file name
	Binary  string // path of the executable
	Handler string // the Handler property, which the process gets as _HANDLER
	Dir     string // working directory and LAMBDA_TASK_ROOT; default: the binary's directory

	// Env holds the function's variables, as NAME=value. They override the developer's,
	// but not the reserved variables of Lambda.
	Env []string

	MemoryMB int           // the value of AWS_LAMBDA_FUNCTION_MEMORY_SIZE; default 128
	Timeout  time.Duration // of one invoke; default 3 s, as in Lambda
	Region   string        // default: the developer's AWS_REGION or AWS_DEFAULT_REGION, or us-east-1
	Account  string        // in the function's ARN; default 123456789012
	LogGroup string        // default /aws/lambda/ and the name
}

// Options has the writers for the function's output. A nil writer discards it. Each
// Write is one line with its line feed. An instance makes one Write at a time; several
// instances may write to the same writer at the same time.
type Options struct {
	Stdout, Stderr io.Writer
}

// ErrClosed is the error of Invoke after the instance is closed.
var ErrClosed = errors.New("the function's instance is closed")

// Instance is one execution environment of a function. Its methods can be called
// from any goroutine.
type Instance struct {
	fn     Function
	out    output
	ctx    context.Context // ends when the instance is closed
	cancel context.CancelFunc
	turn   chan struct{} // full while an invoke runs, and after the instance is closed
	closed chan struct{} // closed when everything has ended

	initLimit time.Duration
	sandbox   *sandbox // nil if the next invoke starts one; guarded by turn
}

// initLimit limits the time of a process's start (lambda-runtime-environment, init
// phase). If the function's timeout is longer, that is the limit, because Lambda repeats
// a failed start with that limit.
const initLimit = 10 * time.Second

// Start returns an instance of a function. The first invoke starts the process. The
// instance ends with Close or with ctx.
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

// setDefault sets s to the first non-empty value if s is empty.
func setDefault(s *string, values ...string) {
	*s = cmp.Or(*s, cmp.Or(values...))
}

// arn returns the Amazon Resource Name that the function gets with each event.
func (fn Function) arn() string {
	return "arn:aws:lambda:" + fn.Region + ":" + fn.Account + ":function:" + fn.Name
}

// Invoke sends the function an event and waits for its answer. If the function fails
// with an error, a crash or a timeout, the Result has the failure as Lambda reports it.
// An error of Invoke means that there is no result: ctx has ended, and the process was
// killed, or the instance is closed (ErrClosed).
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
	result.Log = in.out.log.take()
	if result.aborted() {
		return Result{}, in.over(ctx)
	}
	return inv.withReport(result), nil
}

// over returns the reason why an invoke has no result.
func (in *Instance) over(ctx context.Context) error {
	if in.ctx.Err() != nil {
		return ErrClosed
	}
	return ctx.Err()
}

// invoke implements Invoke. The caller has the turn.
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

// start starts a process and waits until it asks for its first event. If it doesn't, start
// returns Lambda's answer and false.
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

// discard ends the process, the processes that it started and its server.
func (in *Instance) discard() {
	if in.sandbox != nil {
		in.sandbox.stop()
		in.sandbox = nil
	}
}

// Close ends the instance. A running invoke returns ErrClosed. When Close returns, the
// process and the processes that it started have ended. Close can be called several
// times.
func (in *Instance) Close() {
	in.cancel()
	<-in.closed
}

// shut ends the instance after the end of its context.
func (in *Instance) shut() {
	defer close(in.closed)
	in.turn <- struct{}{} // kept, so that no invoke starts
	in.discard()
}
