// Function is a Lambda function that does what its event says.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambdacontext"
)

type order struct {
	Do   string
	Code int
	Size int
	Env  []string
}

type report struct {
	PID       int
	Child     int
	Calls     int
	Remaining time.Duration // to the context's deadline
	RequestID string
	ARN       string
	Trace     string
	Name      string
	Memory    int
	LogGroup  string
	Dir       string
	Env       map[string]string
}

type slowError struct{ after string }

func (e *slowError) Error() string { return "gave up after " + e.after }

var calls int

func main() {
	if len(os.Args) > 1 {
		time.Sleep(time.Hour) // a process that the function started
	}
	switch os.Getenv("AT_START") {
	case "crash":
		panic("no configuration")
	case "exit":
		os.Exit(0)
	case "hang":
		fmt.Println("loading")
		time.Sleep(time.Hour)
	case "report":
		reportInitError()
	case "sigterm":
		lambda.StartWithOptions(handle, lambda.WithEnableSIGTERM(func() { fmt.Println("told to end") }))
	}
	lambda.Start(handle)
}

func reportInitError() {
	body := `{"errorType":"Config.Missing","errorMessage":"TABLE is not set","stackTrace":["main.go:1 main"]}`
	resp, err := http.Post("http://"+os.Getenv("AWS_LAMBDA_RUNTIME_API")+"/2018-06-01/runtime/init/error",
		"application/json", strings.NewReader(body))
	if err != nil || resp.StatusCode != http.StatusAccepted {
		fmt.Println("init error was not accepted:", resp, err)
	}
	os.Exit(1)
}

func handle(ctx context.Context, o order) (any, error) {
	calls++
	switch o.Do {
	case "report":
		return newReport(ctx, o), nil
	case "spawn", "escape":
		child := exec.Command(os.Args[0], "sleep")
		child.SysProcAttr = &syscall.SysProcAttr{Setsid: o.Do == "escape"}
		child.Stdout = os.Stdout // holds the pipe for as long as it lives
		if err := child.Start(); err != nil {
			return nil, err
		}
		r := newReport(ctx, o)
		r.Child = child.Process.Pid
		return r, nil
	case "error":
		return nil, &slowError{"three tries"}
	case "panic":
		panic(errors.New("nil map"))
	case "exit":
		fmt.Print("no newline")
		os.Exit(o.Code)
	case "hang":
		fmt.Println("hanging")
		select {}
	case "slow":
		time.Sleep(500 * time.Millisecond)
		return nil, nil
	case "big":
		return strings.Repeat("a", o.Size), nil
	case "print":
		for i := range o.Size {
			fmt.Println("out", i)
			fmt.Fprintln(os.Stderr, "err", i)
		}
		return "printed", nil
	case "stream":
		return io.MultiReader(bytes.NewReader([]byte("half")), brokenReader{}), nil
	case "raw":
		return bytes.NewReader([]byte("no JSON")), nil
	}
	return nil, fmt.Errorf("unknown order %q", o.Do)
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, &slowError{"half"} }

func newReport(ctx context.Context, o order) report {
	deadline, _ := ctx.Deadline()
	lc, _ := lambdacontext.FromContext(ctx)
	dir, _ := os.Getwd()
	r := report{
		PID: os.Getpid(), Calls: calls, Remaining: time.Until(deadline),
		RequestID: lc.AwsRequestID, ARN: lc.InvokedFunctionArn, Trace: os.Getenv("_X_AMZN_TRACE_ID"),
		Name: lambdacontext.FunctionName, Memory: lambdacontext.MemoryLimitInMB, LogGroup: lambdacontext.LogGroupName,
		Dir: dir, Env: map[string]string{},
	}
	for _, name := range o.Env {
		if value, ok := os.LookupEnv(name); ok {
			r.Env[name] = value
		}
	}
	return r
}
