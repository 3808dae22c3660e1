package jobs_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jobgen/jobgen/internal/table"
	"github.com/jobgen/jobgen/jobs"
	"github.com/jobgen/jobgen/jobs/dispatch"
)

// twoReceivers returns the dispatcher of a package whose jobs have the receivers Watch and
// sweeper. Each of them may be nil.
func twoReceivers(nilWatch, nilSweeper bool) *jobs.Dispatcher {
	tab := &dispatch.Table{
		Package: "ops", Path: "example.com/ops",
		Rules: []dispatch.Rule{
			{ID: "WatchAll", Job: "ops.Watch.All", Pattern: `{"source":["shop"]}`},
			{ID: "SweeperRun", Job: "ops.sweeper.Run", Pattern: `{"source":["shop","broom"]}`},
		},
	}
	call := func(_ context.Context, job string, _ *dispatch.Payload) (any, error) { return job, nil }
	return jobs.New(tab, call, dispatch.Receiver{Type: "Watch", State: state(nilWatch)}, dispatch.Receiver{Type: "sweeper", State: state(nilSweeper)})
}

func state(isNil bool) table.ReceiverState {
	if isNil {
		return table.Missing
	}
	return table.Given
}

// TestReceiversAreMadeWhenTheyAreNeeded counts how often the receivers of twenty jobs are made.
func TestReceiversAreMadeWhenTheyAreNeeded(t *testing.T) {
	type receiver struct{ n int }
	made := make([]int, 20)
	fails := errors.New("no connection")
	var fail error
	var fields [20]*receiver
	dispatcher := func() *jobs.Dispatcher {
		tab := &dispatch.Table{Package: "ops", Path: "example.com/ops"}
		var receivers []dispatch.Receiver
		for i := range fields {
			fields[i], made[i] = nil, 0
			name := fmt.Sprintf("Job%d", i)
			tab.Rules = append(tab.Rules, dispatch.Rule{ID: name + "Run", Job: name + ".Run", Pattern: fmt.Sprintf(`{"source":["s%d","all"]}`, i)})
			receivers = append(receivers, dispatch.ReceiverOf(name, &fields[i], func(context.Context) (*receiver, error) {
				made[i]++
				return &receiver{i}, fail
			}))
		}
		return jobs.New(tab, func(_ context.Context, job string, _ *dispatch.Payload) (any, error) {
			i, _ := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(job, "Job"), ".Run"))
			return fields[i].n, nil
		}, receivers...)
	}
	d := dispatcher().WithHandler("Job7.Run")
	for range 3 {
		if answer, err := d.Invoke(t.Context(), []byte(event("s7", "x", "{}"))); err != nil || string(answer) != "7" {
			t.Fatalf("answer %s, error %v", answer, err)
		}
	}
	if total := sum(made); made[7] != 1 || total != 1 {
		t.Errorf("in the method layout, the receivers were made %v times", made)
	}
	d = dispatcher().WithHandler("ops")
	for _, payload := range []string{event("s3", "x", "{}"), enveloped("Job5Run", event("s3", "x", "{}")), event("s3", "x", "{}")} {
		if _, err := d.Invoke(t.Context(), []byte(payload)); err != nil {
			t.Fatal(err)
		}
	}
	if total := sum(made); made[3] != 1 || made[5] != 1 || total != 2 {
		t.Errorf("in the package layout, the receivers were made %v times", made)
	}
	d, fail = dispatcher().WithHandler("Job7.Run"), fails
	_, err := d.Invoke(t.Context(), []byte(event("s7", "x", "{}")))
	if wrong, ok := errors.AsType[*jobs.ReceiverError](err); !ok || wrong.Type != "Job7" || !errors.Is(err, fails) {
		t.Errorf("error %v", err)
	}
	fail = nil
	if _, err := d.Invoke(t.Context(), []byte(event("s7", "x", "{}"))); err != nil || made[7] != 2 {
		t.Errorf("the next event makes the receiver again: error %v, made %d times", err, made[7])
	}
}

func sum(counts []int) (total int) {
	for _, n := range counts {
		total += n
	}
	return total
}

// TestReceiversAreMadeAtTheSameTime makes the receiver Slow until the test ends it. Events for
// another receiver don't wait, and an event that needs Slow waits no longer than its context.
func TestReceiversAreMadeAtTheSameTime(t *testing.T) {
	type receiver struct{}
	var fields [2]*receiver
	began, end := make(chan struct{}), make(chan struct{})
	made := 0
	tab := &dispatch.Table{Package: "ops", Path: "example.com/ops", Rules: []dispatch.Rule{
		{ID: "Slow", Job: "Slow.Run", Pattern: `{"source":["shop"]}`}, {ID: "Quick", Job: "Quick.Run", Pattern: `{"source":["shop"]}`},
	}}
	d := jobs.New(tab, func(_ context.Context, job string, _ *dispatch.Payload) (any, error) { return job, nil },
		dispatch.ReceiverOf("Slow", &fields[0], func(context.Context) (*receiver, error) {
			made++
			close(began)
			<-end
			return &receiver{}, nil
		}),
		dispatch.ReceiverOf("Quick", &fields[1], func(context.Context) (*receiver, error) { return &receiver{}, nil }))
	slow, quick := []byte(enveloped("Slow", event("shop", "x", "{}"))), []byte(enveloped("Quick", event("shop", "x", "{}")))
	results := make(chan error, 2)
	invoke := func() {
		_, err := d.Invoke(t.Context(), slow)
		results <- err
	}
	go invoke()
	<-began
	go invoke()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if _, err := d.Invoke(ctx, quick); err != nil {
		t.Errorf("another receiver: %v", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := d.Invoke(ended, slow); !errors.Is(err, context.Canceled) {
		t.Errorf("a context that has ended: error %v", err)
	}
	close(end)
	for range 2 {
		if err := <-results; err != nil {
			t.Error(err)
		}
	}
	if made != 1 {
		t.Errorf("the receiver is made %d times", made)
	}
}

// TestAReceiverThatIsPassedTwice passes a receiver, and a function that makes one.
func TestAReceiverThatIsPassedTwice(t *testing.T) {
	type receiver struct{}
	field := &receiver{}
	defer func() {
		if got, want := recover(), "jobs.New: Jobs of example.com/ops has both a *Watch and a function that makes one; leave one of them nil"; got != want {
			t.Errorf("panic %v, want %q", got, want)
		}
	}()
	jobs.New(&dispatch.Table{Path: "example.com/ops"}, nil, dispatch.ReceiverOf("Watch", &field, func(context.Context) (*receiver, error) { return nil, nil }))
}

// TestAFunctionThatMakesNothing has a function that returns nil and no error.
func TestAFunctionThatMakesNothing(t *testing.T) {
	type receiver struct{}
	var field *receiver
	r := dispatch.ReceiverOf("Watch", &field, func(context.Context) (*receiver, error) { return nil, nil })
	if err := r.Make(t.Context()); err == nil || err.Error() != "the function returned nil and no error" {
		t.Errorf("error %v", err)
	}
}

func TestANilReceiverIsReportedWhenOneOfItsJobsIsCalled(t *testing.T) {
	shop, broom := event("shop", "x", "{}"), event("broom", "x", "{}")
	const want = "ops.sweeper.Run: in Jobs of example.com/ops, *sweeper is nil; pass a receiver to NewDispatcher"
	tests := map[string]struct {
		handler, payload string
		answer, err      string
	}{
		"another job":            {"ops.Watch.All", shop, `"ops.Watch.All"`, ""},
		"its job":                {"ops.sweeper.Run", broom, "", "jobs: " + want},
		"by the rule":            {"ops", enveloped("SweeperRun", broom), "", "jobs: " + strings.Replace(want, ":", " (rule SweeperRun):", 1)},
		"by the rule of another": {"ops", enveloped("WatchAll", shop), `"ops.Watch.All"`, ""},
		"with another job":       {"", shop, "", "*sweeper is nil"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			answer, err := twoReceivers(false, true).WithHandler(tt.handler).Invoke(t.Context(), []byte(tt.payload))
			if tt.err == "" {
				if err != nil || string(answer) != tt.answer {
					t.Errorf("answer %s, error %v; want %s", answer, err, tt.answer)
				}
				return
			}
			missing, ok := errors.AsType[*jobs.ReceiverError](err)
			if !ok || missing.Type != "sweeper" || missing.Package != "example.com/ops" || !strings.Contains(err.Error(), tt.err) {
				t.Errorf("error %v, want %s", err, tt.err)
			}
		})
	}
	if matches, err := twoReceivers(true, true).Matches([]byte(shop)); err != nil || len(matches) != 2 {
		t.Errorf("matches %v, error %v", matches, err)
	}
}

// withoutReceivers makes the test binary a program whose receivers are nil.
const withoutReceivers = "without receivers"

// TestStartPanicsIfAReceiverIsNil starts functions whose receivers are nil. Nothing serves
// the Runtime API, so a program that starts ends with another error.
func TestStartPanicsIfAReceiverIsNil(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for handler, want := range map[string]string{
		"ops.Watch.All":  "panic: jobs.Start: in Jobs of example.com/ops, *Watch is nil; pass a receiver to NewDispatcher",
		"ops":            "panic: jobs.Start: in Jobs of example.com/ops, *Watch and *sweeper are nil; pass a receiver to NewDispatcher",
		"ops.Watch.Gone": "", // reported for each event
	} {
		cmd := exec.Command(self)
		cmd.Env = append(os.Environ(), asProgram+"="+withoutReceivers, "AWS_LAMBDA_RUNTIME_API=127.0.0.1:1", "_HANDLER="+handler)
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		if err := cmd.Run(); err == nil {
			t.Errorf("%s: no error", handler)
		}
		if got := strings.Contains(stderr.String(), "panic: jobs.Start"); got != (want != "") || !strings.Contains(stderr.String(), want) {
			t.Errorf("%s: %s\nwant %q", handler, stderr.String(), want)
		}
	}
}
