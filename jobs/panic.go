package jobs

import (
	"bytes"
	"fmt"
)

// PanicError reports that a job panicked. The process continues and handles the next
// event in its current state.
type PanicError struct {
	Handler string
	Rule    string // the rule's id, where it is known
	Value   any    // what the job panicked with
	Stack   []byte // the goroutine's, as runtime/debug.Stack gives it
}

// Error includes the stack of the panic, because Lambda logs only the text of an error.
func (e *PanicError) Error() string {
	return "jobs: " + who(e.Handler, e.Rule) + "panic: " + clip(fmt.Sprint(e.Value), maxMessage) +
		"\n\n" + clip(string(e.frames()), maxStack)
}

// maxStack is the maximum length of the stack in an error's text, in bytes.
const maxStack = 8000

// frames returns the stack from the panic to the dispatcher. The frames above belong to
// the Go runtime, and the frames below are the same for every job.
func (e *PanicError) frames() []byte {
	stack := e.Stack
	if _, after, ok := bytes.Cut(stack, []byte("\npanic(")); ok {
		for range 2 { // the lines of its frame
			_, after, _ = bytes.Cut(after, []byte("\n"))
		}
		stack = after
	}
	stack, _, _ = bytes.Cut(stack, []byte("\n"+dispatcherFrame))
	return bytes.TrimSpace(stack)
}

// dispatcherFrame is the beginning of the line of the frame that called the job.
const dispatcherFrame = "github.com/jobgen/jobgen/jobs.(*run).call("

// Unwrap returns what the job panicked with, if that is an error.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}
