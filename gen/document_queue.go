package gen

import (
	"encoding/json"

	"github.com/jobgen/jobgen/internal/model"
)

// DocumentQueue is an SQS queue that the stack makes. It is for events that a rule or schedule
// could not deliver, for events that a function failed on, or between a rule and its function.
// Only a queue between a rule and its function has a VisibilityTimeout and a RedrivePolicy. The
// RedrivePolicy names its dead-letter queue. Keep says that the queue should remain when the
// rule, schedule or function is removed, because it may have messages.
type DocumentQueue struct {
	Name                   string         `json:"name"` // unique among the queues: letters and digits
	Arn                    string         `json:"arn"`  // placeholder
	Rule                   string         `json:"rule,omitempty"`
	Schedule               string         `json:"schedule,omitempty"`
	Function               string         `json:"function,omitempty"`
	MessageRetentionPeriod int            `json:"messageRetentionPeriod"`      // seconds
	VisibilityTimeout      int            `json:"visibilityTimeout,omitempty"` // seconds; SQS's default if it is left out
	RedrivePolicy          *RedrivePolicy `json:"redrivePolicy,omitempty"`
	KmsMasterKeyID         string         `json:"kmsMasterKeyId,omitempty"`
	Keep                   bool           `json:"keep"`
	Policy                 *Policy        `json:"policy,omitempty"`
	Condition              string         `json:"condition,omitempty"` // as that of its rule, schedule or function
}

// RedrivePolicy is the redrive policy of an SQS queue.
type RedrivePolicy struct {
	DeadLetterTargetArn string `json:"deadLetterTargetArn"`
	MaxReceiveCount     int    `json:"maxReceiveCount"`
}

func (b documentBuilder) queue(q *stackQueue) DocumentQueue {
	d := DocumentQueue{
		Name: cfnID(q.Name, ""), Arn: b.arn(stackARN{Queue: q}),
		MessageRetentionPeriod: queueRetention, VisibilityTimeout: q.Visibility, Keep: true, Condition: q.When().name(), KmsMasterKeyID: b.text(q.Key),
	}
	if q.Rule != nil {
		d.Rule = q.Rule.ID
	}
	if q.Schedule != nil {
		d.Schedule = q.Schedule.ID
	}
	if q.Function != nil {
		d.Function = cfnID(q.Function.Name, "")
	}
	if q.Dead != nil {
		d.RedrivePolicy = &RedrivePolicy{DeadLetterTargetArn: b.arn(stackARN{Queue: q.Dead}), MaxReceiveCount: q.Receives}
	}
	if q.Sender != nil {
		d.Policy = &Policy{Version: policyVersion, Statement: []Statement{{
			Effect: allow, Principal: map[string]string{"Service": eventsPrincipal},
			Action: []string{"sqs:SendMessage"}, Resource: []string{d.Arn},
			Condition: json.RawMessage(`{"ArnEquals":{"aws:SourceArn":` + model.Quote(b.ruleARN(q.Sender)) + `}}`),
		}}}
	}
	return d
}

func (b documentBuilder) mapping(m *stackMapping) *CreateEventSourceMapping {
	d := &CreateEventSourceMapping{
		EventSourceArn: b.arn(m.Queue), FunctionName: b.functionARN(m.Function), BatchSize: m.Batch, MaximumBatchingWindowInSeconds: m.Window,
		FunctionResponseTypes: []string{"ReportBatchItemFailures"},
	}
	if m.Concurrency != 0 {
		d.ScalingConfig = &ScalingConfig{m.Concurrency}
	}
	return d
}
