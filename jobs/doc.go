// Package jobs is the runtime of the code that jobgen generates. It receives the events
// that EventBridge sends to a Lambda function and calls the methods, the jobs, that
// handle them.
//
// This is a job. jobgen generates a dispatcher for it:
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
// Outside Lambda, the program prints how to run it locally with jobgen.
//
// # Which job runs
//
// That depends on the payload and on the function's Handler property, which Lambda
// passes to the program in the environment variable _HANDLER.
//
// If the handler names a job, that job is called. The name is
// "SecurityJob.InstanceStopping", "security.SecurityJob.InstanceStopping" or, with the
// import path, "example.com/security.SecurityJob.InstanceStopping". No pattern is
// matched, because EventBridge has already matched the event. The payload must be an
// EventBridge event: an object with the strings source and detail-type and the object
// detail. If a rule of the job has an input, the payload may be anything.
//
// If the handler is the package's name or import path, or any name without a dot
// (such as "bootstrap"), one function has all jobs of the package. The payload is one
// of these:
//
//   - {"jobs:rule": "<rule id>", "event": …}, which the rules of jobgen send. The
//     rule's job is called with the value of event, which is the event or the rule's
//     input. If no rule has the id, because it was renamed between two deployments, the
//     event is matched like the following one.
//   - A bare event. It is matched against all patterns. Each rule that matches calls
//     its job, one after the other in source order, so a job with two matching rules
//     runs twice. If a rule has an input, its job gets the input, made from the event.
//
// The result is what the job returned, as JSON, or null. The result for a bare event is
// always null.
//
// A handler with a dot that names no job is an error.
//
// # Several events in one payload
//
// A payload may also be a batch of an SQS queue. Each message's body is handled as if it
// were the payload, one after the other. A message fails if its job returns an error or
// panics, or if it is not an event. The other messages are not affected, except in a FIFO
// queue: there the later messages of the same message group fail too. If too little time is
// left before the function's deadline, a message is not begun, and fails. The answer is
// {"batchItemFailures": …} with the failed messages, which the queue delivers again. The
// event source mapping must have ReportBatchItemFailures; without it, Lambda deletes failed
// messages. The context of the jobs ends a little before the function's deadline, so that
// the answer can still be sent.
//
// A subscriber of a custom event bus sends an event, or a list of events, with or without
// metadata. The events of a list are handled one after the other, and the result is null.
// If several events were sent and some failed, the error joins their errors. A retry sends
// the whole list, so the jobs that succeeded run again. With the invocation type EVENT,
// Lambda retries as the function's asynchronous configuration says. With REQUEST_RESPONSE,
// EventBridge retries as the subscriber's retry policy says.
//
// # Several packages
//
// Mux joins the dispatchers of several packages in one program. If the handler is the
// name or import path of one of them, only the rules of that package are used.
//
// # Errors
//
// These errors can occur before any job is called:
//
//   - [*UnknownHandlerError]: the handler names no job;
//   - [*ForeignPayloadError]: the payload is neither an EventBridge event nor contains
//     one; the error says what it seems to be;
//   - [*NoMatchError]: no rule matches the event;
//   - [*ParameterError], [*PatternError]: a pattern refers to an environment variable
//     that is not set or whose value makes the pattern invalid.
//
// These errors can occur for each job:
//
//   - [*DecodeError]: the payload doesn't fit the job's parameter, is null, or has none
//     of the fields of a rule's input. The job is not called;
//   - [*ReceiverError]: Jobs has no receiver for the job, or the function that makes it
//     failed. [Start] panics if a function needs a receiver that Jobs doesn't have;
//   - [*InputError]: the rule's input can't be made from a bare event;
//   - [*PanicError]: the job panicked. The process continues;
//   - [*ResultError]: the job's result can't be encoded as JSON;
//   - the error that the job returned.
//
// If one job ran, its error is returned unchanged: Lambda reports its Go type as the
// errorType, and an aws-lambda-go messages.InvokeResponse_Error determines the whole
// report. If several jobs ran, a [*JobsError] holds the error of each that failed;
// [errors.As] and [errors.Is] examine them. All errors of this package are safe to log:
// they contain no event and quote only short texts.
//
// How Lambda handles an error depends on the function's asynchronous configuration. By
// default it runs the event twice more, so a job may run several times for one event,
// with the same [Event].ID.
//
// # Context, time and logs
//
// A job gets the context that Lambda made, with the function's deadline and
// aws-lambda-go's lambdacontext. [Dispatcher.WithLogger] sets a logger. Without one, nothing
// is logged, except the error of each failed message of an SQS queue, with package log.
//
// # How an event is processed
//
// The event is scanned once. The scan checks its complete grammar and records where
// each value is. All later steps use these positions. When the first bare event
// arrives, the patterns are compiled with the environment variables that they refer to;
// a program that gets no bare events compiles none. Generated code decodes the job's
// parameter, and nothing else, with the same result as encoding/json. It calls
// encoding/json for what it can't decode itself. Between two events, only compiled
// patterns and memory are kept.
//
// Package dispatch contains what only generated code uses. It is not stable.
package jobs
