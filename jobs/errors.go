package jobs

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The errors of this package quote text from outside: an event, a panic's value, another
// package's error. To be safe to log, they contain no complete event, and long quotes are
// cut.
const (
	maxQuoted  = 100 // bytes of a name or value that is quoted
	maxMessage = 500 // bytes of another error's text
)

// clip cuts s to at most n bytes, between two characters, and marks the cut.
//
//go:noinline
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…"
}

// quote returns s in quotes, cut to the length that an error shows.
func quote(s string) string { return strconv.Quote(clip(s, maxQuoted)) }

// plain returns s, cut to the length that an error shows. It adds quotes if s contains
// characters that could be mistaken for a part of the message or of the log.
func plain(s string) string {
	quoted := quote(s)
	if s = clip(s, maxQuoted); len(quoted) == len(s)+len(`""`) { // what is escaped is longer
		return s
	}
	return quoted
}

// theEvent describes an event for a message, with its id if it has one.
//
//go:noinline
func theEvent(id string) string {
	if id == "" {
		return "the event"
	}
	return "the event " + plain(id)
}

// shown is the number of names or failures that a message lists.
const shown = 12

// list joins names for a message. It leaves out names beyond a limit and says how many.
func list(names []string) string {
	if len(names) <= shown {
		return strings.Join(names, ", ")
	}
	return strings.Join(names[:shown], ", ") + " and " + strconv.Itoa(len(names)-shown) + " more"
}

// who is the beginning of a message: the job, and the rule that calls it if it is known.
func who(handler, rule string) string {
	switch {
	case handler == "" && rule == "":
		return ""
	case rule == "":
		return handler + ": "
	case handler == "":
		return "rule " + plain(rule) + ": "
	}
	return handler + " (rule " + rule + "): "
}

// JobError is the failure of one job among several that ran for an event.
type JobError struct {
	Handler string // "SecurityJob.InstanceStopping"
	Rule    string // the id of the rule that called it
	Err     error  // what the job returned, or why it could not be called
}

func (e *JobError) Error() string {
	return who(e.Handler, e.Rule) + e.Err.Error()
}

// Unwrap returns the job's own error.
func (e *JobError) Unwrap() error { return e.Err }

// JobsError is returned if several jobs ran for one event and some failed. If Lambda
// retries the event, all of them run again, including those that succeeded. If only one
// job ran, its own error is returned unchanged.
type JobsError struct {
	EventID string
	Ran     int         // how many jobs the event was for
	Failed  []*JobError // in the order in which they ran
}

func (e *JobsError) Error() string {
	text := fmt.Sprintf("jobs: %d of the %d jobs for %s failed:", len(e.Failed), e.Ran, theEvent(e.EventID))
	return text + eachLine(e.Failed)
}

// Unwrap returns the failures.
func (e *JobsError) Unwrap() []error { return errorsOf(e.Failed) }

// eachLine returns the failures' messages, each on a new line. It leaves out failures beyond
// a limit and says how many.
func eachLine[E error](failed []E) (text string) {
	for _, f := range failed[:min(len(failed), shown)] {
		text += "\n" + f.Error()
	}
	if more := len(failed) - shown; more > 0 {
		text += "\nand " + strconv.Itoa(more) + " more"
	}
	return text
}

func errorsOf[E error](failed []E) []error {
	errs := make([]error, len(failed))
	for i, f := range failed {
		errs[i] = f
	}
	return errs
}

// NoMatchError reports an event that no rule matches.
type NoMatchError struct {
	Source, DetailType, EventID string
	// Rule is the rule id in the payload's envelope, if it has one. No rule of this
	// program has that id.
	Rule string
	// Packages are the import paths of the packages whose rules were tried.
	Packages []string
}

func (e *NoMatchError) Error() string {
	unknown := ""
	if e.Rule != "" {
		unknown = "the rule " + quote(e.Rule) + " is unknown here, and "
	}
	return "jobs: " + unknown + "no rule of " + list(e.Packages) + " wants " + theEvent(e.EventID) +
		" (source " + quote(e.Source) + ", detail-type " + quote(e.DetailType) +
		"); save it to a file and run 'jobgen which -p " + strings.Join(e.Packages, " -p ") + " FILE' to see why not"
}

// ResultError reports that a job's result can't be encoded as JSON. The job itself has
// succeeded.
type ResultError struct {
	Handler string
	Rule    string // the rule's id, where it is known
	Err     error
}

func (e *ResultError) Error() string {
	return "jobs: " + who(e.Handler, e.Rule) + "the job is done, but its result is not JSON: " +
		clip(e.Err.Error(), maxMessage) + "; return a type that encoding/json writes"
}

// Unwrap returns encoding/json's error.
func (e *ResultError) Unwrap() error { return e.Err }

// InputError reports that a rule's input can't be made from an event. EventBridge would
// not be able to send one either.
type InputError struct {
	Rule string
	Err  error
}

func (e *InputError) Error() string {
	return "jobs: " + who("", e.Rule) + "the input can't be made from the event: " + clip(e.Err.Error(), maxMessage)
}

// Unwrap returns the reason.
func (e *InputError) Unwrap() error { return e.Err }
