package jobs

import (
	"context"
	"fmt"

	"github.com/jobgen/jobgen/internal/match"
)

// Table is what generated code knows about its package: static data that is
// neither compiled nor changed at start-up.
type Table struct {
	// Package is the package's name in handlers: "security", or the one that
	// //jobs:package handler gives.
	Package string
	Path    string // its import path: "example.com/security"
	Jobs    []Job
	Rules   []Rule // in source order, which is the order in which they run
	// Matcher is what the rules' patterns come to, with the rules' indexes and ids.
	Matcher *Matcher
	// Params reads the parameters of the patterns; nil where there are none.
	Params Parameters
}

// Matcher is what the patterns of rules come to: the data by which an event is
// matched against all of them at once. jobgen makes it; nothing is compiled from it
// when a program starts, and nothing in it ever changes.
type Matcher = match.Table

// What few patterns ask for is a part of a Matcher, so that a program without such
// patterns is without the code for it.
type (
	// RareOperators are for a wildcard, a cidr, and a text that is compared without
	// regard to case.
	RareOperators = match.RareOperators
	// Numbers are for numbers that are compared.
	Numbers = match.Numbers
	// Lists are for several fields in an object that may be an element of a list.
	Lists = match.Lists
	// Parts are for rules of several senders: an event is matched against the rules of
	// its own.
	Parts = match.Parts
)

// MatcherNode is a key that patterns ask for, in a Matcher.
type MatcherNode = match.Node

// MatcherParam is a text in a pattern that refers to parameters.
type MatcherParam = match.Param

// Job is a method that rules call.
type Job struct {
	// Handler is its type and method, as the Lambda Handler property names it:
	// "SecurityJob.InstanceStopping". In a package that //jobs:package handler names,
	// that name is in front: "orders.SecurityJob.InstanceStopping".
	Handler string
}

// Rule is an EventBridge rule and the job that it calls.
type Rule struct {
	ID  string // unique in the package
	Job int    // index in Table.Jobs
	// Source and DetailType are those of all events that the rule wants; empty where
	// there may be several. The events that its job is sent have these very strings,
	// not copies.
	Source, DetailType string
	// Pattern is the event pattern as JSON. A schedule has one too, for the
	// event that EventBridge makes for it.
	Pattern string
	// Params are the names of the parameters in Pattern. Where there are any,
	// ${Name} in a string of Pattern stands for the environment variable Name,
	// and $${ for a literal ${.
	Params []string
	// Input makes what the job is sent instead of the whole event; nil for that.
	Input InputMaker
}

// Call runs the job with this index in the table's Jobs: it decodes the payload
// into what the method takes, calls it and returns its result, nil for a method
// that has none. Generated code holds one for each package.
type Call func(ctx context.Context, job int, p *Payload) (any, error)

// NoSuchJob is the error that generated code returns for an index that is not in
// its table.
func NoSuchJob(job int) error { return &NoSuchJobError{Job: job} }

// NoSuchJobError says that a Table and its Call don't belong together: one of
// them was edited.
type NoSuchJobError struct{ Job int }

func (e *NoSuchJobError) Error() string {
	return fmt.Sprintf("jobs: the generated code has no job %d: it was edited; run go generate", e.Job)
}
