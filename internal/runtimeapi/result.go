package runtimeapi

import (
	"encoding/json"
	"fmt"
	"time"
)

// Unhandled is Lambda's value of FunctionError (API_Invoke, X-Amz-Function-Error). For
// functions written in Go it is the only one: for an error that the handler returns and
// for a crash.
const Unhandled = "Unhandled"

// Result is Lambda's answer to an invoke.
type Result struct {
	RequestID string
	Payload   []byte // the function's answer, or Lambda's description of the error as JSON
	Log       []byte // the last 4 KB that the process wrote from its start or its last invoke on

	FunctionError string   // Unhandled, or "" if the invoke succeeded
	ErrorType     string   // the error's Go type, or Lambda's name, such as Runtime.ExitError
	ErrorMessage  string   // for people
	StackTrace    []string // of a panic, innermost frame first: "path:line function"

	// Dispatched reports whether the event reached a dispatcher that jobgen generated.
	// Jobs are the jobs that the dispatcher ran. If it refused the event, there are none.
	Dispatched bool
	Jobs       []Job

	Duration     time.Duration // from the delivery of the event to the answer
	InitDuration time.Duration // of the process's start, if this invoke started a process
}

// aborted reports whether there is no result, because the caller's context ended first.
// All other results have a request id.
func (r Result) aborted() bool { return r.RequestID == "" }

// failed returns the result for an error that the function reported. If the body doesn't
// have Lambda's form, the result has no type and no message.
func failed(id string, body []byte) Result {
	var report struct {
		ErrorType    string            `json:"errorType"`
		ErrorMessage string            `json:"errorMessage"`
		StackTrace   []json.RawMessage `json:"stackTrace"`
	}
	r := Result{RequestID: id, Payload: body, FunctionError: Unhandled}
	if json.Unmarshal(body, &report) != nil {
		return r
	}
	r.ErrorType, r.ErrorMessage = report.ErrorType, report.ErrorMessage
	for _, frame := range report.StackTrace {
		r.StackTrace = append(r.StackTrace, frameText(frame))
	}
	return r
}

// frameText returns a stack frame as a line. aws-lambda-go reports the path, line and
// label of a frame.
func frameText(frame json.RawMessage) string {
	var f struct {
		Path  string
		Line  int
		Label string
	}
	if json.Unmarshal(frame, &f) != nil {
		return string(frame)
	}
	return fmt.Sprintf("%s:%d %s", f.Path, f.Line, f.Label)
}

// failure returns the result for an error that Lambda detects, in Lambda's words.
func failure(id, errorType, text string) Result {
	return describe(id, errorType, "RequestId: "+id+" Error: "+text)
}

// tooLarge returns the result for an answer that exceeds Lambda's limit.
func tooLarge(id string) Result {
	return describe(id, "Function.ResponseSizeTooLarge",
		fmt.Sprintf("Response payload size exceeded maximum allowed payload size (%d bytes).", maxResponse))
}

func timedOut(id string, timeout time.Duration) Result {
	return failure(id, "Sandbox.Timedout", fmt.Sprintf("Task timed out after %.2f seconds", timeout.Seconds()))
}

// describe returns the result for an error, with Lambda's description of it as payload.
func describe(id, errorType, message string) Result {
	payload, _ := json.Marshal(map[string]string{"errorType": errorType, "errorMessage": message}) // can't fail
	return Result{RequestID: id, Payload: payload, FunctionError: Unhandled, ErrorType: errorType, ErrorMessage: message}
}
