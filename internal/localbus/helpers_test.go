package localbus

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/jobgen/jobgen/internal/deployed"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/runtimeapi"
)

const testPackage = "example.com/app"

// rule returns a rule without a job that fires for a source.
func rule(id, source string) *model.Rule {
	return &model.Rule{ID: id, Pattern: model.ObjectValue(model.ValueField{Key: "source", Value: model.ListValue(model.StringValue(source))})}
}

// scheduled returns a rule with a schedule.
func scheduled(id, expression string) *model.Rule {
	return &model.Rule{ID: id, Schedule: model.Literal(expression)}
}

// build returns a build of a package in which each rule has a method. fn are the properties of the
// functions.
func build(t *testing.T, fn model.Function, rules ...*model.Rule) Build {
	t.Helper()
	p := &model.Package{Path: testPackage, Name: "app", Layout: model.PerMethod}
	receiver := &model.Receiver{Type: "Job", Field: "Job"}
	p.Receivers = []*model.Receiver{receiver}
	for _, given := range rules {
		own := *given // a rule may be in several builds
		r := &own
		r.Job = &model.Job{Receiver: receiver, Method: "On" + r.ID, Function: fn, Rules: []*model.Rule{r}}
		receiver.Jobs = append(receiver.Jobs, r.Job)
	}
	all, err := deployed.Rules([]*model.Package{p}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return Build{Rules: all, Binary: "bootstrap", Event: func(r *deployed.Rule, now time.Time) ([]byte, error) {
		return r.Event(nil, nil, now)
	}}
}

// functions runs the functions of a bus as Go code.
type functions struct {
	mu      sync.Mutex
	calls   []fakeCall
	numbers map[string]int
	open    int // instances that are not closed
	started int
	// answer returns what the function answers. The default is null.
	answer func(c fakeCall) runtimeapi.Result
}

type fakeCall struct {
	binary, handler string
	payload         string
	at              time.Time
	number          int // from 1, counting the calls with this handler
}

func (f *functions) start(_ context.Context, fn runtimeapi.Function) (Instance, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.open++
	f.started++
	return &fakeInstance{functions: f, fn: fn}, nil
}

// handled returns the payloads of the calls of a handler.
func (f *functions) handled(handler string) []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var payloads []string
	for _, c := range f.calls {
		if c.handler == handler {
			payloads = append(payloads, c.payload)
		}
	}
	return payloads
}

type fakeInstance struct {
	functions *functions
	fn        runtimeapi.Function
}

func (i *fakeInstance) Invoke(ctx context.Context, payload []byte) (runtimeapi.Result, error) {
	f := i.functions
	f.mu.Lock()
	c := fakeCall{binary: i.fn.Binary, handler: i.fn.Handler, payload: string(payload), at: time.Now()}
	if f.numbers == nil {
		f.numbers = map[string]int{}
	}
	f.numbers[c.handler]++
	c.number = f.numbers[c.handler]
	f.calls = append(f.calls, c)
	f.mu.Unlock()
	result := runtimeapi.Result{RequestID: fmt.Sprintf("request-%d", c.number), Payload: []byte("null")}
	if f.answer != nil {
		result = f.answer(c)
	}
	if ctx.Err() != nil {
		return runtimeapi.Result{}, ctx.Err()
	}
	result.Dispatched = true
	result.Jobs = []runtimeapi.Job{{Package: testPackage, Handler: i.fn.Handler}}
	return result, nil
}

func (i *fakeInstance) Close() {
	i.functions.mu.Lock()
	defer i.functions.mu.Unlock()
	i.functions.open--
}

// failure is the result of a handler that returns an error.
func failure(message string) runtimeapi.Result {
	payload, _ := json.Marshal(map[string]string{"errorMessage": message, "errorType": "errorString"})
	return runtimeapi.Result{RequestID: "failed", Payload: payload, FunctionError: runtimeapi.Unhandled, ErrorType: "errorString", ErrorMessage: message}
}

// log collects the entries of a journal.
type log struct {
	mu      sync.Mutex
	entries []Entry
}

func (l *log) add(e Entry) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.entries = append(l.entries, e)
}

func (l *log) invocations() []*Invocation {
	l.mu.Lock()
	defer l.mu.Unlock()
	var all []*Invocation
	for _, e := range l.entries {
		if e.Invocation != nil {
			all = append(all, e.Invocation)
		}
	}
	return all
}

func (l *log) arrivals() []*Arrival {
	l.mu.Lock()
	defer l.mu.Unlock()
	var all []*Arrival
	for _, e := range l.entries {
		if e.Arrival != nil {
			all = append(all, e.Arrival)
		}
	}
	return all
}

func (l *log) letters() []*Letter {
	l.mu.Lock()
	defer l.mu.Unlock()
	var all []*Letter
	for _, e := range l.entries {
		if e.Letter != nil {
			all = append(all, e.Letter)
		}
	}
	return all
}

func (l *log) problems() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var all []string
	for _, e := range l.entries {
		if e.Problem != "" {
			all = append(all, e.Problem)
		}
	}
	return all
}

// put puts an event and reports an error.
func put(t *testing.T, b *Bus, source string, detail string) string {
	t.Helper()
	r := b.Put(PutEntry{Source: source, DetailType: "Test", Detail: json.RawMessage(detail)})
	if len(r) != 1 || r[0].Err != nil {
		t.Fatalf("put: %+v", r)
	}
	return r[0].ID
}

func idle(t *testing.T, b *Bus) {
	t.Helper()
	if err := b.Idle(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func closeBus(t *testing.T, b *Bus) {
	t.Helper()
	if left := b.Close(t.Context()); len(left) > 0 {
		t.Errorf("not finished: %+v", left)
	}
}

func ids(rules []string) string { slices.Sort(rules); return fmt.Sprint(rules) }

// answerAfter returns an answer that takes a time.
func answerAfter(d time.Duration) func(fakeCall) runtimeapi.Result {
	return func(fakeCall) runtimeapi.Result {
		time.Sleep(d)
		return runtimeapi.Result{RequestID: "late", Payload: []byte("null")}
	}
}
