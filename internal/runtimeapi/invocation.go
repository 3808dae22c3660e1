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

	"github.com/jobgen/jobgen/internal/uuid"
)

// invocation is an event for the function and the function's answer.
type invocation struct {
	id        string
	trace     string
	fn        Function
	payload   []byte
	delivered chan time.Time // gets the time at which the function gets the event
	result    chan Result    // gets the function's answer

	mu         sync.Mutex
	dispatched bool  // the dispatcher has sent a report
	jobs       []Job // the jobs in the report
}

// Job is a job that the function's dispatcher reported before it ran it.
type Job struct {
	Package string // import path
	Handler string // "Type.Method"
	Rule    string // "" if the dispatcher doesn't know it
}

// addReport adds a report of the dispatcher.
func (inv *invocation) addReport(report string) {
	inv.mu.Lock()
	defer inv.mu.Unlock()
	inv.dispatched = true
	for lines := range slices.Chunk(strings.Split(report, "\n"), 3) {
		if len(lines) == 3 {
			inv.jobs = append(inv.jobs, Job{Package: lines[0], Handler: lines[1], Rule: lines[2]})
		}
	}
}

// withReport returns the result with the jobs that the dispatcher has reported.
func (inv *invocation) withReport(result Result) Result {
	inv.mu.Lock()
	defer inv.mu.Unlock()
	result.Dispatched, result.Jobs = inv.dispatched, slices.Clone(inv.jobs)
	return result
}

func newInvocation(fn Function, payload []byte) *invocation {
	return &invocation{
		id:        uuid.New(),
		trace:     traceHeader(time.Now()),
		fn:        fn,
		payload:   payload,
		delivered: make(chan time.Time, 1),
		result:    make(chan Result, 1),
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
	// If the process has ended, its exit is reported.
	_, _ = w.Write(inv.payload)
}

// traceHeader returns an X-Ray tracing header. Sampling is off, because no service
// receives traces here.
func traceHeader(now time.Time) string {
	return fmt.Sprintf("Root=1-%08x-%x;Parent=%x;Sampled=0", now.Unix(), randomBytes(12), randomBytes(8))
}

func randomHex(n int) string { return hex.EncodeToString(randomBytes(n)) }

func randomBytes(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails
	return b
}
