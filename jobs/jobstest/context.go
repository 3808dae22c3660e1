package jobstest

import (
	"context"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/lambdacontext"

	"github.com/jobgen/jobgen/jobs"
)

// Context returns a context like the one that Lambda gives a job: lambdacontext.FromContext
// returns an example of a request id and of a function ARN, and the deadline is the timeout
// from now. If the timeout is 0, there is no deadline. The context ends with the test.
//
// To use other values, wrap it with lambdacontext.NewContext.
func Context(t testing.TB, timeout time.Duration) context.Context {
	ctx := lambdacontext.NewContext(t.Context(), &lambdacontext.LambdaContext{
		AwsRequestID:       "00000000-0000-4000-8000-000000000001",
		InvokedFunctionArn: "arn:aws:lambda:us-east-1:123456789012:function:jobs",
	})
	if timeout <= 0 {
		return ctx
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	t.Cleanup(cancel)
	return ctx
}

// FireContext is like Fire, with the context that the jobs get.
func FireContext(ctx context.Context, t testing.TB, d *jobs.Dispatcher, event any) *Fired {
	t.Helper()
	f := match(t, d, event)
	for i := range f.Runs {
		run := &f.Runs[i]
		// The envelope calls the job of this rule, and of no other.
		run.Answer, run.Err = f.dispatcher.Invoke(ctx, envelope(run))
	}
	return f
}
