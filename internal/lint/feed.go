package lint

import (
	"fmt"
	"slices"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
)

// The limits of a batch (Lambda's API, CreateEventSourceMapping; Lambda developer guide, page
// services-sqs-configure).
const (
	maxUngathered = 10 // messages in a batch without a window
	maxFIFOBatch  = 10 // messages in a batch of a FIFO queue
)

// checkQueue checks the queue between a rule and its function.
func checkQueue(r *Rule, _ *Facts, report diag.Reporter) {
	if r.Queue == nil {
		return
	}
	c := queueCheck{Rule: r, report: report}
	c.batch()
	if c.Queue.Made() {
		c.made()
	} else {
		c.given()
	}
}

type queueCheck struct {
	*Rule
	report diag.Reporter
}

// wrong reports a property of the rule that is wrong.
func (c queueCheck) wrong(property, format string, args ...any) {
	c.report.Report(diag.QueueSettings, c.Properties[property].Key, format, args...)
}

func (c queueCheck) batch() {
	q := c.Queue
	switch {
	case q.IsFIFO() && q.Batch > maxFIFOBatch:
		c.wrong("queue.batch", "a batch of a FIFO queue has at most %d messages; write `batch: %d`, or use a standard queue", maxFIFOBatch, maxFIFOBatch)
	case q.IsFIFO() && q.Window > 0:
		c.wrong("queue.window", "a FIFO queue has no window; remove window, or use a standard queue")
	case q.Batch > maxUngathered && q.Window == 0:
		c.wrong("queue.batch", "Lambda fills a batch of more than %d only if it may wait for messages; add a window of 1 s or more, such as `window: 5s`, or write `batch: %d`", maxUngathered, maxUngathered)
	}
}

// made checks the properties of a queue that jobgen makes.
func (c queueCheck) made() {
	if c.Queue.Group != "" {
		c.wrong("queue.group", "a group is for a FIFO queue, and jobgen makes a standard queue; remove group, or name a FIFO queue with `arn`")
	}
	if c.DLQ != nil {
		c.wrong("dlq", "the queue that jobgen makes has its own dead-letter queue, which gets the events that the function fails on %d times, and EventBridge can always send to it; remove dlq (`queue: {receives: 10}` sets the number, and retry is for the delivery to the queue)", c.receives())
	}
}

func (c queueCheck) receives() int {
	if c.Queue.Receives > 0 {
		return c.Queue.Receives
	}
	return model.DefaultReceives
}

// given checks the properties of a queue that exists.
func (c queueCheck) given() {
	q := c.Queue
	if _, isSet := c.Properties["queue.receives"]; isSet {
		c.wrong("queue.receives", "how often the messages of this queue are received is in its own redrive policy, with its dead-letter queue; remove receives, or let jobgen make the queue (without arn)")
	}
	switch hidden := q.ARN[len(q.ARN)-1].Param != ""; {
	case q.IsFIFO() && q.Group == "":
		c.report.Report(diag.QueueSettings, c.Properties["queue.arn"].Value,
			"EventBridge sends to a FIFO queue only with a message group; add one to the queue, such as `group: orders`")
	case q.IsFIFO():
		c.report.Report(diag.QueueUnordered, c.Properties["queue.arn"].Value,
			"EventBridge sends events in any order, so this FIFO queue doesn't put them in the order in which they happened; its batches have at most %d events and no window, and the function handles one batch of the group %s at a time", maxFIFOBatch, q.Group)
	case q.Group != "" && !hidden:
		c.wrong("queue.group", "a group is for a FIFO queue, whose name ends in .fifo, and this queue is a standard one; remove group")
	}
	if bus, queue := region(c.EventBus), region(q.ARN); bus != "" && queue != "" && bus != queue {
		c.report.Add(conflict(c.Properties["event_bus"].Value, c.Properties["queue.arn"].Value,
			"the event bus is in %s and the queue in %s; a rule sends to a queue in its own Region: name one there, or write `queue: create`", bus, queue))
	}
}

// checkSharedQueues reports rules that name the same queue by its ARN, but can't share it. If
// two functions read a queue, each message goes to either of them, whichever rule it is for. A
// function has only one mapping for a queue, so its rules can't have different settings.
func checkSharedQueues(p *Package, _ *Facts, report diag.Reporter) {
	earlier := map[string][]*Rule{}
	for _, r := range p.rules() {
		if r.Queue == nil || r.Queue.Made() {
			continue
		}
		arn := r.Queue.ARN.String()
		others := slices.DeleteFunc(slices.Clone(earlier[arn]), func(o *Rule) bool {
			return p.Layout != model.PerPackage && o.Job != r.Job && p.Exclusive(o.Condition(), r.Condition())
		})
		earlier[arn] = append(earlier[arn], r)
		if len(others) == 0 {
			continue
		}
		before := others[0]
		at := r.Properties["queue.arn"].Value
		if p.Layout != model.PerPackage && before.Job != r.Job {
			report.Add(diag.New(diag.QueueSettings, at,
				"the functions of %s and %s would read one queue, and each message goes to one of them, whichever rule it is for; give each its own queue, or use functions: package", before.Job.Handler(), r.Job.Handler()).
				Relate(before.Properties["queue.arn"].Value, "the queue is named here first"))
			continue
		}
		for _, name := range differences(r.Queue, before.Queue) {
			report.Add(diag.New(diag.QueueSettings, r.Properties["queue."+name].Key,
				"the function reads this queue with the settings of the rule %s, which has another %s; give both rules the same, or only the first", before.name(), name).
				Relate(before.Properties["queue.arn"].Value, "the queue is named here first"))
		}
	}
}

// differences returns the names of the mapping's properties that are set for q and have
// another value for first, the same queue in an earlier rule.
func differences(q, first *model.Queue) []string {
	var names []string
	for _, s := range []struct {
		name       string
		is, before any
		isSet      bool
	}{
		{"batch", q.Batch, first.Batch, q.Batch != 0},
		{"window", q.Window, first.Window, q.Window != 0},
		{"concurrency", q.Concurrency, first.Concurrency, q.Concurrency != 0},
	} {
		if s.isSet && s.is != s.before {
			names = append(names, s.name)
		}
	}
	return names
}

// checkAsync reports the async settings of functions that are never called asynchronously. All
// rules of such a function send to queues.
func checkAsync(p *Package, _ *Facts, report diag.Reporter) {
	for _, f := range p.Functions {
		property, isSet := f.Properties["async"]
		if !isSet || p.Incomplete {
			continue
		}
		rules := f.rules(p)
		if len(rules) > 0 && every(rules, func(r *Rule) bool { return r.Queue != nil }) {
			report.Add(diag.New(diag.QueueSettings, property.Key,
				"async has no effect, because %s its events from a queue; how often an event is tried is `receives` of the rule's queue, and then it goes to the queue's dead-letter queue", subject(f, p)).
				Relate(rules[0].Properties["queue"].Key, "a queue is set here"))
		}
	}
}

// rules returns the rules of the functions that a directive describes.
func (f *Function) rules(p *Package) []*Rule {
	var all []*Rule
	for _, r := range p.rules() {
		if p.Layout == model.PerPackage || r.Job.Receiver == f.Receiver && (f.Job == nil || r.Job == f.Job) {
			all = append(all, r)
		}
	}
	return all
}

// subject names the functions that a directive describes, with a verb.
func subject(f *Function, p *Package) string {
	switch {
	case p.Layout == model.PerPackage:
		return fmt.Sprintf("the function of package %s gets", p.Name)
	case f.Job == nil:
		return fmt.Sprintf("every function of %s gets", f.Receiver.Type)
	}
	return fmt.Sprintf("the function of %s gets", f.Job.Handler())
}
