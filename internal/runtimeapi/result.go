package runtimeapi

import (
	"encoding/json"
	"fmt"
	"time"
)

// Unhandled is Lambda's mark of an invoke that failed (API_Invoke,
// X-Amz-Function-Error). It is the only one for functions written in Go: for an error
// that the handler returned and for a crash.
const Unhandled = "Unhandled"

// Result is what Lambda answers to an invoke.
type Result struct {
	RequestID string
	Payload   []byte // the answer; on an error Lambda's description of it, as JSON

	FunctionError string   // "" if the invoke went well, else Unhandled
	ErrorType     string   // the error's Go type, or Lambda's name, as Runtime.ExitError
	ErrorMessage  string   // for people
	StackTrace    []string // of a panic, innermost first: "path:line function"

	// Dispatched reports that the event reached the dispatcher that jobgen generates;
	// Jobs are those that it ran, none if it refused the event.
	Dispatched bool
	Jobs       []Job

	Duration     time.Duration // from handing the event over to the answer
	InitDuration time.Duration // of the process's start, if this invoke started one
}

// aborted reports that there is no result, because the caller's context ended
// first. Any other has its request id.
func (r Result) aborted() bool { return r.RequestID == "" }

// succeeded is the result of an answer.
func succeeded(id string, payload []byte) Result {
	return Result{RequestID: id, Payload: payload}
}

// failed is the result of an error that the function reported. A body that is
// not of Lambda's form has no type and no message.
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

// frameText makes a line of a stack frame: aws-lambda-go reports path, line and
// label; other runtimes report text.
func frameText(frame json.RawMessage) string {
	var f struct {
		Path  string
		Line  int
		Label string
	}
	var text string
	switch {
	case json.Unmarshal(frame, &text) == nil:
		return text
	case json.Unmarshal(frame, &f) == nil:
		return fmt.Sprintf("%s:%d %s", f.Path, f.Line, f.Label)
	default:
		return string(frame)
	}
}

// failure is the result of an error that Lambda finds, in Lambda's words.
func failure(id, errorType, text string) Result {
	return Result{
		RequestID:     id,
		FunctionError: Unhandled,
		ErrorType:     errorType,
		ErrorMessage:  "RequestId: " + id + " Error: " + text,
	}.withPayload()
}

// tooLarge is the result of an answer that is over Lambda's limit.
func tooLarge(id string) Result {
	return Result{
		RequestID:     id,
		FunctionError: Unhandled,
		ErrorType:     "Function.ResponseSizeTooLarge",
		ErrorMessage:  fmt.Sprintf("Response payload size exceeded maximum allowed payload size (%d bytes).", maxResponse),
	}.withPayload()
}

func timedOut(id string, timeout time.Duration) Result {
	return failure(id, "Sandbox.Timedout", fmt.Sprintf("Task timed out after %.2f seconds", timeout.Seconds()))
}

func (r Result) withPayload() Result {
	report := struct {
		ErrorType    string `json:"errorType"`
		ErrorMessage string `json:"errorMessage"`
	}{r.ErrorType, r.ErrorMessage}
	payload, err := json.Marshal(report)
	if err != nil {
		panic(err) // two strings can always be encoded
	}
	r.Payload = payload
	return r
}
