package main

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/jobgen/jobgen/internal/deployed"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/runtimeapi"
	"github.com/jobgen/jobgen/internal/sqsevent"
)

// This file is about rules with a queue: Lambda reads the events from the queue and calls
// the function with batches.

// feed is the queue of a rule with the messages of a batch. It is nil for a rule without a
// queue.
type feed struct {
	sqsevent.Queue
	messages []sqsevent.Message
}

// newFeed returns the queue of a rule with one message, whose body is the target's input.
func newFeed(rule *deployed.Rule, body []byte) *feed {
	if rule.Queue == nil {
		return nil
	}
	f := &feed{messages: []sqsevent.Message{sqsevent.NewMessage(body)}}
	f.ARN = rule.QueueARN()
	if rule.Queue.IsFIFO() {
		f.Group = rule.Queue.Group
	}
	return f
}

// event is the event with which Lambda calls the function.
func (f *feed) event() []byte { return f.Event(f.messages, time.Now()) }

// judge reads the function's answer to a batch. If the answer is not valid or reports a message
// as failed, judge sets the error and returns true.
func (f *fired) judge(rule *deployed.Rule, feed *feed, result runtimeapi.Result) bool {
	if feed == nil || !result.Dispatched {
		return false
	}
	failed, err := sqsevent.Failed(result.Payload, feed.messages)
	switch {
	case err != nil:
		f.ErrorType, f.Error = deployed.ErrorItem, err.Error()+"; return the dispatcher's answer"
	case len(failed) > 0:
		f.ErrorType, f.Error = deployed.ErrorItem, "the answer reports the message as failed; the function's log above says why"
	default:
		return false
	}
	f.after = afterReceive(rule.Queue)
	return true
}

// afterReceive describes what SQS does after a message was not handled (SQS developer guide,
// page sqs-dead-letter-queues). The local runner does not deliver it again.
func afterReceive(q *model.Queue) string {
	if !q.Made() {
		return "The queue would deliver it again, as often as its redrive policy says"
	}
	receives := cmp.Or(q.Receives, model.DefaultReceives)
	if receives == 1 {
		return "The queue would not deliver it again; it goes to the dead-letter queue"
	}
	return fmt.Sprintf("The queue would deliver it again; after %d receives it goes to the dead-letter queue", receives)
}

// listedQueue is the queue of a rule in a list.
type listedQueue struct {
	Arn         string  `json:"arn,omitempty"` // of a queue that exists
	Batch       int     `json:"batch"`
	Window      float64 `json:"window"` // seconds
	Concurrency int     `json:"concurrency,omitempty"`
	Receives    int     `json:"receives,omitempty"` // of a queue that is made
	Group       string  `json:"group,omitempty"`
}

func newListedQueue(q *model.Queue) *listedQueue {
	if q == nil {
		return nil
	}
	l := &listedQueue{
		Arn: q.ARN.String(), Batch: cmp.Or(q.Batch, model.DefaultBatch), Window: q.Window.Seconds(), Concurrency: q.Concurrency, Group: q.Group,
	}
	if q.Made() {
		l.Receives = cmp.Or(q.Receives, model.DefaultReceives)
	}
	return l
}

// String describes the queue in a list. The text before it is what fires the rule.
func (l *listedQueue) String() string {
	var b strings.Builder
	b.WriteString("through a queue")
	if l.Arn != "" {
		b.WriteString(" " + l.Arn)
	}
	fmt.Fprintf(&b, ", up to %s a batch", plural(l.Batch, "event", "events"))
	if l.Window > 0 {
		fmt.Fprintf(&b, " within %gs", l.Window)
	}
	if l.Concurrency > 0 {
		fmt.Fprintf(&b, ", %d batches at a time", l.Concurrency)
	}
	return b.String()
}
