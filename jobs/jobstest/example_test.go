package jobstest_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/lambdacontext"

	"github.com/jobgen/jobgen/examples/orders"
	"github.com/jobgen/jobgen/examples/schedules"
	"github.com/jobgen/jobgen/examples/security"
	"github.com/jobgen/jobgen/jobs"
	"github.com/jobgen/jobgen/jobs/jobstest"
)

// exampleT is the t of the examples. In a test it is the *testing.T. It prints failures.
type exampleT struct{ testing.TB }

func (exampleT) Context() context.Context          { return context.Background() }
func (exampleT) Helper()                           {}
func (exampleT) Cleanup(func())                    {}
func (exampleT) Errorf(format string, args ...any) { fmt.Printf(format+"\n", args...) }
func (exampleT) Fatalf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }

var t = exampleT{}

// printer prints alerts.
type printer struct{}

func (printer) Notify(_ context.Context, message string) error {
	fmt.Println(message)
	return nil
}

func ExampleFire() {
	d := security.NewDispatcher(security.Jobs{SecurityJob: &security.SecurityJob{Alerts: printer{}}})
	event := `{"source": "aws.ec2", "detail-type": "EC2 Instance State-change Notification",
		"detail": {"instance-id": "i-1", "state": "stopping"}}`
	jobstest.Fire(t, d, event).Ran(security.HandlerSecurityJobInstanceStopping)
	// Output: i-1 is stopping
}

func ExampleFor() {
	d := security.NewDispatcher(security.Jobs{SecurityJob: &security.SecurityJob{Alerts: printer{}}})
	event := jobstest.For(t, d, security.RuleSecurityJobInstanceStopping)
	jobstest.Fire(t, d, event).Ran(security.HandlerSecurityJobInstanceStopping)
	// Output: i-1234567890abcdef0 is stopping
}

// A schedule is fired like any other rule.
func ExampleFor_schedule() {
	d := schedules.NewDispatcher(schedules.Jobs{CleanupJob: &schedules.CleanupJob{}})
	event := jobstest.For(t, d, schedules.RuleSweepNightly)
	fired := jobstest.Fire(t, d, event)
	fired.Ran(schedules.HandlerCleanupJobSweep)
	fmt.Printf("%s\n", fired.Runs[0].Payload)
	// Output: {"mode":"snapshots"}
}

func ExampleSample() {
	var event jobs.Event[security.StateChange]
	if err := json.Unmarshal(jobstest.Sample("aws.ec2", "EC2 Instance State-change Notification"), &event); err != nil {
		t.Fatalf("%v", err)
	}
	fmt.Println(event.Detail.InstanceID)
	// Output: i-1234567890abcdef0
}

func ExampleEvent() {
	d := orders.NewDispatcher(orders.Jobs{OrderJob: &orders.OrderJob{}})
	event := jobstest.Event("shop.orders", "order.placed", orders.OrderPlaced{Country: "DE", Total: 10})
	event.Region = "eu-central-1"
	jobstest.Routes(t, d, event, orders.HandlerOrderJobCountOrder)
	// Output:
}

func ExampleFireContext() {
	d := security.NewDispatcher(security.Jobs{SecurityJob: &security.SecurityJob{Alerts: printer{}}})
	ctx, cancel := context.WithCancel(jobstest.Context(t, time.Second))
	cancel()
	fired := jobstest.FireContext(ctx, t, d, jobstest.For(t, d, security.RuleSecurityJobInstanceStopping))
	fmt.Println(fired.Runs[0].Err)
	// Output:
	// i-1234567890abcdef0 is stopping
	// <nil>
}

func ExampleContext() {
	ctx := jobstest.Context(t, 30*time.Second)
	function, _ := lambdacontext.FromContext(ctx)
	_, limited := ctx.Deadline()
	fmt.Println(function.InvokedFunctionArn, limited)
	// Output: arn:aws:lambda:us-east-1:123456789012:function:jobs true
}

func ExampleAnswer() {
	d := orders.NewDispatcher(orders.Jobs{OrderJob: &orders.OrderJob{Limit: 1000}})
	event := jobstest.Event("shop.orders", "order.placed", orders.OrderPlaced{ID: "o-1", Country: "DE", Total: 2000})
	review := jobstest.Answer[orders.Review](jobstest.Fire(t, d, event), orders.HandlerOrderJobReviewLarge)
	fmt.Println(review.Order, review.Held)
	// Output: o-1 true
}

func ExampleFired_Answer() {
	d := orders.NewDispatcher(orders.Jobs{OrderJob: &orders.OrderJob{Limit: 1000}})
	event := jobstest.Event("shop.orders", "order.placed", orders.OrderPlaced{ID: "o-1", Country: "DE", Total: 2000})
	var review orders.Review
	jobstest.Fire(t, d, event).Answer(orders.HandlerOrderJobReviewLarge, &review)
	fmt.Println(review.Held)
	// Output: true
}

// The event doesn't fit the type that the job decodes.
func ExampleFired_Failed() {
	d := orders.NewDispatcher(orders.Jobs{OrderJob: &orders.OrderJob{}})
	event := jobstest.Event("shop.orders", "order.placed",
		json.RawMessage(`{"id": 7, "country": "DE", "total": 2000, "customer": {"tier": "gold"}}`))
	err := jobstest.Fire(t, d, event).Failed(orders.HandlerOrderJobReviewLarge)
	wrong, _ := errors.AsType[*jobs.DecodeError](err)
	fmt.Println(wrong.Field)
	// Output: detail.id
}

// No rule is for an instance that runs.
func ExampleRoutes() {
	d := security.NewDispatcher(security.Jobs{}) // no job is called, so no receiver is needed
	event := strings.Replace(string(jobstest.For(t, d, security.RuleSecurityJobInstanceStopping)), "stopping", "running", 1)
	jobstest.Routes(t, d, event)
	// Output:
}

func ExampleGenerated() {
	var t *testing.T // of the test
	jobstest.Generated(t, "./...")
}
