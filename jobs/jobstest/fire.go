package jobstest

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/jobgen/jobgen/internal/delivery"
	"github.com/jobgen/jobgen/internal/target"
	"github.com/jobgen/jobgen/jobs"
)

// Run is the result of a rule that matched the event.
type Run struct {
	Event   int             // the place of the event in a delivery, from 0
	Rule    string          // the rule's id
	Handler string          // the job: "SecurityJob.InstanceStopping"
	Payload json.RawMessage // the event, or the rule's input
	Answer  json.RawMessage // what the job returned, null if it returns nothing
	// Err is the error that the job returned, or the reason why it was not called.
	Err error
}

// Fired is the result of firing an event.
type Fired struct {
	// Runs has an item for each rule that matches the event, in the dispatcher's order.
	Runs []Run

	t          testing.TB
	dispatcher *jobs.Dispatcher
	events     []json.RawMessage // more than one only in a delivery
}

// Fire handles an event as EventBridge does. It finds the rules that match and calls the
// job of each, one after the other, with what the rule sends its target. The event is
// JSON (a string, []byte or json.RawMessage) or a value that is encoded as an event, such
// as a jobs.Event.
//
// If the JSON is what a subscriber of a custom event bus delivers, Fire handles each of its
// events: a list of events, or of objects with Data, Metadata and SystemMetadata, or one such
// object.
//
// An event that no rule matches is not a failure; to expect that, call Ran without
// names. Fire ends the test if EventBridge would not deliver the event, or if a parameter of
// a pattern has neither a value in the environment nor a default; t.Setenv sets one.
//
// The jobs get Context(t, 0). Fire ignores the dispatcher's handler and uses all rules. If
// the receiver of a job is nil, the job fails with a *jobs.ReceiverError.
func Fire(t testing.TB, d *jobs.Dispatcher, event any) *Fired {
	t.Helper()
	return FireContext(Context(t, 0), t, d, event)
}

// match finds the rules that match an event.
func match(t testing.TB, d *jobs.Dispatcher, event any) *Fired {
	t.Helper()
	f := &Fired{t: t, dispatcher: d.WithHandler(""), events: events(t, event)}
	for i, event := range f.events {
		matches, err := f.dispatcher.Matches(event)
		if err != nil {
			t.Fatalf("jobstest: %s%v", f.nameOf(i), err)
		}
		for _, m := range matches {
			f.Runs = append(f.Runs, Run{Event: i, Rule: m.Rule.ID, Handler: m.Rule.Handler, Payload: m.Payload})
		}
	}
	return f
}

// events returns the events of a delivery, or an event alone.
func events(t testing.TB, event any) []json.RawMessage {
	t.Helper()
	text := payload(t, event)
	d := delivery.Read(text)
	switch {
	case d == nil:
		return []json.RawMessage{text}
	case len(d.Events) == 0:
		t.Fatal("jobstest: the list is empty; a subscriber delivers at least one event")
	}
	return d.Events
}

// nameOf returns what messages call an event: "event 2: ", or "" if there is only one.
func (f *Fired) nameOf(event int) string {
	if len(f.events) == 1 {
		return ""
	}
	return fmt.Sprintf("event %d: ", event+1)
}

// envelope returns the envelope with a run's payload, whose bytes are unchanged.
func envelope(run *Run) []byte {
	return fmt.Appendf(nil, "{%q:%q,%q:%s}", target.RuleKey, run.Rule, target.EventKey, run.Payload)
}

// Routes expects that the rules of exactly these jobs match an event. It calls no job.
// List a job once for each of its rules that match, and once for each event of a delivery; the
// order doesn't matter.
func Routes(t testing.TB, d *jobs.Dispatcher, event any, handlers ...string) {
	t.Helper()
	match(t, d, event).expect(handlers)
}

// Ran expects that exactly these jobs ran and that none failed. List a job once for each
// of its rules that match, and once for each event of a delivery; the order doesn't matter. If a job is missing, the failure
// explains for each of its rules why it doesn't match.
func (f *Fired) Ran(handlers ...string) {
	f.t.Helper()
	f.expect(handlers)
	for _, run := range f.Runs {
		if run.Err != nil {
			f.t.Errorf("%s%s (rule %s) failed: %v", f.nameOf(run.Event), run.Handler, run.Rule, run.Err)
		}
	}
}

// Failed expects that the job failed or could not be called, and returns the first such
// error.
func (f *Fired) Failed(handler string) error {
	f.t.Helper()
	for _, run := range f.only(handler) {
		if run.Err != nil {
			return run.Err
		}
	}
	f.t.Fatalf("%s ran, and did not fail", handler)
	return nil
}

// Answer expects that the job ran without an error, and decodes its result into a
// pointer. If the job ran several times, it decodes the first result.
func (f *Fired) Answer(handler string, into any) {
	f.t.Helper()
	run := f.only(handler)[0]
	if run.Err != nil {
		f.t.Fatalf("%s (rule %s) failed: %v", handler, run.Rule, run.Err)
	}
	if err := json.Unmarshal(run.Answer, into); err != nil {
		f.t.Fatalf("%s answered %s: %v", handler, run.Answer, err)
	}
}

// Answer is like Fired.Answer, but returns the result.
func Answer[R any](f *Fired, handler string) R {
	f.t.Helper()
	var answer R
	f.Answer(handler, &answer)
	return answer
}

// runsOf returns the runs of a job.
func (f *Fired) runsOf(handler string) []Run {
	return slices.DeleteFunc(slices.Clone(f.Runs), func(run Run) bool { return run.Handler != handler })
}

// only returns the runs of a job. If there are none, it ends the test.
func (f *Fired) only(handler string) []Run {
	f.t.Helper()
	runs := f.runsOf(handler)
	if len(runs) == 0 {
		f.t.Fatalf("%s did not run%s", handler, f.whyNot(handler))
	}
	return runs
}
