// Package jobs is the runtime of the code that jobgen generates: it takes the
// events that EventBridge sends a Lambda function and calls the methods, the
// jobs, that they are for.
//
// A job is written like this, and jobgen makes the dispatcher from it:
//
//	//jobs:event_pattern {source: [aws.ec2], detail: {state: [stopping]}}
//	func (j *SecurityJob) InstanceStopping(ctx context.Context, e jobs.Event[StateChange]) error
//
// The program of the Lambda function is:
//
//	func main() {
//		jobs.Start(security.NewDispatcher(security.Jobs{SecurityJob: &security.SecurityJob{}}))
//	}
//
// Run outside Lambda, it says how to run it locally with jobgen.
//
// # Which job runs
//
// That depends on the function's Handler property, which Lambda hands to the
// program in _HANDLER, and on the payload.
//
// The handler names a job: "SecurityJob.InstanceStopping",
// "security.SecurityJob.InstanceStopping" or, with the import path,
// "example.com/security.SecurityJob.InstanceStopping". The job is called;
// nothing is matched, because EventBridge has done that already. The payload
// must be an EventBridge event: an object with the strings source and
// detail-type and the object detail. It may be something else if a rule of the
// job has an input.
//
// The handler is the package's name or import path, or any name without a dot
// ("bootstrap"): then one function has all the package's jobs, and the payload
// is one of two things.
//
//   - {"jobs:rule": "<rule id>", "event": …}, which the rules that jobgen writes
//     send: the rule's job is called with what is inside, the event or what the
//     rule's input made of it. A rule that isn't known here, because it was
//     renamed between two deploys, leaves the event inside to be matched.
//   - An event as it is. It is matched against all patterns, and each rule that
//     matches calls its job, in source order, one after the other: a job with
//     two rules that match runs twice. A job whose rule has an input is sent
//     what the input makes of the event.
//
// The answer is what the job returned, as JSON, or null. A bare event's answer
// is always null.
//
// A handler with a dot that names nothing is an error, not a guess.
//
// # Several packages
//
// Mux joins the dispatchers of several packages in one program. A handler that
// is the name or the import path of one of them restricts it to that package's
// rules.
//
// # Errors
//
// Before any job is called, there may be
//
//   - [*UnknownHandlerError]: the handler names no job;
//   - [*ForeignPayloadError]: the payload is no EventBridge event; the error says
//     what it looks like;
//   - [*NoMatchError]: no rule wants the event;
//   - [*ParameterError], [*PatternError]: a pattern needs an environment variable
//     that isn't set, or one with a better value.
//
// For each job, there may be
//
//   - [*DecodeError]: the payload doesn't fit the type that the job takes, or is
//     null, or has none of the fields of a rule's input. The job is not called,
//     least of all with an empty value;
//   - [*InputError]: the rule's input can't be made from a bare event;
//   - [*PanicError]: the job panicked. The process goes on;
//   - [*ResultError]: what the job returned can't be written as JSON;
//   - what the job itself returned.
//
// Where one job ran, its error is returned as it is: Lambda reports its Go type
// as the errorType, and an aws-lambda-go messages.InvokeResponse_Error says all
// that is reported. Where several ran, a [*JobsError] holds what each that failed
// said; [errors.As] and [errors.Is] look into it. All of them are safe to log:
// they hold no event, and quote little.
//
// What Lambda does with an error is the function's asynchronous configuration:
// it runs the event again, twice unless told otherwise. So a job should be able
// to run twice for an event; [Event].ID is the same.
//
// # Context, time and logs
//
// A job gets the context that Lambda made, with the function's deadline and
// aws-lambda-go's lambdacontext. Nothing is logged unless [Dispatcher.WithLogger]
// says where.
//
// # What happens to an event
//
// Its bytes are gone through once. That checks the grammar of all of it and notes
// where each value is; what follows goes by the notes. The patterns are compiled for
// the first bare event, with the environment variables that they refer to. A program
// whose events are never bare compiles none. What the job takes,
// and nothing else, is decoded into its parameter by generated code, as
// encoding/json would; where that can't be, encoding/json does it. Nothing is kept
// from one event to the next but the compiled patterns and memory.
//
// What generated code alone uses is in package dispatch, which is not stable.
package jobs
