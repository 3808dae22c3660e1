package jobs

import (
	"context"
	"log"
	"time"

	"github.com/jobgen/jobgen/internal/payload"
)

// Times before the function's deadline. At the deadline, Lambda stops the function, and the
// queue delivers the whole batch again.
const (
	beginBefore  = 500 * time.Millisecond // after it, no record is begun
	answerBefore = 200 * time.Millisecond // at it, the context of the records ends
)

// receive handles the records of an SQS batch, one after the other, as if each were alone.
// The answer lists the records that failed or were not begun. The queue delivers these
// again, and the others are deleted (Lambda developer guide, page
// services-sqs-errorhandling).
func (d *Dispatcher) receive(ctx context.Context, records []payload.Record) ([]byte, error) {
	b := batch{dispatcher: d}
	if deadline, ok := ctx.Deadline(); ok {
		b.deadline = deadline
		var cancel context.CancelFunc
		ctx, cancel = context.WithDeadline(ctx, deadline.Add(-answerBefore))
		defer cancel()
	}
	answer := []byte(`{"batchItemFailures":[`)
	first := len(answer)
	for i := range records {
		if b.handle(ctx, &records[i]) {
			continue
		}
		if len(answer) > first {
			answer = append(answer, ',')
		}
		answer = append(answer, `{"itemIdentifier":`...)
		answer = append(append(answer, records[i].ID...), '}')
	}
	if b.late {
		log.Print("jobs: some SQS messages are not begun, because the function's deadline is near; the queue delivers them again")
	}
	return append(answer, `]}`...), nil
}

// batch is the state while an SQS batch is handled.
type batch struct {
	dispatcher *Dispatcher
	deadline   time.Time           // zero if the function has none
	longest    time.Duration       // the time of the slowest record so far
	late       bool                // a record was not begun, because the deadline was near
	stopped    map[string]struct{} // the message groups of a FIFO queue with a failure
}

// handle handles a record, and reports whether it is done. It doesn't begin a record if the
// time left is too short for the slowest record so far. After a failure, it doesn't begin
// the later records of the message group, because the messages of a group are delivered in
// order.
func (b *batch) handle(ctx context.Context, r *payload.Record) bool {
	begin := time.Now()
	if _, ok := b.stopped[r.Group]; ok {
		return false
	}
	if !b.deadline.IsZero() && b.deadline.Sub(begin) < beginBefore+b.longest {
		b.late = true
		return b.failed(r)
	}
	event := payload.New(r.Body)
	_, err := b.dispatcher.invoke(ctx, event)
	event.Release()
	b.longest = max(b.longest, time.Since(begin))
	if err == nil {
		return true
	}
	if b.dispatcher.log == nil { // with a logger, the failure is logged already
		log.Printf("jobs: the SQS message %s failed: %v", clip(string(r.ID), maxQuoted), err)
	}
	return b.failed(r)
}

// failed records that a record is not done.
func (b *batch) failed(r *payload.Record) bool {
	if r.Group != "" {
		if b.stopped == nil {
			b.stopped = map[string]struct{}{}
		}
		b.stopped[r.Group] = struct{}{}
	}
	return false
}
