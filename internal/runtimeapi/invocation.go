package runtimeapi

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// invocation is one event on its way to the function and back.
type invocation struct {
	id      string
	trace   string
	fn      Function
	payload []byte
	taken   chan time.Time // gets the time at which the function took the event
	result  chan Result    // gets the function's answer

	mu         sync.Mutex
	dispatched bool  // the dispatcher has reported
	jobs       []Job // what it has reported
}

// Job is a job that the function's dispatcher reported before it ran it.
type Job struct {
	Package string // import path
	Handler string // "Type.Method"
	Rule    string // "" where the dispatcher doesn't know it
}

// note notes a report of the dispatcher.
func (inv *invocation) note(report string) {
	inv.mu.Lock()
	defer inv.mu.Unlock()
	inv.dispatched = true
	for lines := range slices.Chunk(strings.Split(report, "\n"), 3) {
		if len(lines) == 3 {
			inv.jobs = append(inv.jobs, Job{Package: lines[0], Handler: lines[1], Rule: lines[2]})
		}
	}
}

// reported adds what the dispatcher has reported to a result.
func (inv *invocation) reported(result Result) Result {
	inv.mu.Lock()
	defer inv.mu.Unlock()
	result.Dispatched, result.Jobs = inv.dispatched, slices.Clone(inv.jobs)
	return result
}

func newInvocation(fn Function, payload []byte) *invocation {
	return &invocation{
		id:      requestID(),
		trace:   traceHeader(time.Now()),
		fn:      fn,
		payload: payload,
		taken:   make(chan time.Time, 1),
		result:  make(chan Result, 1),
	}
}

// send answers the function's request for the next event (runtimes-api, next
// invocation).
func (inv *invocation) send(w http.ResponseWriter, now time.Time) {
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Lambda-Runtime-Aws-Request-Id", inv.id)
	h.Set("Lambda-Runtime-Deadline-Ms", strconv.FormatInt(now.Add(inv.fn.Timeout).UnixMilli(), 10))
	h.Set("Lambda-Runtime-Invoked-Function-Arn", inv.fn.arn())
	h.Set("Lambda-Runtime-Trace-Id", inv.trace)
	// If the process is gone, its exit is reported.
	_, _ = w.Write(inv.payload)
}

// requestID is a random UUID, as Lambda's request ids are.
func requestID() string {
	b := randomBytes(16)
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// traceHeader is an X-Ray tracing header without sampling: no service here receives
// traces.
func traceHeader(now time.Time) string {
	return fmt.Sprintf("Root=1-%08x-%x;Parent=%x;Sampled=0", now.Unix(), randomBytes(12), randomBytes(8))
}

func randomHex(n int) string { return hex.EncodeToString(randomBytes(n)) }

func randomBytes(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails
	return b
}
