package gen

import (
	"encoding/json"

	"github.com/jobgen/jobgen/internal/model"
)

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
