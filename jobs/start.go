package jobs

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"

	"github.com/aws/aws-lambda-go/lambda"
)

// runtimeAPI is the environment variable with the address of the Runtime API. Lambda sets
// it for every function (Lambda developer guide, page runtimes-custom).
const runtimeAPI = "AWS_LAMBDA_RUNTIME_API"

// Start serves a dispatcher as a Lambda function. It never returns, and a main function
// needs to call nothing else. If the function's handler names a job, Start makes the job's
// receiver. It panics if the function needs a receiver that Jobs doesn't have. A function
// whose handler names a job needs only that job's receiver, other functions need all.
//
// Outside Lambda, it prints on standard error how to run the function locally and exits
// with status 2. The program itself contains no local runner.
func Start(d *Dispatcher) {
	if d == nil {
		panic("jobs.Start: the dispatcher is nil")
	}
	if os.Getenv(runtimeAPI) == "" {
		_, file, _, _ := runtime.Caller(1)
		explainStart(os.Stderr, folder(file))
		os.Exit(2)
	}
	if missing := d.chosen().prepare(context.Background()); missing != "" {
		panic("jobs.Start: " + missing + "; pass a receiver to NewDispatcher")
	}
	lambda.Start(invoking(d.Invoke))
}

// invoking is a lambda.Handler that hides the dispatcher. lambda.Start takes an any, and
// the linker keeps all exported methods of the types that are converted to one.
type invoking func(ctx context.Context, payload []byte) ([]byte, error)

func (invoke invoking) Invoke(ctx context.Context, payload []byte) ([]byte, error) {
	return invoke(ctx, payload)
}

// explainStart prints how to run the program with the given main package.
func explainStart(w io.Writer, main string) {
	fmt.Fprintf(w, "This program is an AWS Lambda function, and this is not Lambda: %s is not set.\n"+
		"To run its jobs here, with an event from a file:\n\n    jobgen run %s event.json\n", runtimeAPI, main)
}

// folder returns the folder of the source file that calls Start, or its import path if
// the program was built with -trimpath. go build accepts both.
func folder(file string) string {
	slash := strings.LastIndexByte(file, '/')
	if slash <= 0 || file[:slash] == "command-line-arguments" { // built from files
		return "MAIN-PACKAGE"
	}
	return file[:slash]
}
