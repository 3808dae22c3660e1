package model

import (
	"cmp"
	"fmt"
	"strings"
	"time"
)

// Queue is the SQS queue between a rule and its function. The rule's target is the queue. An
// event source mapping reads the queue and calls the function with batches of messages. The
// zero value of a field means AWS's default.
type Queue struct {
	ARN         Text          // of a queue that exists; nil if one is made
	Batch       int           // messages in a batch, 1..10,000, default 10
	Window      time.Duration // 0..300 s, whole seconds
	Concurrency int           // batches at the same time, 2..1,000, default any number
	Receives    int           // receives of a message before it goes to the dead-letter queue, 1..1,000; see DefaultReceives
	Group       string        // the message group of a FIFO queue
}

// DefaultReceives is the default of Queue.Receives: the lowest number that Lambda's guide
// recommends (page services-sqs-configure). A receive also counts if Lambda then can't start
// the function.
const DefaultReceives = 5

// DefaultBatch is Lambda's default of Queue.Batch (API_CreateEventSourceMapping).
const DefaultBatch = 10

// DefaultTimeout is the default of Function.Timeout.
const DefaultTimeout = 30 * time.Second

// Made reports whether the rule files contain the queue, its dead-letter queue and its policy.
func (q *Queue) Made() bool { return q != nil && q.ARN == nil }

// IsFIFO reports whether the ARN says that the queue is a FIFO queue. The name of such a queue
// ends in .fifo (SQS API, CreateQueue). If the ARN ends in a parameter, IsFIFO returns false.
func (q *Queue) IsFIFO() bool {
	if len(q.ARN) == 0 {
		return false
	}
	return strings.HasSuffix(q.ARN[len(q.ARN)-1].Literal, ".fifo")
}

// Visibility is the queue's visibility timeout for a function with the given timeout. As
// Lambda's guide recommends (page services-sqs-configure), it is six times the function's
// timeout, plus the window. It is at most 5,700 s, and SQS allows 43,200 s.
func (q *Queue) Visibility(timeout time.Duration) time.Duration { return 6*timeout + q.Window }

// QueueNeeds returns what the rule's queue needs if the rule files don't make it. Each text
// is a clause after "events arrive only if". QueueNeeds returns nil for other rules. It writes
// a parameter as <Name>.
//
// EventBridge sends with the permission of the queue's policy (EventBridge user guide, page
// eb-use-resource-based). Lambda refuses a mapping for a queue whose visibility timeout is
// shorter than the function's timeout (Lambda developer guide, page
// services-sqs-configure). EventBridge sends to a FIFO queue only if the queue deduplicates
// by content (API_Target).
func (p *Package) QueueNeeds(r *Rule) []string {
	if r.Queue == nil || r.Queue.Made() {
		return nil
	}
	arn := r.Queue.ARN.Expand(func(name string) string { return "<" + name + ">" })
	statement := `{"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sqs:SendMessage", "Resource": ` + Quote(arn) +
		`, "Condition": {"ArnEquals": {"aws:SourceArn": ` + Quote("<ARN of the rule "+r.ID+">") + `}}}`
	timeout := cmp.Or(p.FunctionOf(r.Job).Timeout, DefaultTimeout)
	needs := []string{
		"the policy of the queue " + arn + " has the statement " + statement,
		fmt.Sprintf("the visibility timeout of the queue %s is at least %d s, the timeout of the function (Lambda's guide recommends %d s)",
			arn, timeout/time.Second, r.Queue.Visibility(timeout)/time.Second),
	}
	if r.Queue.IsFIFO() {
		needs = append(needs, "the queue "+arn+" has content-based deduplication")
	}
	return needs
}
