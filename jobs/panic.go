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
	return fmt.Sprintf("jobs: %spanic: %s\n\n%s", who(e.Handler, e.Rule),
		clip(fmt.Sprint(e.Value), maxMessage), clip(string(e.frames()), maxStack))
}

// maxStack is how many bytes of a stack an error's text holds.
const maxStack = 8000

// frames returns the stack from where it panicked to the dispatcher: what is
// above is the runtime's own, what is below is the same for every job.
func (e *PanicError) frames() []byte {
	stack := e.Stack
	if _, after, ok := bytes.Cut(stack, []byte("\npanic(")); ok {
		if _, rest, ok := nextFrame(after); ok {
			stack = rest
		}
	}
	if i := bytes.Index(stack, []byte("\n"+dispatcherFrame)); i >= 0 {
		stack = stack[:i]
	}
	return bytes.TrimSpace(stack)
}

// dispatcherFrame is how the line of the frame that called the job begins.
const dispatcherFrame = "github.com/jobgen/jobgen/jobs.(*run).call("

// nextFrame cuts a frame, two lines, off a stack.
func nextFrame(stack []byte) (frame, rest []byte, ok bool) {
	end := 0
	for range 2 {
		i := bytes.IndexByte(stack[end:], '\n')
		if i < 0 {
			return nil, nil, false
		}
		end += i + 1
	}
	return stack[:end], stack[end:], true
}

// Unwrap returns what the job panicked with, if that is an error.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}
