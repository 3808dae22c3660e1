// Package table holds what generated code knows of its package.
package table

import (
	"context"

	"github.com/jobgen/jobgen/internal/payload"
)

// Table is what generated code knows about its package. It is static data: nothing
// is done with it when a program starts.
type Table struct {
	// Package is the package's name in handlers: "security", or the one that
	// //jobs:package handler gives.
	Package string
	Path    string // its import path: "example.com/security"
	// Defaults are the declared defaults of parameters in patterns. Only tests use them.
	Defaults []Default
	Rules    []Rule // in source order, which is the order in which they run
}

// Default is the declared default of a parameter, as an environment variable has it.
type Default struct{ Name, Value string }

// Handlers returns the handlers of the jobs, in source order.
func (t *Table) Handlers() []string {
	var all []string
	for i := range t.Rules {
		if job := t.Rules[i].Job; i == 0 || t.Rules[i-1].Job != job {
			all = append(all, job) // the rules of a job follow each other
		}
	}
	return all
}

// Rule is an EventBridge rule and the job that it calls.
type Rule struct {
	ID string // unique in the package
	// Job is the handler of the job, as the Lambda Handler property names it:
	// "SecurityJob.InstanceStopping".
	Job string
	// Pattern is the event pattern as JSON. A schedule has one too, for the
	// event that EventBridge makes for it.
	Pattern string
	// Params are the names of the parameters in Pattern. Where there are any,
	// ${Name} in a string of Pattern is the value of the environment variable Name,
	// and $${ is a literal ${.
	Params []string
	// Lists are those of Params that are whole lists of values. Each is the only value of a
	// list in Pattern. In the environment variable the values have commas between them.
	Lists []string
	// Input makes what the job is sent instead of the whole event; nil for that.
	Input InputMaker
}

// Receiver is the receiver of jobs that a program passes to NewDispatcher.
type Receiver struct {
	Type string // the name of its type, as in the handlers of its jobs
	// State says whether the program passes the receiver, or a function that makes it.
	State ReceiverState
	// Make calls that function and keeps the receiver. It is nil if there is none.
	Make func(context.Context) error
}

// ReceiverState says what a program passes for a receiver.
type ReceiverState byte

// The states of a receiver.
const (
	Given   ReceiverState = iota
	Missing               // neither the receiver nor a function
	Made                  // by a function, when it is needed
	Twofold               // both the receiver and the function, which is an error
)

// Call runs the job with this handler: it decodes the payload into what the method
// takes, calls it and returns its result, nil for a method that has none. Generated
// code has one for each package.
type Call func(ctx context.Context, job string, p *payload.Payload) (any, error)

// HasInput reports whether a rule of a job sends it something other than the whole
// event.
func (t *Table) HasInput(job string) bool {
	for i := range t.Rules {
		if t.Rules[i].Job == job && t.Rules[i].Input != nil {
			return true
		}
	}
	return false
}

// IsFixed reports whether all that a job's rules send has fields that the job takes.
func (t *Table) IsFixed(job string) bool {
	for i := range t.Rules {
		if in := t.Rules[i].Input; t.Rules[i].Job == job && (in == nil || in.Free()) {
			return false
		}
	}
	return true
}
