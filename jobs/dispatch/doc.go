// Package dispatch is what the code that jobgen generates uses: the table of a
// package's rules, the payload that a job is sent, and the functions that decode it.
// No other code needs it.
//
// Nothing here is stable. A program must be built with the version of this package
// that belongs to the jobgen that wrote its jobs_gen.go. Where the two don't fit, the
// compiler says so, and running go generate again is the remedy.
package dispatch

import (
	"github.com/jobgen/jobgen/internal/payload"
	"github.com/jobgen/jobgen/internal/table"
	"github.com/jobgen/jobgen/jobs"
)

// RunGoGenerate1 is what generated code refers to. Its number changes with each
// change that generated code has to follow, so that the compiler's error for older
// code, "undefined: dispatch.RunGoGenerate1", says what to do.
const RunGoGenerate1 = true

// The types of a table of rules, and of the function that calls the jobs.
type (
	// Table is what generated code knows about its package.
	Table = table.Table
	// Rule is an EventBridge rule and the job that it calls.
	Rule = table.Rule
	// Input is what a rule's target is sent instead of the whole event.
	Input = table.Input
	// PathVar is a variable of an Input's template.
	PathVar = table.PathVar
	// Call runs the job with a handler.
	Call = table.Call
	// Payload is what a job is sent.
	Payload = payload.Payload
)

// NoSuchJob is the error that generated code returns for a handler that it has no
// job for.
func NoSuchJob(job string) error { return &jobs.NoSuchJobError{Job: job} }
