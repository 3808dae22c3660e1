package gen

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/jobgen/jobgen/internal/model"
)

// stackQueue is an SQS queue that the stack makes. When a queue is removed from the stack, it
// may have messages. So a format keeps the queue if it can.
type stackQueue struct {
	Name string // stem of its names
	Use  string // a sentence that says which events are in it
	// One of these is set: the queue has its events.
	Rule     *stackRule
	Schedule *stackSchedule
	Function *stackFunction
	// Sender is the rule for which EventBridge sends to the queue. EventBridge then needs a
	// permission in the queue's policy. Sender is nil if Lambda or EventBridge Scheduler
	// sends with the permissions of a role, or if SQS moves messages from another queue.
	Sender *stackRule
	// Visibility is the visibility timeout in seconds of a queue between a rule and a
	// function. It is 0 for another queue.
	Visibility int
	Dead       *stackQueue // SQS moves a message there after Receives receives
	Receives   int
	Key        model.Text // ARN of the KMS key that encrypts the messages; nil for a key of SQS
}

// queueRetention is the time for which queues keep a message, in seconds: 14 days, the
// maximum of SQS (API_SetQueueAttributes).
const queueRetention = 1209600

// When returns the condition of the rule, schedule or function that the queue belongs to.
func (q *stackQueue) When() *stackCondition {
	switch {
	case q.Rule != nil:
		return q.Rule.When
	case q.Schedule != nil:
		return q.Schedule.When
	}
	return q.Function.When
}

// pos returns the position of the rule, schedule or function that the queue is for.
func (q *stackQueue) pos() model.Pos {
	switch {
	case q.Rule != nil:
		return q.Rule.Pos
	case q.Schedule != nil:
		return q.Schedule.Pos
	}
	return q.Function.Pos
}

// stackFeed is the queue between a rule and its function.
type stackFeed struct {
	ARN   stackARN
	Group string // the message group of a FIFO queue
	// Mapping is nil if an earlier rule has the mapping: a function has only one mapping
	// for a queue.
	Mapping *stackMapping
}

// stackMapping is an event source mapping: Lambda reads messages from a queue and calls a
// function with batches of them. A zero number means Lambda's default.
type stackMapping struct {
	Name                       string // stem of its names
	Function                   *stackFunction
	Queue                      stackARN
	Batch, Window, Concurrency int // Window in seconds
	When                       *stackCondition
}

// receiveActions are the actions that a function's role must allow, so that Lambda can read
// a queue for the function (Lambda developer guide, services-sqs-configure).
var receiveActions = []string{"sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"}

// newFeed returns the queue between a rule and its function, or nil if there is none. It must
// be called before the rule is added to the function's rules.
func newFeed(r *stackRule) *stackFeed {
	m := r.Rule.Queue
	if m == nil {
		return nil
	}
	f := &stackFeed{ARN: stackARN{Text: m.ARN}, Group: m.Group}
	if m.Made() {
		f.ARN = stackARN{Queue: newSource(r, m)}
	}
	if !r.Function.isFedBy(f.ARN) {
		f.Mapping = &stackMapping{
			Name: mappingName(r, f.ARN), Function: r.Function, Queue: f.ARN,
			Batch: m.Batch, Window: seconds(m.Window), Concurrency: m.Concurrency,
		}
	}
	return f
}

// mappingName returns the stem of the names of a mapping. The mapping of a queue that the stack
// makes is named after the rule. A queue that exists may have several rules, so its mapping is
// named after the function and the queue, whatever the order of the rules.
func mappingName(r *stackRule, queue stackARN) string {
	if queue.Queue != nil {
		return r.ID
	}
	arn := queue.Text.Expand(func(name string) string { return name })
	_, place, _ := strings.Cut(arn, ":sqs:")
	return r.Function.Name + model.LogicalName(strings.ReplaceAll(cmp.Or(place, arn), ":", "-"))
}

// The ends of the names of the queues that are made for a rule. The name of a dlq is that of
// the rule, without an end. So a dlq never becomes the queue between the rule and its function.
const (
	sourceSuffix = "Events"
	deadSuffix   = "Dead"
)

// newSource returns the queue that is made for a rule, with its dead-letter queue.
func newSource(r *stackRule, m *model.Queue) *stackQueue {
	return &stackQueue{
		Name: r.ID + sourceSuffix, Use: "Events of rule " + r.ID + " that wait for " + r.Function.Title + ".", Rule: r, Sender: r,
		Visibility: seconds(m.Visibility(time.Duration(r.Function.Timeout) * time.Second)),
		Receives:   cmp.Or(m.Receives, model.DefaultReceives), Key: r.Function.KMSKey,
		Dead: &stackQueue{Key: r.Function.KMSKey, Name: r.ID + deadSuffix, Use: "Events of rule " + r.ID + " that " + r.Function.Title + " kept failing on.", Rule: r},
	}
}

// isFedBy reports whether the function already reads a queue that the stack doesn't make.
func (f *stackFunction) isFedBy(queue stackARN) bool {
	return queue.Queue == nil && slices.ContainsFunc(f.Rules, func(r *stackRule) bool {
		return r.Queue != nil && r.Queue.ARN.Queue == nil && r.Queue.ARN.Text.String() == queue.Text.String()
	})
}

// setMappingConditions sets the conditions of the function's mappings. A mapping exists if one
// of the rules does that send to its queue.
func (f *stackFunction) setMappingConditions() {
	for _, r := range f.Rules {
		if r.Queue == nil || r.Queue.Mapping == nil {
			continue
		}
		m := r.Queue.Mapping
		if m.When = r.When; m.Queue.Queue == nil {
			m.When = f.conditions.anyRule(slices.DeleteFunc(slices.Clone(f.Rules), func(o *stackRule) bool {
				return o.Queue == nil || o.Queue.ARN.Queue != nil || o.Queue.ARN.Text.String() != m.Queue.Text.String()
			}))
		}
	}
}

// receiveStatements allow Lambda to read the function's queues: a statement for each condition
// of mappings, with the ARN of each queue once.
func (f *stackFunction) receiveStatements() []stackStatement {
	var all []stackStatement
	for _, r := range f.Rules {
		if r.Queue == nil || r.Queue.Mapping == nil {
			continue
		}
		when := r.Queue.Mapping.When.within(f.When)
		i := slices.IndexFunc(all, func(st stackStatement) bool { return st.When == when })
		if i < 0 {
			i = len(all)
			all = append(all, allowing(receiveActions))
			all[i].When = when
		}
		all[i].Resources = append(all[i].Resources, r.Queue.ARN)
	}
	return all
}

// Queues returns the queues that the stack makes for the rule.
func (r *stackRule) Queues() []*stackQueue {
	var all []*stackQueue
	if r.DLQ != nil && r.DLQ.Queue != nil {
		all = append(all, r.DLQ.Queue)
	}
	if r.Queue != nil && r.Queue.ARN.Queue != nil {
		all = append(all, r.Queue.ARN.Queue, r.Queue.ARN.Queue.Dead)
	}
	return all
}

// owns reports whether a name is that of the rule or of one of its queues.
func (r *stackRule) owns(name string) bool {
	return r.ID == name || slices.ContainsFunc(r.Queues(), func(q *stackQueue) bool { return q.Name == name })
}
