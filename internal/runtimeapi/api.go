package runtimeapi

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"
)

// maxResponse is the maximum size of a function's response in bytes: 6 MB and a small
// overhead (gettingstarted-limits; Lambda's own message has this number).
const maxResponse = 6291556

// api is the Runtime API for one process.
type api struct {
	fn   Function
	work chan *invocation // the next event
	init chan Result      // the error that the process reports about its start
	over chan struct{}    // closed when the process is stopped

	mu         sync.Mutex
	started    bool          // the process has asked for its first event
	current    *invocation   // the event that the process has and has not answered
	waiting    chan struct{} // closed when the process asks for an event; replaced when it gets one
	extensions int           // number of registered extensions
}

func newAPI(fn Function) *api {
	return &api{
		fn:      fn,
		work:    make(chan *invocation),
		init:    make(chan Result, 1),
		over:    make(chan struct{}),
		waiting: make(chan struct{}),
	}
}

// handler returns the handler of the Runtime API (runtimes-api), and of the part of the
// Extensions API (runtimes-extensions-api) that aws-lambda-go uses.
func (a *api) handler() http.Handler {
	mux := http.NewServeMux()
	const runtime = "/2018-06-01/runtime"
	mux.HandleFunc("GET "+runtime+"/invocation/next", a.next)
	mux.HandleFunc("POST "+runtime+"/invocation/{id}/response", a.response)
	mux.HandleFunc("POST "+runtime+"/invocation/{id}/error", a.invocationError)
	mux.HandleFunc("POST "+runtime+"/init/error", a.initError)
	mux.HandleFunc("POST "+reportPath, a.report)
	const extension = "/2020-01-01/extension"
	mux.HandleFunc("POST "+extension+"/register", a.register)
	mux.HandleFunc("GET "+extension+"/event/next", a.extensionNext)
	return mux
}

// next answers the request for the next event as soon as there is one.
func (a *api) next(w http.ResponseWriter, r *http.Request) {
	if !a.wait() {
		a.wrongState(w, "next")
		return
	}
	select {
	case inv := <-a.work:
		now := time.Now()
		a.take(inv)
		inv.delivered <- now
		inv.send(w, now)
	case <-r.Context().Done():
	case <-a.over:
	}
}

// wait records that the process asks for an event. It returns false if the process has
// not yet answered the last event.
func (a *api) wait() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.current != nil {
		return false
	}
	a.started = true
	select {
	case <-a.waiting: // closed by another request
	default:
		close(a.waiting)
	}
	return true
}

func (a *api) take(inv *invocation) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.current = inv
	a.waiting = make(chan struct{})
}

// idle returns a channel that is closed when the process asks for an event.
func (a *api) idle() <-chan struct{} {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.waiting
}

// initialized reports whether the process has finished its start.
func (a *api) initialized() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.started
}

// response handles the function's response.
func (a *api) response(w http.ResponseWriter, r *http.Request) {
	a.answer(w, r, func(inv *invocation, body []byte) Result {
		if r.Trailer.Get("Lambda-Runtime-Function-Error-Type") != "" {
			return failed(inv.id, trailerError(r.Trailer))
		}
		return Result{RequestID: inv.id, Payload: body}
	})
}

// trailerError returns the error that a function reports in the trailer of a response,
// after it has sent the first bytes (runtimes-custom, response streaming).
func trailerError(trailer http.Header) []byte {
	body, err := base64.StdEncoding.DecodeString(trailer.Get("Lambda-Runtime-Function-Error-Body"))
	if err != nil || len(body) == 0 {
		body, _ = json.Marshal(map[string]string{"errorType": trailer.Get("Lambda-Runtime-Function-Error-Type")})
	}
	return body
}

// invocationError handles an error of the function.
func (a *api) invocationError(w http.ResponseWriter, r *http.Request) {
	a.answer(w, r, func(inv *invocation, body []byte) Result { return failed(inv.id, body) })
}

// answer finishes the invocation that the request names, with the result made from the
// request's body.
func (a *api) answer(w http.ResponseWriter, r *http.Request, result func(*invocation, []byte) Result) {
	body, fits, err := readBody(r)
	inv := a.finish(r.PathValue("id"))
	switch {
	case inv == nil:
		reply(w, http.StatusBadRequest, "InvalidRequestID", "Invalid request ID")
	case err != nil:
		inv.result <- failure(inv.id, "Runtime.TruncatedResponse", err.Error())
		reply(w, http.StatusBadRequest, "Runtime.TruncatedResponse", err.Error())
	case !fits:
		inv.result <- tooLarge(inv.id)
		reply(w, http.StatusRequestEntityTooLarge, "RequestEntityTooLarge",
			fmt.Sprintf("Exceeded maximum allowed payload size (%d bytes).", maxResponse))
	default:
		inv.result <- result(inv, body)
		accept(w)
	}
}

// reportPath is the path at which the dispatcher reports the jobs that it runs.
const reportPath = "/jobgen/report"

// report handles the dispatcher's report of the jobs that it is about to run. Each job
// has three lines: its package, its handler and its rule. An empty report means that the
// dispatcher refuses the event.
func (a *api) report(w http.ResponseWriter, r *http.Request) {
	body, _, err := readBody(r)
	if err != nil {
		reply(w, http.StatusBadRequest, "InvalidRequest", err.Error())
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.current != nil {
		a.current.addReport(string(body))
	}
	accept(w)
}

// finish ends the current invocation and returns it. It returns nil if the current
// invocation has another id.
func (a *api) finish(id string) *invocation {
	a.mu.Lock()
	defer a.mu.Unlock()
	inv := a.current
	if inv == nil || inv.id != id {
		return nil
	}
	a.current = nil
	return inv
}

// initError handles an error that the process reports before it asks for an event.
func (a *api) initError(w http.ResponseWriter, r *http.Request) {
	body, _, err := readBody(r)
	switch {
	case a.initialized():
		a.wrongState(w, "init error")
		return
	case err != nil:
		reply(w, http.StatusBadRequest, "InvalidRequest", err.Error())
		return
	}
	select {
	case a.init <- failed("", body):
		accept(w)
	default: // the process has already reported an error
		a.wrongState(w, "init error")
	}
}

func (a *api) wrongState(w http.ResponseWriter, request string) {
	reply(w, http.StatusForbidden, "InvalidStateTransition", "Transition to "+request+" is not possible from the current state")
}

// readBody reads a request's body. It reads to the end even if the body is too large,
// because a sender that can't finish its request doesn't read the answer.
func readBody(r *http.Request) (body []byte, fits bool, err error) {
	body, err = io.ReadAll(io.LimitReader(r.Body, maxResponse+1))
	if err != nil {
		return nil, true, err
	}
	_, err = io.Copy(io.Discard, r.Body)
	return body, len(body) <= maxResponse, err
}

func accept(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusAccepted)
	_, _ = io.WriteString(w, `{"status":"OK"}`+"\n")
}

func reply(w http.ResponseWriter, status int, errorType, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]string{"errorType": errorType, "errorMessage": message})
}
