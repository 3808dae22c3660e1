// Jobgen declares EventBridge rules where Go handles them: it reads the //jobs:
// directives above methods, checks every rule, and writes a typed dispatcher for
// AWS Lambda and the rule files that deploy it.
//
// Usage:
//
//	jobgen [flags] [packages]
//	jobgen COMMAND [flags] [arguments]
//
// Without a command it generates, for the package in the current directory if no
// other is named. A job is a method with a directive in its doc comment:
//
//	package shop
//
//	//go:generate go tool jobgen
//
//	// OrderJob handles the shop's orders.
//	type OrderJob struct{}
//
//	// Placed handles an order that was placed.
//	//
//	//jobs:event_pattern {source: [shop.orders], detail-type: [Order Placed]}
//	func (j *OrderJob) Placed(ctx context.Context, e jobs.Event[Order]) error {
//		…
//	}
//
//	// Sweep forgets what is old.
//	//
//	//jobs:rate 1 hour
//	func (j *OrderJob) Sweep() error {
//		…
//	}
//
// go generate then writes jobs_gen.go and jobs.cfn.yaml beside it, or, if anything
// is wrong, nothing: every finding has its file, line and column, a code,
// and the nearest right name. A file without jobgen's header is never overwritten.
//
// The flags are:
//
//	-check
//		write nothing; exit with 1 if a file is stale
//	-diff
//		write nothing; print what would change, and what it means in the
//		cloud; exit with 1 if anything would
//	-format formats
//		the rule files to write: cloudformation (the default), sam,
//		terraform, serverless, json
//	-functions method|package
//		one Lambda function per method (the default), or one for the package
//	-json
//		print findings on standard output, one object a line
//	-schema SOURCE=FILE
//		a JSON Schema or OpenAPI document that describes a source's events
//	-strict
//		make warnings errors
//	-tags tags
//		build tags, as for go build
//	-template FILE
//		a text/template of your own, for any other deployment tool
//
// The commands are:
//
//	list        list the jobs: their rules, patterns, schedules and functions
//	run         run events through the real binary, as AWS would
//	which       tell which jobs fire for an event, and why the others don't
//	match       tell whether a pattern matches an event, and if not, why
//	events      browse the catalog of AWS events
//	directives  describe every directive and its properties
//	explain     explain a diagnostic's code: cause, example, remedy
//	version     print the version of jobgen
//
// “jobgen help COMMAND” says more about one. Some examples:
//
//	jobgen ./...                          generate for all packages below
//	jobgen -check ./...                   in CI
//	jobgen run ./lambda event.json        feed an event to the real binary
//	jobgen run -rule SweepDaily ./lambda  run one rule's job, as its schedule does
//	jobgen which -p ./... event.json      why does my job not fire?
//	jobgen events -go aws.ec2 "EC2 Instance State-change Notification"
//
// Jobgen exits with 0 if all is well, with 1 if a file is stale, nothing matches or
// a job failed, and with 2 for findings, wrong usage and what can't be read or
// written. SIGINT and SIGTERM end it within a second, with all processes that it has
// started; it prints “jobgen: interrupted” then and exits with 2.
package main

import "os"

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
