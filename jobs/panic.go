package jobs

import (
	"bytes"
	"fmt"
)

// PanicError says that a job panicked. The process goes on: the next event finds
// it as it is.
type PanicError struct {
	Handler string
	Rule    string // the rule's id, where it is known
	Value   any    // what the job panicked with
	Stack   []byte // the goroutine's, as runtime/debug.Stack gives it
}

// Error holds the stack below the panic too, because Lambda logs the text of an
// error and nothing else.
func (e *PanicError) Error() string {
	return "jobs: " + who(e.Handler, e.Rule) + "panic: " + clip(fmt.Sprint(e.Value), maxMessage) +
		"\n\n" + clip(string(e.frames()), maxStack)
}

// maxStack is how many bytes of a stack an error's text holds.
const maxStack = 8000

// frames returns the stack from where it panicked to the dispatcher: what is
// above is the runtime's own, what is below is the same for every job.
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

// dispatcherFrame is how the line of the frame that called the job begins.
const dispatcherFrame = "github.com/jobgen/jobgen/jobs.(*run).call("

// Unwrap returns what the job panicked with, if that is an error.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}
