package runtimeapi

import (
	"context"
	"net"
	"net/http"
	"time"
)

// sandbox is one process of a function with its Runtime API. Each process has an API, so
// that late requests of one process don't reach the next.
type sandbox struct {
	api     *api
	server  *http.Server
	served  chan struct{} // closed when the server has ended
	process *process
}

func startSandbox(fn Function, out output) (*sandbox, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p, err := startProcess(fn, listener.Addr().String(), out)
	if err != nil {
		_ = listener.Close()
		return nil, err
	}
	sb := &sandbox{api: newAPI(fn), served: make(chan struct{}), process: p}
	sb.server = &http.Server{Handler: sb.api.handler(), ReadHeaderTimeout: time.Minute}
	go func() {
		defer close(sb.served)
		_ = sb.server.Serve(listener) // until stop
	}()
	return sb, nil
}

func (sb *sandbox) hasExited() bool {
	select {
	case <-sb.process.exited:
		return true
	default:
		return false
	}
}

// awaitInit waits until the process asks for its first event. If it doesn't, awaitInit
// returns Lambda's answer to inv and false.
func (sb *sandbox) awaitInit(ctx context.Context, inv *invocation, limit time.Duration) (Result, bool) {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case <-sb.api.idle():
		return Result{}, true
	case result := <-sb.api.init:
		result.RequestID = inv.id
		return result, false
	case <-sb.process.exited:
		return sb.exitResult(inv), false
	case <-timer.C:
		return timedOut(inv.id, limit), false
	case <-ctx.Done():
		return Result{}, false
	}
}

// exitResult returns Lambda's answer for a process that has ended. A process usually
// exits right after it has reported an error or an answer, so these have priority.
func (sb *sandbox) exitResult(inv *invocation) Result {
	select {
	case result := <-sb.api.init:
		result.RequestID = inv.id
		return result
	case result := <-inv.result:
		return result
	default:
		return failure(inv.id, "Runtime.ExitError", sb.process.exitText())
	}
}

// invoke sends the process an event and waits for the answer, and then until the process
// asks for the next event, which completes the invoke. The function's timeout applies to
// all of that (lambda-runtime-environment, invoke phase). invoke also reports whether the
// process can take another event.
func (sb *sandbox) invoke(ctx context.Context, inv *invocation) (result Result, reusable bool) {
	timer := time.NewTimer(inv.fn.Timeout)
	defer timer.Stop()
	select {
	case sb.api.work <- inv:
	case <-sb.process.exited:
		return sb.exitResult(inv), false
	case <-timer.C: // the process no longer asks for events
		return timedOut(inv.id, inv.fn.Timeout), false
	case <-ctx.Done():
		return Result{}, false
	}
	begin := <-inv.delivered
	timer.Reset(time.Until(begin.Add(inv.fn.Timeout)))

	result, answered := sb.awaitAnswer(ctx, inv, timer)
	result.Duration = time.Since(begin)
	if !answered {
		return result, false
	}
	reusable = sb.awaitIdle(ctx, timer)
	sb.process.flush()
	return result, reusable
}

func (sb *sandbox) awaitAnswer(ctx context.Context, inv *invocation, timer *time.Timer) (Result, bool) {
	select {
	case result := <-inv.result:
		return result, true
	case <-sb.process.exited:
		return sb.exitResult(inv), false
	case <-timer.C:
		return timedOut(inv.id, inv.fn.Timeout), false
	case <-ctx.Done():
		return Result{}, false
	}
}

// awaitIdle waits until the process asks for the next event. It returns false if the
// process exits, as it does after a panic, or doesn't ask in time.
func (sb *sandbox) awaitIdle(ctx context.Context, timer *time.Timer) bool {
	select {
	case <-sb.api.idle():
		return true
	case <-sb.process.exited:
	case <-timer.C:
	case <-ctx.Done():
	}
	return false
}

// shutdownLimit limits the time until a server notices that its only client has ended.
const shutdownLimit = time.Second

// stop ends the process and its server, and waits until both have ended.
func (sb *sandbox) stop() {
	if sb.api.wantsSIGTERM() {
		sb.process.terminate()
	}
	sb.process.kill()
	<-sb.process.exited
	close(sb.api.over)
	ctx, cancel := context.WithTimeout(context.Background(), shutdownLimit)
	defer cancel()
	if sb.server.Shutdown(ctx) != nil {
		_ = sb.server.Close() // the listener is closed already
	}
	<-sb.served
}
