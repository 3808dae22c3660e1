// Package localaws answers the clients of four AWS services: EventBridge, EventBridge
// Scheduler, SQS and Lambda. AWS's SDKs and CLI can't tell it from AWS, as far as its
// operations go. The rules, queues and functions are those of a Backend.
//
// # Protocols
//
// One handler serves all four services, because their requests differ:
//
//   - EventBridge speaks AWS JSON 1.1 and SQS AWS JSON 1.0. The header X-Amz-Target names the
//     service and the operation (smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html).
//   - Scheduler and Lambda speak REST-JSON: the method and the path name the operation
//     (smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html).
//
// The current SDKs use these protocols: the models in botocore 1.43 name no others for the
// four services, and the SDK for Go v2 chooses the same (service/eventbridge v1.55.11, service/sqs
// v1.53.0, service/lambda v1.115.0, service/scheduler v1.18.2). None of the operations has a
// body that an SDK compresses (the trait requestCompression).
//
// # Facts
//
// Names, types and limits of fields are those of the services' models. Texts of errors are
// AWS's where they are known from its documentation or from recorded answers. Signatures are
// not checked.
package localaws

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"time"

	"github.com/jobgen/jobgen/internal/uuid"
)

// Backend is the local stack that the operations show and call.
type Backend interface {
	// Stack returns what the newest build has, or nil before the first build.
	Stack() *Stack
	// Put sends events to their buses and returns a result for each. It doesn't wait until they
	// are handled.
	Put(events []Event) []PutResult
	// Send puts a message into a queue of the stack.
	Send(queue string, message Message) (Sent, error)
	// Invoke calls a function of the stack, and waits for its answer.
	Invoke(ctx context.Context, function string, payload []byte) (Result, error)
	// InvokeAsync calls a function of the stack as Lambda does for an asynchronous invocation,
	// with retries. It doesn't wait.
	InvokeAsync(function string, payload []byte) error
}

// Options are the options of New.
type Options struct {
	Account string // in ARNs
	Region  string // in ARNs
	// Unknown is called for each request for an operation that the handler doesn't have.
	Unknown func(service, operation string)
}

// New returns the handler of the four services.
func New(backend Backend, options Options) http.Handler {
	if options.Unknown == nil {
		options.Unknown = func(string, string) {}
	}
	return &handler{backend: backend, options: options}
}

type handler struct {
	backend Backend
	options Options
}

// A call is one request for a known operation.
type call struct {
	*handler
	stack   *Stack
	request *http.Request
}

// operation answers a call. The result is written as JSON.
type operation func(c *call, in *input) (any, error)

// The operations of the services that speak AWS JSON, by the part of X-Amz-Target before the
// dot.
var targets = map[string]*rpc{
	"AWSEvents": {
		service: eventBridge, version: "1.1",
		operations: map[string]operation{
			"PutEvents":         (*call).putEvents,
			"TestEventPattern":  (*call).testEventPattern,
			"ListRules":         (*call).listRules,
			"DescribeRule":      (*call).describeRule,
			"ListTargetsByRule": (*call).listTargetsByRule,
		},
	},
	"AmazonSQS": {
		service: sqs, version: "1.0",
		operations: map[string]operation{
			"SendMessage": (*call).sendMessage,
			"GetQueueUrl": (*call).getQueueURL,
		},
	},
}

// The names of the services, for messages.
const (
	eventBridge = "EventBridge"
	scheduler   = "Scheduler"
	sqs         = "SQS"
	lambda      = "Lambda"
)

// ServeHTTP answers one request.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("X-Amzn-Requestid", uuid.New())
	// The answers are not pages.
	header.Set("X-Content-Type-Options", "nosniff")
	if target := r.Header.Get("X-Amz-Target"); target != "" && r.Method == http.MethodPost {
		h.serveTarget(w, r, target)
		return
	}
	switch path := r.URL.EscapedPath(); {
	case isSchedulerPath(path):
		h.serveScheduler(w, r)
	case lambdaPath.MatchString(path):
		h.serveLambda(w, r)
	default:
		h.serveUnknown(w, r)
	}
}

// lambdaPath matches the paths of Lambda's API, which begin with the date of a version.
var lambdaPath = regexp.MustCompile(`^/20\d\d-\d\d-\d\d/`)

// newCall returns a call, or an error before the first build. Clients repeat a request after
// this error.
func (h *handler) newCall(r *http.Request) (*call, error) {
	stack := h.backend.Stack()
	if stack == nil {
		return nil, &apiError{Code: "ServiceUnavailable", Status: http.StatusServiceUnavailable, Message: "The program has not been built yet."}
	}
	return &call{handler: h, stack: stack, request: r}, nil
}

// arn returns an ARN of a service, in the account and the Region of the stack.
func (h *handler) arn(service, resource string) string {
	return strings.Join([]string{"arn", "aws", service, h.options.Region, h.options.Account, resource}, ":")
}

// seconds returns a time in the form of AWS JSON and REST-JSON bodies: seconds since 1970.
func seconds(t time.Time) float64 { return float64(t.UnixMilli()) / 1000 }
