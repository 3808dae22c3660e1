package jobs

import (
	"fmt"
	"io"
	"os"
	"runtime/debug"

	"github.com/aws/aws-lambda-go/lambda"
)

// runtimeAPI is the environment variable that Lambda sets for every function:
// where its Runtime API listens (Lambda developer guide, page runtimes-custom).
const runtimeAPI = "AWS_LAMBDA_RUNTIME_API"

// Start serves a dispatcher as a Lambda function; it is all that a main function
// needs to do, and it never returns.
//
// Outside Lambda it says on standard error how to run the function locally, and
// exits with status 2. Nothing of a local runner is part of the program.
func Start(d *Dispatcher) {
	if d == nil {
		panic("jobs.Start: the dispatcher is nil")
	}
	if os.Getenv(runtimeAPI) == "" {
		explainStart(os.Stderr, mainPackage())
		os.Exit(2)
	}
	lambda.Start(d)
}

// explainStart says how to run the program, whose main package this is.
func explainStart(w io.Writer, main string) {
	fmt.Fprintf(w, "This program is an AWS Lambda function, and this is not Lambda: %s is not set.\n"+
		"To run its jobs here, with an event from a file:\n\n    jobgen run %s event.json\n", runtimeAPI, main)
}

// mainPackage returns the import path of the program's main package, as far as
// it was recorded at build time.
func mainPackage() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Path == "" || info.Path == "command-line-arguments" {
		return "MAIN-PACKAGE"
	}
	return info.Path
}
