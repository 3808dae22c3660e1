// Jobgen generates AWS Lambda dispatchers and EventBridge rules from comments in Go
// code. It reads the //jobs: directives of methods, checks every rule, and writes a typed
// dispatcher and the rule files that deploy it.
//
// Usage:
//
//	jobgen [flags] [packages]
//	jobgen COMMAND [flags] [arguments]
//
// Without a command it generates the files of the named packages, by default of the
// package in the current directory. A job is a method with a directive in its doc comment:
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
//	// Sweep deletes old orders.
//	//
//	//jobs:rate 1 hour
//	func (j *OrderJob) Sweep() error {
//		…
//	}
//
// go generate then writes jobs_gen.go and jobs.cfn.yaml next to the code. If there are
// errors, it writes nothing. Every finding has a file, line and column, a code, and, if a
// name is wrong, the nearest correct one. Jobgen never overwrites a file without its header.
//
// The flags are:
//
//	-check
//		write nothing; exit with 1 if a file is stale
//	-diff
//		write nothing; print the changes and their effects in the cloud;
//		exit with 1 if there are any
//	-fix
//		change the Go sources as the findings suggest, print what was changed,
//		and generate nothing
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
//	-trace FILE
//		write a trace of jobgen's own steps, for go tool trace
//
// The commands are:
//
//	init        write a first job, its test and its main package
//	list        list the jobs: their rules, patterns, schedules and functions
//	run         run events through the real binary, as AWS would
//	dev         run a local EventBridge with the real binary, rebuilt on change
//	build       build the zip file of the functions, with the same bytes everywhere
//	which       tell which jobs fire for an event, and why the others don't
//	match       tell whether a pattern matches an event, and if not, why
//	events      browse AWS's events and your own
//	graph       draw what fires the jobs and where failed events go
//	directives  describe every directive and its properties
//	explain     explain a diagnostic's code: cause, example, remedy
//	completion  print a script with which a shell completes jobgen's commands
//	version     print the version of jobgen
//
// “jobgen help COMMAND” says more about one. Some examples:
//
//	jobgen init                           write a first job, here
//	jobgen ./...                          generate for all packages below
//	jobgen -check ./...                   in CI
//	jobgen run ./lambda event.json        feed an event to the real binary
//	jobgen dev ./lambda                   answer AWS's CLI and SDKs, here
//	jobgen build ./lambda                 build bootstrap.zip
//	jobgen run -rule SweepDaily ./lambda  run one rule's job, as its schedule does
//	jobgen which -p ./... event.json      why does my job not fire?
//	jobgen events -go aws.ec2 "EC2 Instance State-change Notification"
//
// Jobgen exits with 0 on success, with 1 if a file is stale, nothing matches or a job
// failed, and with 2 for errors in the code, wrong usage, and failures to read or write.
// SIGINT and SIGTERM end it within a second, with all processes that it has started. It
// then prints “jobgen: interrupted” and exits with 2.
package main

import "os"

func main() {
	delayCollection()
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
