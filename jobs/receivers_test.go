package jobs_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/jobs"
	"github.com/jobgen/jobgen/jobs/dispatch"
)

// twoReceivers returns the dispatcher of a package whose jobs have the receivers Watch and
// sweeper, either of which may be nil.
func twoReceivers(nilWatch, nilSweeper bool) *jobs.Dispatcher {
	table := &dispatch.Table{
		Package: "ops", Path: "example.com/ops",
		Rules: []dispatch.Rule{
			{ID: "WatchAll", Job: "ops.Watch.All", Pattern: `{"source":["shop"]}`},
			{ID: "SweeperRun", Job: "ops.sweeper.Run", Pattern: `{"source":["shop","broom"]}`},
		},
	}
	call := func(_ context.Context, job string, _ *dispatch.Payload) (any, error) { return job, nil }
	return jobs.New(table, call, dispatch.Receiver{Type: "Watch", Nil: nilWatch}, dispatch.Receiver{Type: "sweeper", Nil: nilSweeper})
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
			missing, ok := errors.AsType[*jobs.NilReceiverError](err)
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
