package localbus

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jobgen/jobgen/internal/deployed"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/runtimeapi"
	"github.com/jobgen/jobgen/internal/spell"
	"github.com/jobgen/jobgen/internal/sqsevent"
)

// Queue is an SQS queue before one or several functions.
type Queue struct {
	Name string
	ARN  string
	FIFO bool
	// Receives is the number of receives before a message goes to the dead-letter queue. It is 0
	// for a queue that exists, of which the redrive policy isn't known: a message is then received
	// until it is handled.
	Receives   int
	Visibility time.Duration
	Mappings   []*Mapping

	program *Program
}

// Mapping is an event source mapping: Lambda reads the queue and calls the function with batches.
type Mapping struct {
	Function    *Function
	Rules       []*Rule // the rules that send to the queue for this function
	Batch       int
	Window      time.Duration
	Concurrency int // batches at the same time; 0 means as many as the function has processes
}

// queue returns the queue of a rule. It adds the queue and the mapping on first use.
func (p *Program) queue(r *Rule) *Queue {
	settings, arn := r.Rule.Queue, r.QueueARN()
	i := slices.IndexFunc(p.Queues, func(q *Queue) bool { return q.ARN == arn })
	if i < 0 {
		i = len(p.Queues)
		q := &Queue{Name: arn[strings.LastIndex(arn, ":")+1:], ARN: arn, FIFO: strings.HasSuffix(arn, ".fifo"), program: p}
		if settings.Made() {
			q.Receives = cmp.Or(settings.Receives, model.DefaultReceives)
		}
		p.Queues = append(p.Queues, q)
	}
	q := p.Queues[i]
	q.Visibility = max(q.Visibility, settings.Visibility(r.Target.Process.Timeout))
	m := slices.IndexFunc(q.Mappings, func(m *Mapping) bool { return m.Function == r.Target })
	if m < 0 {
		m = len(q.Mappings)
		q.Mappings = append(q.Mappings, &Mapping{
			Function: r.Target, Batch: cmp.Or(settings.Batch, model.DefaultBatch), Window: settings.Window, Concurrency: settings.Concurrency,
		})
	}
	q.Mappings[m].Rules = append(q.Mappings[m].Rules, r)
	return q
}

// Queue returns the queue with a name, an ARN, or a URL that ends with the name.
func (p *Program) Queue(name string) (*Queue, error) {
	var names []string
	for _, q := range p.Queues {
		if name == q.ARN || name == q.Name || strings.HasSuffix(name, "/"+q.Name) {
			return q, nil
		}
		names = append(names, q.Name)
	}
	message := fmt.Sprintf("no queue has the name %q", name)
	if near, ok := spell.Nearest(name[strings.LastIndex(name, "/")+1:], names); ok {
		return nil, fmt.Errorf("%s; did you mean %q?", message, near)
	}
	if names == nil {
		return nil, fmt.Errorf("%s; no rule has a queue", message)
	}
	return nil, fmt.Errorf("%s; there are %s", message, strings.Join(names, ", "))
}

// message is a message in a queue. Its events are its id, or that of the event in it.
type message struct {
	shipment
	sqsevent.Message
	visible time.Time // when it can be received
}

// queue has the messages of a Queue. Bus.mu guards its fields.
type queue struct {
	bus      *Bus
	def      *Queue
	messages []*message     // those that can be received, by sequence
	later    []*message     // those that become visible later, by time
	held     map[string]int // messages in batches and in later, by group; only of a FIFO queue
	taken    int            // messages in batches
	batches  map[string]int // batches that run, by the key of the function
	turn     int            // the mapping that is asked first
	timer    *time.Timer    // of the next poll
	sequence uint64
	sent     map[string]sentMessage // the messages of the last minutes by deduplication id
	sentKeys []string               // the keys of sent, in order
}

// sentMessage is a message that a FIFO queue remembers, to ignore others with the same
// deduplication id.
type sentMessage struct {
	Sent
	at time.Time
}

// deduplication is the time for which a FIFO queue remembers a deduplication id (SQS developer
// guide, page using-messagededuplicationid-property).
const deduplication = 5 * time.Minute

func newQueue(b *Bus, def *Queue) *queue {
	return &queue{bus: b, def: def, held: map[string]int{}, batches: map[string]int{}, sent: map[string]sentMessage{}}
}

// swapQueues gives queues their new definitions. A queue that p doesn't have stays with its
// program until it is empty. It returns the programs that nothing needs any more. b.mu is locked.
func (b *Bus) swapQueues(p *Program) (unused []*Program) {
	for _, def := range p.Queues {
		q := b.queues[def.ARN]
		if q == nil {
			q = newQueue(b, def)
			b.queues[def.ARN] = q
		} else {
			unused = append(unused, q.close()...)
		}
		q.def = def
		p.uses++
		q.poll()
	}
	for _, q := range b.queues {
		if q.def.program != p {
			unused = append(unused, q.drop()...)
		}
	}
	return unused
}

// drop removes a queue that the program doesn't have, if it is empty. Bus.mu is locked.
func (q *queue) drop() (unused []*Program) {
	b := q.bus
	if q.def.program == b.program || len(q.messages)+len(q.later) > 0 || q.taken > 0 || b.queues[q.def.ARN] != q {
		return nil
	}
	delete(b.queues, q.def.ARN)
	return q.close()
}

// close stops the queue's timer and ends its use of the program. Bus.mu is locked.
func (q *queue) close() (unused []*Program) {
	if q.timer != nil {
		q.timer.Stop()
	}
	if q.def.program.drop() {
		return []*Program{q.def.program}
	}
	return nil
}

// add adds a message to its place in the order. A message that was received too often goes to the
// dead-letter queue when it would be visible again. Bus.mu is locked.
func (q *queue) add(m *message) {
	if m.visible.After(time.Now()) {
		i, _ := slices.BinarySearchFunc(q.later, m, func(a, b *message) int {
			return cmp.Or(a.visible.Compare(b.visible), cmp.Compare(a.Sequence, b.Sequence))
		})
		q.later = slices.Insert(q.later, i, m)
		q.hold(m)
		return
	}
	if q.def.Receives > 0 && m.Receives >= q.def.Receives {
		q.bury(m)
		return
	}
	i, _ := slices.BinarySearchFunc(q.messages, m, func(a, b *message) int { return cmp.Compare(a.Sequence, b.Sequence) })
	q.messages = slices.Insert(q.messages, i, m)
}

// hold keeps the other messages of the message's group from being received. Bus.mu is locked.
func (q *queue) hold(m *message) {
	if g := q.group(m); g != "" {
		q.held[g]++
	}
}

// letGo ends hold. Bus.mu is locked.
func (q *queue) letGo(m *message) {
	g := q.group(m)
	if g == "" {
		return
	}
	if q.held[g]--; q.held[g] == 0 {
		delete(q.held, g)
	}
}

// appear makes the messages visible whose time has come. Bus.mu is locked.
func (q *queue) appear(now time.Time) {
	for len(q.later) > 0 && !q.later[0].visible.After(now) {
		m := q.later[0]
		q.later[0] = nil
		q.later = q.later[1:]
		q.letGo(m)
		q.add(m)
	}
}

// poll starts the batches that can start, and waits for the next one. Bus.mu is locked.
func (q *queue) poll() {
	if q.bus.closing {
		return
	}
	now := time.Now()
	q.appear(now)
	var next time.Time
	for i := range q.def.Mappings {
		m := q.def.Mappings[(q.turn+i)%len(q.def.Mappings)]
		for q.batches[m.Function.Key] < q.limit(m) {
			batch, wait := q.receive(m, now)
			if batch == nil {
				next = earlier(next, wait)
				break
			}
			q.run(m, batch)
		}
	}
	q.turn++
	if len(q.later) > 0 {
		next = earlier(next, q.later[0].visible)
	}
	q.wait(next, now)
}

func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// limit returns the number of batches that a mapping may run at the same time.
func (q *queue) limit(m *Mapping) int {
	most := q.bus.limit(m.Function)
	if m.Concurrency > 0 {
		return min(m.Concurrency, most)
	}
	return most
}

// wait polls again at a time. The zero time means never.
func (q *queue) wait(until, now time.Time) {
	if q.timer != nil {
		q.timer.Stop()
		q.timer = nil
	}
	if until.IsZero() {
		return
	}
	q.timer = time.AfterFunc(until.Sub(now), func() {
		q.bus.mu.Lock()
		defer q.bus.mu.Unlock()
		if q.bus.queues[q.def.ARN] == q {
			q.poll()
		}
	})
}

// maxBatchBytes is the maximum size of a batch (Lambda developer guide, page with-sqs).
const maxBatchBytes = 6 << 20

// receive takes a batch for a mapping. If the batch has to wait for more messages, it returns the
// time until which it waits (Lambda developer guide, page services-sqs-scaling: a batch is full,
// or its window has ended). Only one batch at a time has messages of a group.
func (q *queue) receive(m *Mapping, now time.Time) (batch []*message, wait time.Time) {
	var oldest time.Time
	size, full := 0, false
	for _, msg := range q.messages {
		if q.held[q.group(msg)] > 0 {
			continue
		}
		if size += len(msg.Body) + recordBytes; len(batch) > 0 && size > maxBatchBytes {
			full = true
			break
		}
		batch = append(batch, msg)
		oldest = earlier(oldest, msg.visible)
		if len(batch) == m.Batch {
			full = true
			break
		}
	}
	if len(batch) == 0 {
		return nil, time.Time{}
	}
	if until := oldest.Add(m.Window); !full && until.After(now) {
		return nil, until
	}
	return batch, time.Time{}
}

// recordBytes is the size of a message in an event, without its body.
const recordBytes = 600

// group returns the message's group if the queue is a FIFO queue, and "" otherwise.
func (q *queue) group(m *message) string {
	if q.def.FIFO {
		return m.Group
	}
	return ""
}

// run calls a function with a batch. Bus.mu is locked.
func (q *queue) run(m *Mapping, batch []*message) {
	q.remove(batch)
	q.batches[m.Function.Key]++
	q.taken += len(batch)
	now := time.Now()
	for _, msg := range batch {
		q.hold(msg)
		msg.Receives++
		if msg.FirstReceived.IsZero() {
			msg.FirstReceived = now
		}
	}
	r := &batchRun{queue: q, arn: q.def.ARN, mapping: m, messages: batch, received: now}
	r.payload = sqsevent.Queue{ARN: q.def.ARN}.Event(r.records(), now)
	q.bus.pool(m.Function).enqueue(m.Function, &call{ctx: q.bus.ctx, payload: r.payload, fn: r.function, started: r.started, done: r.done})
}

// remove removes a batch from the messages that can be received. Bus.mu is locked.
func (q *queue) remove(batch []*message) {
	if slices.Equal(q.messages[:len(batch)], batch) { // as always in a queue without groups
		clear(q.messages[:len(batch)])
		q.messages = q.messages[len(batch):]
		return
	}
	q.messages = slices.DeleteFunc(q.messages, func(m *message) bool { return slices.Contains(batch, m) })
}

// bury moves a message to the dead-letter queue. Bus.mu is locked.
func (q *queue) bury(m *message) {
	letter, b := queueLetter(m, q.def), q.bus
	q.taken++ // until the letter is written
	b.tasks.Go(func() {
		b.letters.bury(letter)
		m.finish()
		q.gone(1)
	})
}

// gone records that messages have left the queue.
func (q *queue) gone(n int) {
	b := q.bus
	b.mu.Lock()
	q.taken -= n
	unused := q.drop()
	b.mu.Unlock()
	closeAll(unused)
}

// batchRun is a call of a function with a batch.
type batchRun struct {
	queue    *queue
	arn      string // of the queue
	mapping  *Mapping
	messages []*message
	received time.Time
	payload  []byte
}

func (r *batchRun) records() []sqsevent.Message {
	var records []sqsevent.Message
	for _, m := range r.messages {
		records = append(records, m.Message)
	}
	return records
}

// function returns the newest version of the function that reads the queue. Bus.mu is locked.
func (r *batchRun) function() *Function {
	for _, m := range r.queue.def.Mappings {
		if m.Function.Key == r.mapping.Function.Key {
			return m.Function
		}
	}
	return r.queue.def.Mappings[0].Function
}

func (r *batchRun) started() {
	for _, m := range r.messages {
		m.running = true
	}
}

// done handles the end of the call.
func (r *batchRun) done(fn *Function, result runtimeapi.Result, err error) {
	b := r.queue.bus
	if err != nil && b.ctx.Err() != nil {
		return // Close names the messages
	}
	inv := &Invocation{Origin: FromMessage, Function: fn.Name, Queue: r.arn, Payload: clip(r.payload)}
	for _, m := range r.messages {
		inv.Attempt = max(inv.Attempt, m.Receives)
		inv.Events = append(inv.Events, m.events...)
		inv.addRules(m.ruleIDs())
	}
	inv.fill(result)
	r.judge(inv, result, err)
	handled := r.settle(inv)
	b.journal.add(Entry{Invocation: inv})
	for _, m := range handled {
		m.finish()
	}
	r.queue.gone(len(handled))
}

func (i *Invocation) addRules(ids []string) {
	for _, id := range ids {
		if !slices.Contains(i.Rules, id) {
			i.Rules = append(i.Rules, id)
		}
	}
}

// judge reads the answer: it sets the error, and the ids of the messages that failed.
func (r *batchRun) judge(inv *Invocation, result runtimeapi.Result, err error) {
	records := r.records()
	every := make([]string, len(records))
	for i, m := range records {
		every[i] = m.ID
	}
	switch {
	case err != nil:
		inv.ErrorType, inv.Error, inv.Failed = errorNotCalled, err.Error(), every
		return
	case result.FunctionError != "":
		inv.Failed = every
		return
	}
	failed, err := sqsevent.Failed(result.Payload, records)
	inv.Failed = failed
	switch {
	case err != nil:
		inv.ErrorType, inv.Error = deployed.ErrorItem, err.Error()+"; return the dispatcher's answer"
	case len(failed) > 0:
		inv.ErrorType = deployed.ErrorItem
		inv.Error = fmt.Sprintf("the answer reports %d of %d messages as failed; the function's log above says why", len(failed), len(records))
	default:
		rule := r.mapping.Rules[0]
		inv.ErrorType, inv.Error = rule.CheckDispatch(r.jobs(), result)
	}
}

// jobs returns the jobs that a batch may run.
func (r *batchRun) jobs() []*model.Job {
	var jobs []*model.Job
	for _, rule := range r.mapping.Rules {
		jobs = append(jobs, rule.FunctionJobs()...)
	}
	return jobs
}

// settle returns the messages that failed to the queue, and returns the others.
func (r *batchRun) settle(inv *Invocation) (handled []*message) {
	q, b := r.queue, r.queue.bus
	b.mu.Lock()
	defer b.mu.Unlock()
	q.batches[r.mapping.Function.Key]--
	visible := r.received.Add(cmp.Or(b.opts.Visibility, q.def.Visibility))
	var again, last int
	for _, m := range r.messages {
		m.running = false
		q.letGo(m)
		if !slices.Contains(inv.Failed, m.ID) {
			handled = append(handled, m)
			continue
		}
		q.taken--
		m.visible = visible
		q.add(m)
		if q.def.Receives > 0 && m.Receives >= q.def.Receives {
			last++
		} else {
			again++
		}
	}
	inv.describe(again, last, max(0, time.Until(visible)))
	q.poll()
	return handled
}

// describe says what happens to messages that failed.
func (i *Invocation) describe(again, last int, in time.Duration) {
	var clauses []string
	if again > 0 {
		i.RetryIn = in
		clauses = append(clauses, fmt.Sprintf("the queue delivers %s again in %s", messages(again), in.Round(time.Millisecond)))
	}
	if last > 0 {
		clauses = append(clauses, fmt.Sprintf("%s go to the dead-letter queue in %s", messages(last), in.Round(time.Millisecond)))
		if last == 1 {
			clauses[len(clauses)-1] = fmt.Sprintf("1 message goes to the dead-letter queue in %s", in.Round(time.Millisecond))
		}
	}
	i.Next = strings.Join(clauses, ", and ")
}

func messages(n int) string {
	if n == 1 {
		return "1 message"
	}
	return fmt.Sprintf("%d messages", n)
}
