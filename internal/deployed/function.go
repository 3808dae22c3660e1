package deployed

import (
	"cmp"
	"maps"
	"os"
	"slices"
	"time"

	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/runtimeapi"
)

// FunctionName returns the handler of the Lambda function that runs the rule.
func (r *Rule) FunctionName() string { return FunctionName(r.Package, r.Job) }

// FunctionKey identifies the function among those of all packages.
func (r *Rule) FunctionKey() string { return r.Package.Path + " " + r.FunctionName() }

// FunctionName returns the handler of the Lambda function that runs a job.
func FunctionName(p *model.Package, j *model.Job) string {
	if p.Layout == model.PerPackage {
		return p.HandlerName()
	}
	return j.Handler()
}

// Function returns the properties of the function that runs the rule.
func (r *Rule) Function() model.Function { return r.Package.FunctionOf(r.Job) }

// The defaults of a function's properties, as in the rule files.
const (
	defaultMemory  = 128
	defaultTimeout = 30 * time.Second
)

// Program describes the Lambda function that runs the rule as a program on this machine.
func (r *Rule) Program(binary string, given Parameters) runtimeapi.Function {
	f := r.Function()
	fn := runtimeapi.Function{
		Name: r.FunctionName(), Binary: binary, Handler: r.FunctionName(),
		MemoryMB: cmp.Or(f.Memory, defaultMemory), Timeout: cmp.Or(f.Timeout, defaultTimeout),
	}
	// Lambda sets these two, and aws-lambda-go's logger (package lambdacontext) reads them.
	if f.LogFormat == "JSON" {
		fn.Env = append(fn.Env, "AWS_LAMBDA_LOG_FORMAT=JSON", "AWS_LAMBDA_LOG_LEVEL="+cmp.Or(f.LogLevel, "INFO"))
	}
	for _, v := range f.Environment {
		fn.Env = append(fn.Env, v.Name+"="+v.Value.Expand(func(name string) string { return r.Values[name] }))
	}
	fn.Env = append(fn.Env, r.environment(given)...)
	return fn
}

// environment returns NAME=value for the parameters of the rule's function that get a value from
// -param, and for those in the patterns of its rules that the environment doesn't have.
func (r *Rule) environment(given Parameters) []string {
	matched := map[string]bool{}
	for _, other := range r.Package.Rules() {
		if FunctionName(r.Package, other.Job) == r.FunctionName() {
			for _, name := range other.Matcher().Params() {
				matched[name] = true
			}
		}
	}
	var env []string
	for _, name := range slices.Sorted(maps.Keys(r.Values)) {
		_, isGiven := given[name]
		_, isSet := os.LookupEnv(name)
		if isGiven || matched[name] && !isSet {
			env = append(env, name+"="+r.Values[name])
		}
	}
	return env
}

// The error types of failures that neither the job nor Lambda reports.
const (
	ErrorInput        = "EventBridge.InvalidInput"   // the target's input can't be made
	ErrorNoDispatcher = "Jobgen.DispatcherNotCalled" // the program didn't call the dispatcher
	ErrorNoJob        = "Jobgen.NoJobRan"            // the dispatcher refused the event
	ErrorOtherJob     = "Jobgen.OtherJobRan"         // the dispatcher ran another job
	ErrorItem         = "SQS.BatchItemFailure"       // the answer reports a message as failed
)

// CheckDispatch returns an error if a function answered without an error but ran no job, or
// ran a job that is not one of the allowed jobs of the rule's package.
func (r *Rule) CheckDispatch(allowed []*model.Job, result runtimeapi.Result) (errorType, message string) {
	if !result.Dispatched {
		return ErrorNoDispatcher, "the program answered, but did not call jobgen's dispatcher: " +
			"its main function starts another handler, or its handler returns before it calls the dispatcher; " +
			"start the dispatcher (jobs.Start(" + r.Package.Name + ".NewDispatcher(…))), or call its Invoke method from the handler"
	}
	if len(result.Jobs) == 0 {
		return ErrorNoJob, "the dispatcher refused the event, and the program's handler dropped the error: return it"
	}
	for _, job := range result.Jobs {
		if job.Package == r.Package.Path && slices.ContainsFunc(allowed, func(j *model.Job) bool { return j.Handler() == job.Handler }) {
			continue
		}
		return ErrorOtherJob, "the dispatcher ran " + job.Package + "." + job.Handler + ", and the rule is for " +
			r.Package.Path + "." + r.Job.Handler() + "; check which dispatcher the main function starts, and with which handler"
	}
	return "", ""
}

// FunctionJobs returns the jobs of the function that runs the rule.
func (r *Rule) FunctionJobs() []*model.Job {
	if r.Package.Layout != model.PerPackage {
		return []*model.Job{r.Job}
	}
	return r.Package.Jobs()
}
