// Package dispatch contains types and functions for the code that jobgen generates: the
// table of a package's rules, the payload of a job, and functions that decode payloads.
// Other code doesn't need it.
//
// The package is not stable. A program must be built with the version of this package
// that belongs to the jobgen that wrote its jobs_gen.go. If the versions don't fit, the
// program doesn't compile; run go generate again.
package dispatch

import (
	"errors"

	"github.com/jobgen/jobgen/internal/payload"
	"github.com/jobgen/jobgen/internal/table"
)

// RunGoGenerate1 is a name that generated code refers to. Its number changes with each
// incompatible change of this package, so that the compiler's error for older code,
// "undefined: dispatch.RunGoGenerate1", says what to do.
const RunGoGenerate1 = true

// The types of a table of rules, and of the function that calls the jobs.
type (
	// Table describes a package in generated code.
	Table = table.Table
	// Rule is an EventBridge rule and the job that it calls.
	Rule = table.Rule
	// Default is the declared default of a parameter, which only tests use.
	Default = table.Default
	// Input describes the input that a rule sends instead of the event.
	Input = table.Input
	// PathVar is a variable of an Input's template.
	PathVar = table.PathVar
	// Receiver is the receiver of jobs that is passed to NewDispatcher.
	Receiver = table.Receiver
	// Call calls the job with a handler.
	Call = table.Call
	// Payload is the payload of a job.
	Payload = payload.Payload
)

// NoSuchJob returns the error for a job that the generated code doesn't have. That happens only
// if the generated file was edited.
func NoSuchJob(job string) error {
	return errors.New("jobs: the generated code has no job " + job + ": it was edited; run go generate")
}
