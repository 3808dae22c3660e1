package jobs

import (
	"context"
	"fmt"
)

// Table is what generated code knows about its package. It is static data: nothing
// is done with it when a program starts.
type Table struct {
	// Package is the package's name in handlers: "security", or the one that
	// //jobs:package handler gives.
	Package string
	Path    string // its import path: "example.com/security"
	Rules   []Rule // in source order, which is the order in which they run
}

// handlers returns the handlers of the jobs, in source order.
func (t *Table) handlers() []string {
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
	// Input makes what the job is sent instead of the whole event; nil for that.
	Input InputMaker
}

// Call runs the job with this handler: it decodes the payload into what the method
// takes, calls it and returns its result, nil for a method that has none. Generated
// code has one for each package.
type Call func(ctx context.Context, job string, p *Payload) (any, error)

// NoSuchJob is the error that generated code returns for a handler that it has no
// job for.
func NoSuchJob(job string) error { return &NoSuchJobError{Job: job} }

// NoSuchJobError says that the rules and the calls of generated code don't belong
// together: one of them was edited.
type NoSuchJobError struct{ Job string }

func (e *NoSuchJobError) Error() string {
	return fmt.Sprintf("jobs: the generated code has no job %s: it was edited; run go generate", e.Job)
}
