package main

import (
	"strings"

	"github.com/jobgen/jobgen/internal/runtimeapi"
)

// The error types of failures that neither the job nor Lambda reports.
const (
	errorInput        = "EventBridge.InvalidInput"   // the target's input can't be made
	errorNoDispatcher = "Jobgen.DispatcherNotCalled" // the program didn't call the dispatcher
	errorNoJob        = "Jobgen.NoJobRan"            // the dispatcher refused the event
	errorOtherJob     = "Jobgen.OtherJobRan"         // the dispatcher ran another job
)

// fill sets the fields from a function's answer and its dispatcher's report.
func (f *fired) fill(rule *liveRule, result runtimeapi.Result) {
	f.DurationMS, f.InitMS = milliseconds(result.Duration), milliseconds(result.InitDuration)
	f.Method = handlers(result.Jobs)
	if result.FunctionError != "" {
		f.ErrorType, f.Error, f.Stack = result.ErrorType, result.ErrorMessage, result.StackTrace
		f.after = afterFailure(rule)
		return
	}
	f.Answer = result.Payload
	f.ErrorType, f.Error = checkDispatch(rule, result)
}

// handlers returns the names of the jobs that ran.
func handlers(ran []runtimeapi.Job) string {
	names := make([]string, len(ran))
	for i, job := range ran {
		names[i] = job.Handler
	}
	return strings.Join(names, ", ")
}

// checkDispatch returns an error if a function answered without an error but did not run
// the rule's job, or also ran another one.
func checkDispatch(rule *liveRule, result runtimeapi.Result) (errorType, message string) {
	if !result.Dispatched {
		return errorNoDispatcher, "the program answered, but did not call jobgen's dispatcher: " +
			"its main function starts another handler, or its handler returns before it calls the dispatcher; " +
			"start the dispatcher (jobs.Start(" + rule.pkg.Name + ".NewDispatcher(…))), or call its Invoke method from the handler"
	}
	if len(result.Jobs) == 0 {
		return errorNoJob, "the dispatcher refused the event, and the program's handler dropped the error: return it"
	}
	for _, job := range result.Jobs {
		if job.Package == rule.pkg.Path && job.Handler == rule.Job.Handler() {
			continue
		}
		return errorOtherJob, "the dispatcher ran " + job.Package + "." + job.Handler + ", and the rule is for " +
			rule.pkg.Path + "." + rule.Job.Handler() + "; check which dispatcher the main function starts, and with which handler"
	}
	return "", ""
}
