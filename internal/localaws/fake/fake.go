// Package fake has a local stack for tests: one of each kind, and a record of what it got.
package fake

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/jobgen/jobgen/internal/localaws"
)

// The account and the Region of the stack.
const (
	Account = "123456789012"
	Region  = "eu-west-1"
)

// Backend is a backend that records requests and runs nothing.
type Backend struct {
	mu       sync.Mutex
	stack    *localaws.Stack
	Full     error // the result of each further event, if not nil
	Events   []localaws.Event
	Messages map[string][]localaws.Message // by queue
	Async    []string                      // the payloads of asynchronous invocations
}

var _ localaws.Backend = (*Backend)(nil)

// New returns a backend with a stack.
func New() *Backend {
	return &Backend{stack: Stack(), Messages: map[string][]localaws.Message{}}
}

// Stack returns a stack that uses all fields.
func Stack() *localaws.Stack {
	attempts, age := 3, 3600
	dead := &localaws.DeadLetterConfig{ARN: arn("sqs", "dead")}
	retry := &localaws.RetryPolicy{MaximumRetryAttempts: &attempts, MaximumEventAgeInSeconds: &age}
	stack := &localaws.Stack{
		Built: time.Date(2026, 11, 30, 12, 0, 0, 500_000_000, time.UTC),
		Rules: []localaws.Rule{
			{
				Name: "OrdersPlaced", ARN: arn("events", "rule/OrdersPlaced"), Bus: "default", State: "ENABLED",
				EventPattern: `{"source":["shop.orders"],"detail-type":["order.placed"]}`, Description: "New orders.",
				Targets: []localaws.Target{{ID: "OrdersPlaced", ARN: localaws.FunctionARN(Region, Account, "orders"), DeadLetters: dead, Retry: retry}},
			},
			{
				Name: "OrdersMail", ARN: arn("events", "rule/shop/OrdersMail"), Bus: "shop", State: "DISABLED",
				EventPattern: `{"source":["shop.orders"]}`,
				Targets: []localaws.Target{{
					ID: "OrdersMail", ARN: arn("sqs", "mail.fifo"), SQS: &localaws.SQSParameters{MessageGroupID: "mail"},
					InputTransformer: &localaws.InputTransformer{InputPathsMap: map[string]string{"id": "$.detail.id"}, InputTemplate: `{"id": <id>}`},
				}},
			},
			{
				Name: "OrdersSweep", ARN: arn("events", "rule/OrdersSweep"), Bus: "default", State: "ENABLED", ScheduleExpression: "rate(10 minutes)",
				Targets: []localaws.Target{{ID: "OrdersSweep", ARN: localaws.FunctionARN(Region, Account, "orders"), Input: `{"all": true}`}},
			},
		},
		Queues: []localaws.Queue{{Name: "orders"}, {Name: "mail.fifo", FIFO: true}},
		Function: func(name string) (localaws.Function, bool) {
			f, ok := map[string]localaws.Function{"orders": {Name: "orders"}, "failing": {Name: "failing", Qualifier: "live"}}[name]
			return f, ok
		},
	}
	for _, group := range []string{"default", "nightly"} {
		stack.Schedules = append(stack.Schedules, localaws.Schedule{
			Name: "Report", ARN: localaws.ScheduleARN(Region, Account, group, "Report"), Group: group, State: "ENABLED", Description: "A report.",
			Expression: "cron(0 6 * * ? *)", Timezone: "Europe/Berlin", Window: 15 * time.Minute, DeleteAfterCompletion: group == "nightly",
			Start: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), End: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC),
			KMSKey: "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
			Target: localaws.ScheduleTarget{
				ARN: localaws.FunctionARN(Region, Account, "orders"), RoleARN: "arn:aws:iam::" + Account + ":role/Report",
				Input: `{"detail":{}}`, DeadLetters: dead, Retry: retry,
			},
		})
	}
	for i := range 105 {
		name := fmt.Sprintf("Many%03d", i)
		stack.Rules = append(stack.Rules, localaws.Rule{
			Name: name, ARN: arn("events", "rule/many/"+name), Bus: "many", State: "ENABLED", EventPattern: `{"source":["many"]}`,
		})
	}
	return stack
}

func arn(service, resource string) string {
	return "arn:aws:" + service + ":" + Region + ":" + Account + ":" + resource
}

// Clear removes the stack, as before the first build.
func (b *Backend) Clear() { b.stack = nil }

// Stack returns the stack.
func (b *Backend) Stack() *localaws.Stack { return b.stack }

// Put records events.
func (b *Backend) Put(events []localaws.Event) []localaws.PutResult {
	b.mu.Lock()
	defer b.mu.Unlock()
	var results []localaws.PutResult
	for _, e := range events {
		if b.Full != nil {
			results = append(results, localaws.PutResult{Err: b.Full})
			continue
		}
		b.Events = append(b.Events, e)
		results = append(results, localaws.PutResult{ID: fmt.Sprintf("00000000-0000-4000-8000-%012d", len(b.Events))})
	}
	return results
}

// Send records a message.
func (b *Backend) Send(queue string, m localaws.Message) (localaws.Sent, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.Full != nil {
		return localaws.Sent{}, b.Full
	}
	b.Messages[queue] = append(b.Messages[queue], m)
	n := len(b.Messages[queue])
	sent := localaws.Sent{ID: fmt.Sprintf("11111111-0000-4000-8000-%012d", n)}
	if m.GroupID != "" {
		sent.Sequence = strconv.Itoa(n)
	}
	return sent, nil
}

// Invoke answers with the payload. The function failing fails.
func (b *Backend) Invoke(_ context.Context, function string, payload []byte) (localaws.Result, error) {
	if b.Full != nil {
		return localaws.Result{}, b.Full
	}
	log := []byte("START\n" + function + " got " + string(payload) + "\nEND\n")
	if function == "failing" {
		answer, err := json.Marshal(map[string]string{"errorMessage": "out of paper", "errorType": "errorString"})
		return localaws.Result{Payload: answer, FunctionError: "Unhandled", Log: log}, err
	}
	return localaws.Result{Payload: payload, Log: log}, nil
}

// InvokeAsync records the payload.
func (b *Backend) InvokeAsync(_ string, payload []byte) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.Full == nil {
		b.Async = append(b.Async, string(payload))
	}
	return b.Full
}
