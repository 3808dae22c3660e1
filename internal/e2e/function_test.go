package e2e

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/runtimeapi"
	"github.com/jobgen/jobgen/internal/target"
)

// timeout of the functions, as shop.txtar's function line says.
const timeout = 2 * time.Second

// functions are the Lambda functions of a program, by handler, each started when
// it is first invoked.
type functions struct {
	t       *testing.T
	binary  string
	mu      sync.Mutex
	calls   []string // the lines that jobs logged, since they were taken
	running map[string]*runtimeapi.Instance
}

func start(t *testing.T, p *program) *functions {
	f := &functions{t: t, binary: p.binary, running: map[string]*runtimeapi.Instance{}}
	t.Cleanup(func() {
		for _, in := range f.running {
			in.Close()
		}
	})
	return f
}

// Write takes a line that a function logged.
func (f *functions) Write(line []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if call, ok := strings.CutPrefix(string(line), "called "); ok {
		f.calls = append(f.calls, strings.TrimSpace(call))
	}
	return len(line), nil
}

// taken returns the calls that were logged since it was last asked.
func (f *functions) taken() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	calls := f.calls
	f.calls = nil
	return calls
}

func (f *functions) invoke(handler, payload string) runtimeapi.Result {
	f.t.Helper()
	in, ok := f.running[handler]
	if !ok {
		var err error
		in, err = runtimeapi.Start(context.Background(), runtimeapi.Function{
			Binary: f.binary, Handler: handler, Timeout: timeout, Env: []string{"Bucket=b-test"},
		}, runtimeapi.Options{Stderr: f})
		if err != nil {
			f.t.Fatal(err)
		}
		f.running[handler] = in
	}
	result, err := in.Invoke(context.Background(), []byte(payload))
	if err != nil {
		f.t.Fatal(err)
	}
	return result
}

// fire invokes the rule's function with what EventBridge would send it for an
// event.
func (f *functions) fire(p *model.Package, r *model.Rule, layout model.Layout, event string) runtimeapi.Result {
	f.t.Helper()
	return f.invoke(handler(p, r, layout), string(input(f.t, r, layout, event)))
}

// input is what EventBridge sends to the rule's target for an event.
func input(t *testing.T, r *model.Rule, layout model.Layout, event string) []byte {
	t.Helper()
	payload, err := r.TargetInput(layout).Payload([]byte(event), target.Context{RuleName: r.ID})
	if err != nil {
		t.Fatal(err)
	}
	return payload
}

// handler is the handler of the function that runs the rule's job.
func handler(p *model.Package, r *model.Rule, layout model.Layout) string {
	if layout == model.PerPackage {
		return p.Name
	}
	return r.Job.Handler()
}

// mustSucceed reports a function's error.
func (f *functions) mustSucceed(t *testing.T, r runtimeapi.Result) {
	t.Helper()
	if r.FunctionError != "" {
		t.Fatalf("%s: %s", r.ErrorType, r.ErrorMessage)
	}
}
