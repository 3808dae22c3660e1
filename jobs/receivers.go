package jobs

import (
	"context"
	"strings"
	"sync/atomic"

	"github.com/jobgen/jobgen/internal/table"
)

// ReceiverError reports a job that can't be called because it has no receiver. The fields of
// Jobs for the receiver are nil, or the function that makes the receiver failed. The next event
// that needs the receiver calls the function again.
type ReceiverError struct {
	Handler string // "SecurityJob.InstanceStopping"
	Rule    string // the id of the rule that called the job; empty if it isn't known
	Type    string // the receiver's type: "SecurityJob"
	Package string // import path of the package with Jobs
	Err     error  // the function's error; nil if there is no function
}

func (e *ReceiverError) Error() string {
	begin := "jobs: " + who(e.Handler, e.Rule)
	if e.Err != nil {
		return begin + "its receiver *" + e.Type + " can't be made: " + clip(e.Err.Error(), maxMessage)
	}
	return begin + nilFields(e.Package, e.Type) + "; pass a receiver to NewDispatcher"
}

// Unwrap returns the function's error.
func (e *ReceiverError) Unwrap() error { return e.Err }

// needed holds the receivers of a package that a program leaves out or makes when needed.
type needed []*pending

// pending is a receiver that is missing, or that is made when it is needed.
type pending struct {
	table.Receiver
	turn chan struct{} // has an item while the receiver is being made
	made atomic.Bool
}

// neededOf returns the receivers that a program doesn't pass, or nil if it passes all. It
// panics if a program passes both a receiver and the function that makes it.
func neededOf(t *table.Table, receivers []table.Receiver) (n needed) {
	for _, r := range receivers {
		switch r.State {
		case table.Given:
		case table.Twofold:
			panic("jobs.New: Jobs of " + t.Path + " has both a *" + r.Type + " and a function that makes one; leave one of them nil")
		default:
			n = append(n, &pending{Receiver: r, turn: make(chan struct{}, 1)})
		}
	}
	return n
}

// need makes the receiver with the type's name if it isn't made yet. Missing reports whether
// the program passes neither the receiver nor a function.
func (n needed) need(ctx context.Context, name string) (missing bool, err error) {
	for _, p := range n {
		if p.Type == name {
			return p.State == table.Missing, p.need(ctx)
		}
	}
	return false, nil
}

// need makes the receiver if it isn't made yet. If another event makes it at the same time,
// need waits for that. Events that need other receivers don't wait.
func (p *pending) need(ctx context.Context) error {
	if p.Make == nil || p.made.Load() {
		return nil
	}
	select {
	case p.turn <- struct{}{}:
		defer func() { <-p.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	if p.made.Load() {
		return nil
	}
	if err := p.Make(ctx); err != nil {
		return err
	}
	p.made.Store(true)
	return nil
}

// missing returns the types of the receivers for which the program passes neither the receiver
// nor a function.
func (n needed) missing() (names []string) {
	for _, p := range n {
		if p.State == table.Missing {
			names = append(names, p.Type)
		}
	}
	return names
}

// needReceiver makes the job's receiver if it isn't made yet.
//
//go:noinline
func (r *run) needReceiver(ctx context.Context) error {
	name := receiverOf(r.job)
	missing, err := r.part.needed.need(ctx, name)
	if err == nil && !missing {
		return nil
	}
	handler, rule := r.labels()
	return &ReceiverError{Handler: handler, Rule: rule, Type: name, Package: r.part.table.Path, Err: err}
}

// nilFields says which fields of a package's Jobs are nil.
func nilFields(path string, types ...string) string {
	verb := " is nil"
	if len(types) > 1 {
		verb = " are nil"
	}
	return "in Jobs of " + path + ", *" + strings.Join(types, " and *") + verb
}

// receiverOf returns the type in a job's handler: SecurityJob for
// SecurityJob.InstanceStopping.
func receiverOf(job string) string {
	name := job[:max(strings.LastIndexByte(job, '.'), 0)]
	return name[strings.LastIndexByte(name, '.')+1:]
}

// prepare makes the receiver of the job that the handler names. If the function that makes it
// fails, the first event calls that function again and reports the error.
//
// prepare returns a text about the missing receivers that the Lambda function needs, or "". If
// the handler names no job, the function needs all receivers of the packages that it matches.
func (r *route) prepare(ctx context.Context) string {
	if r.named != nil {
		name := receiverOf(r.job)
		if missing, _ := r.named.needed.need(ctx, name); missing {
			return nilFields(r.named.table.Path, name)
		}
		return ""
	}
	var all []string
	for i := range r.parts {
		if names := r.parts[i].needed.missing(); r.err == nil && len(names) > 0 {
			all = append(all, nilFields(r.parts[i].table.Path, names...))
		}
	}
	return strings.Join(all, "; ")
}
