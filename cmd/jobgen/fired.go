package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/jobgen/jobgen/internal/deployed"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/runtimeapi"
	"github.com/jobgen/jobgen/internal/visible"
)

// fired is the outcome of one rule's invocation, or of a delivery to a function.
type fired struct {
	Event      string          `json:"event"`
	Rule       string          `json:"rule"`
	Method     string          `json:"method"` // the handlers of the jobs that ran
	Function   string          `json:"function"`
	Queue      string          `json:"queue,omitempty"`  // the ARN of the rule's queue
	Events     int             `json:"events,omitempty"` // the number of events, of a delivery
	DurationMS float64         `json:"durationMs"`
	InitMS     float64         `json:"initMs"`
	Answer     json.RawMessage `json:"answer"`
	ErrorType  string          `json:"errorType,omitempty"`
	Error      string          `json:"error,omitempty"`
	Stack      []string        `json:"stack,omitempty"`

	jobs  int    // the number of jobs that ran
	after string // what AWS does after the failure
	// attempt and payload are set by jobgen dev.
	attempt int
	payload string
}

// isFailure reports whether the invocation failed.
func (f *fired) isFailure() bool { return f.ErrorType != "" || f.Error != "" }

// fill sets the fields from a function's answer and its dispatcher's report.
func (f *fired) fill(rule *deployed.Rule, feed *feed, result runtimeapi.Result) {
	f.jobs = min(len(result.Jobs), 1)
	if !f.take(result) {
		f.after = afterFailure(rule)
		return
	}
	if f.judge(rule, feed, result) {
		return
	}
	f.ErrorType, f.Error = rule.CheckDispatch([]*model.Job{rule.Job}, result)
}

// take sets the fields from a function's answer. It returns false if the function failed.
func (f *fired) take(result runtimeapi.Result) bool {
	f.DurationMS, f.InitMS = milliseconds(result.Duration), milliseconds(result.InitDuration)
	f.Method = handlers(result.Jobs)
	if result.FunctionError != "" {
		f.ErrorType, f.Error, f.Stack = result.ErrorType, result.ErrorMessage, result.StackTrace
		return false
	}
	f.Answer = result.Payload
	return true
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

// report counts and prints the outcome of a rule's invocation.
func (r *runner) report(f fired) error {
	r.ran += f.jobs
	if f.isFailure() {
		r.failed++
	}
	if r.json {
		return writeNDJSON(r.exact, []fired{f})
	}
	return f.write(r.stdout)
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// write writes the outcome for people.
func (f *fired) write(w io.Writer) error {
	var t visible.Text
	fmt.Fprintf(&t, "  rule    %s\n", f.Rule)
	if f.Events > 0 {
		fmt.Fprintf(&t, "  events  %d\n", f.Events)
	}
	if f.Method != "" {
		fmt.Fprintf(&t, "  method  %s\n", f.Method)
	}
	if f.Queue != "" {
		fmt.Fprintf(&t, "  queue   %s\n", f.Queue)
	}
	if f.attempt > 1 {
		fmt.Fprintf(&t, "  attempt %d\n", f.attempt)
	}
	if f.payload != "" {
		fmt.Fprintf(&t, "  payload %s\n", f.payload)
	}
	if f.DurationMS > 0 {
		fmt.Fprintf(&t, "  time    %.1f ms", f.DurationMS)
		if f.InitMS > 0 {
			fmt.Fprintf(&t, " (and %.1f ms to start)", f.InitMS)
		}
		fmt.Fprintln(&t)
	}
	if f.isFailure() {
		f.writeFailure(&t)
	} else {
		t.Style(visible.Green, "  answer")
		fmt.Fprintf(&t, "  %s\n", f.Answer)
	}
	_, err := t.WriteTo(w)
	return err
}

func (f *fired) writeFailure(t *visible.Text) {
	t.Style(visible.Red, "  FAILED")
	fmt.Fprintf(t, "  %s: %s\n", f.ErrorType, f.Error)
	for _, frame := range f.Stack {
		fmt.Fprintf(t, "          %s\n", frame)
	}
	if f.after != "" {
		fmt.Fprintf(t, "  %s\n", f.after)
	}
}

// afterFailure describes what Lambda does after a handler fails (Lambda guide,
// invocation-async-error-handling). The local runner does not retry.
func afterFailure(rule *deployed.Rule) string {
	if rule.Queue != nil {
		return afterReceive(rule.Queue)
	}
	retries, then := 2, "then drops the event"
	if async := rule.Job.Function.Async; async != nil {
		if async.Retries != nil {
			retries = *async.Retries
		}
		if async.OnFailure != nil {
			then = "then sends the event to the function's on_failure"
		}
	}
	return fmt.Sprintf("Lambda would retry it %s, %s", plural(retries, "time", "times"), then)
}
