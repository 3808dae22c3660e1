package security_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/examples/security"
	"github.com/jobgen/jobgen/jobs"
	"github.com/jobgen/jobgen/jobs/jobstest"
)

// recorder keeps the alerts.
type recorder struct{ alerts []string }

func (r *recorder) Notify(_ context.Context, message string) error {
	r.alerts = append(r.alerts, message)
	return nil
}

func (r *recorder) check(t *testing.T, want string) {
	t.Helper()
	if got := strings.Join(r.alerts, ", "); got != want {
		t.Errorf("alerts %q, want %q", got, want)
	}
}

// A job is a method.
func TestInstanceStopping(t *testing.T) {
	r := &recorder{}
	job := &security.SecurityJob{Alerts: r}
	event := jobs.Event[security.StateChange]{Detail: security.StateChange{InstanceID: "i-1", State: security.Stopping}}
	if err := job.InstanceStopping(t.Context(), event); err != nil {
		t.Fatal(err)
	}
	r.check(t, "i-1 is stopping")
}

// The rule, the decoding of the event, and the job.
func TestStopping(t *testing.T) {
	r := &recorder{}
	d := security.NewDispatcher(security.Jobs{SecurityJob: &security.SecurityJob{Alerts: r}})
	event := jobstest.For(t, d, security.RuleSecurityJobInstanceStopping)
	jobstest.Fire(t, d, event).Ran(security.HandlerSecurityJobInstanceStopping)
	r.check(t, "i-1234567890abcdef0 is stopping")
}

// An event from a file, with which jobgen run can run the program too.
func TestSecurityGroup(t *testing.T) {
	event, err := os.ReadFile("events/security-group.json")
	if err != nil {
		t.Fatal(err)
	}
	r := &recorder{}
	d := security.NewDispatcher(security.Jobs{SecurityJob: &security.SecurityJob{Alerts: r}})
	jobstest.Fire(t, d, event).Ran(security.HandlerSecurityJobDetectSecurityGroupChanges)
	r.check(t, "AuthorizeSecurityGroupIngress by arn:aws:sts::123456789012:assumed-role/Operator/maria")
}

// An event that no rule is for. No job is called, so no receiver is needed.
func TestRunningIsNoAlert(t *testing.T) {
	d := security.NewDispatcher(security.Jobs{})
	event := jobstest.Event("aws.ec2", "EC2 Instance State-change Notification",
		security.StateChange{InstanceID: "i-1", State: security.Running})
	jobstest.Routes(t, d, event)
}
