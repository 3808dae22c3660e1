package jobstest_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/lambdacontext"

	"github.com/jobgen/jobgen/examples/schedules"
	"github.com/jobgen/jobgen/examples/security"
	"github.com/jobgen/jobgen/jobs"
	"github.com/jobgen/jobgen/jobs/dispatch"
	"github.com/jobgen/jobgen/jobs/jobstest"
)

// The event of each rule fires it, and its job is called with what it can decode.
func TestForFiresEveryRule(t *testing.T) {
	for name, d := range map[string]*jobs.Dispatcher{
		"security":  security.NewDispatcher(security.Jobs{SecurityJob: &security.SecurityJob{Alerts: security.LogNotifier{}}}),
		"schedules": schedules.NewDispatcher(schedules.Jobs{CleanupJob: &schedules.CleanupJob{Now: time.Now}}),
		"shop":      (&shop{}).dispatcher(t),
	} {
		for _, rule := range d.Rules() {
			event := jobstest.For(t, d, rule.ID)
			if again := jobstest.For(t, d, rule.ID); string(again) != string(event) {
				t.Errorf("%s: the event of %s changes:\n%s\n%s", name, rule.ID, event, again)
			}
			fired := jobstest.Fire(t, d, event)
			for _, run := range fired.Runs {
				if run.Rule == rule.ID && (run.Err == nil || errors.Is(run.Err, errNoStock)) {
					event = nil
				}
			}
			if event != nil {
				t.Errorf("%s: the job of %s did not run for %s: %v", name, rule.ID, event, fired.Runs)
			}
		}
	}
}

func TestForSaysWhatIsWrong(t *testing.T) {
	tests := map[string]struct {
		pattern, rule string
		params        []string
		want          string
	}{
		"misspelled":    {`{"source":["a"]}`, "Rul", nil, `no rule has the id "Rul"; did you mean "Rule"?`},
		"unknown":       {`{"source":["a"]}`, "Nothing", nil, `no rule has the id "Nothing"; there are Rule`},
		"no value":      {`{"source":["${JobstestGone}"]}`, "Rule", []string{"JobstestGone"}, "JobstestGone (rule Rule)"},
		"a bad pattern": {`{"source":[]}`, "Rule", nil, "rule Rule: "},
		"never": {
			`{"detail":{"n":[{"numeric":[">",0.1,"<",0.10000000000000002]}]}}`, "Rule", nil,
			"no event can fire the rule Rule: no value matches its pattern",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			d := jobs.New(&dispatch.Table{
				Package: "p", Path: "p", Rules: []dispatch.Rule{{ID: "Rule", Job: "T.M", Pattern: tt.pattern, Params: tt.params}},
			}, (&shop{}).call)
			got := record(t, func(tb testing.TB) { jobstest.For(tb, d, tt.rule) })
			got.says(t, tt.want)
			if !got.fatal {
				t.Error("the test went on")
			}
		})
	}
}

func TestSampleOfAnUnknownEvent(t *testing.T) {
	for event, want := range map[[2]string]string{
		{"aws.ec", "EC2 Instance State-change Notification"}:        `; did you mean "aws.ec2"?`,
		{"aws.ec2", "EC2 Instance State-change Notificaton"}:        `; did you mean "EC2 Instance State-change Notification"?`,
		{"shop.orders.of.nobody", "This is no event of AWS at all"}: `known`,
	} {
		func() {
			defer func() {
				text, _ := recover().(string)
				if len(text) < len(want) || text[len(text)-len(want):] != want {
					t.Errorf("%v: panic %q, want …%s", event, text, want)
				}
			}()
			jobstest.Sample(event[0], event[1])
		}()
	}
}

func TestContext(t *testing.T) {
	var got context.Context
	d := jobs.New(shopTable, func(ctx context.Context, _ string, _ *dispatch.Payload) (any, error) {
		got = ctx
		return nil, ctx.Err()
	})
	t.Setenv("JobstestStage", "dev")
	event := json.RawMessage(`{"source": "dev-fails", "detail-type": "x", "detail": {}}`)

	jobstest.Fire(t, d, event).Ran("Shop.Fails")
	if lc, ok := lambdacontext.FromContext(got); !ok || lc.AwsRequestID == "" || lc.InvokedFunctionArn == "" {
		t.Errorf("lambdacontext = %+v", lc)
	}
	if deadline, ok := got.Deadline(); ok {
		if own, ok := t.Context().Deadline(); !ok || own != deadline {
			t.Errorf("deadline %v", deadline)
		}
	}
	jobstest.FireContext(jobstest.Context(t, time.Minute), t, d, event).Ran("Shop.Fails")
	if deadline, ok := got.Deadline(); !ok || time.Until(deadline) > time.Minute {
		t.Errorf("deadline %v, %v", deadline, ok)
	}
	ctx, cancel := context.WithCancel(jobstest.Context(t, 0))
	cancel()
	if err := jobstest.FireContext(ctx, t, d, event).Failed("Shop.Fails"); !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v", err)
	}
}

// A test builds only the receivers that it needs.
func TestReceiversThatAreNil(t *testing.T) {
	d := security.NewDispatcher(security.Jobs{})
	event := jobstest.For(t, d, security.RuleSecurityJobInstanceStopping)
	jobstest.Routes(t, d, event, security.HandlerSecurityJobInstanceStopping)
	err := jobstest.Fire(t, d, event).Failed(security.HandlerSecurityJobInstanceStopping)
	if missing, ok := errors.AsType[*jobs.ReceiverError](err); !ok || missing.Type != "SecurityJob" {
		t.Errorf("error = %v", err)
	}
}
