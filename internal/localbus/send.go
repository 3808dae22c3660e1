package localbus

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"github.com/jobgen/jobgen/internal/sqsevent"
)

// Message is a message for Send. It is valid: the caller checks what SendMessage refuses.
type Message struct {
	Body          []byte
	Delay         time.Duration
	Group         string // of a FIFO queue
	Deduplication string // of a FIFO queue; "" means the hash of the body, as for content-based deduplication
	Attributes    map[string]sqsevent.Attribute
}

// Sent is the result of Send.
type Sent struct {
	ID        string
	MD5OfBody string
	Sequence  string // of a FIFO queue
	// Duplicate says that the queue has had a message with the same deduplication id within the
	// last five minutes. The result is that of the other message.
	Duplicate bool
}

// Send sends a message to the queue with a name, an ARN or a URL.
func (b *Bus) Send(name string, m Message) (Sent, error) {
	program, err := b.acquire()
	if err != nil {
		return Sent{}, err
	}
	defer b.release(program)
	def, err := program.Queue(name)
	if err != nil {
		return Sent{}, err
	}
	if err := b.room(1, len(m.Body)); err != nil {
		return Sent{}, err
	}
	msg := newMessage(m)
	msg.bus, msg.origin, msg.rules = b, FromMessage, def.rules()
	msg.events = []string{msg.ID}
	b.journal.add(Entry{Arrival: &Arrival{ID: msg.ID, Origin: FromMessage, Event: clip(m.Body), Events: 1, Fires: msg.ruleIDs()}})
	return b.enqueue(def, msg)
}

// rules returns the rules that send to the queue.
func (q *Queue) rules() []*Rule {
	var rules []*Rule
	for _, m := range q.Mappings {
		rules = slices.Concat(rules, m.Rules)
	}
	return rules
}

func newMessage(m Message) *message {
	msg := &message{Message: sqsevent.NewMessage(m.Body)}
	msg.Group, msg.Deduplication, msg.Attributes = m.Group, m.Deduplication, m.Attributes
	msg.payload, msg.arrived = m.Body, time.Now()
	msg.Sent, msg.visible = msg.arrived, msg.arrived.Add(m.Delay)
	return msg
}

// enqueue adds a message to a queue.
func (b *Bus) enqueue(def *Queue, msg *message) (Sent, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	q := b.queues[def.ARN]
	if q == nil {
		// The program was replaced since the event was matched, and the new one has no such queue.
		q = newQueue(b, def)
		b.queues[def.ARN] = q
		def.program.uses++
	}
	if def.FIFO && msg.Deduplication == "" {
		sum := sha256.Sum256(msg.Body)
		msg.Deduplication = hex.EncodeToString(sum[:])
	}
	if sent, ok := q.duplicate(msg); ok {
		return sent, nil
	}
	if err := b.admit(&msg.shipment); err != nil {
		return Sent{}, err
	}
	q.sequence++
	msg.Sequence = q.sequence
	sent := Sent{ID: msg.ID, MD5OfBody: sqsevent.Sum(msg.Body)}
	if def.FIFO {
		sent.Sequence = fmt.Sprintf("%020d", msg.Sequence)
		q.remember(msg, sent)
	}
	q.add(msg)
	q.poll()
	return sent, nil
}

// duplicate returns the result of an earlier message with the same deduplication id. Bus.mu is
// locked.
func (q *queue) duplicate(msg *message) (Sent, bool) {
	for len(q.sentKeys) > 0 {
		first, ok := q.sent[q.sentKeys[0]]
		if ok && time.Since(first.at) < deduplication {
			break
		}
		delete(q.sent, q.sentKeys[0])
		q.sentKeys = q.sentKeys[1:]
	}
	earlier, ok := q.sent[msg.Deduplication]
	if !q.def.FIFO || !ok {
		return Sent{}, false
	}
	earlier.Duplicate = true
	return earlier.Sent, true
}

// remember keeps the message's deduplication id. Bus.mu is locked.
func (q *queue) remember(msg *message, sent Sent) {
	q.sent[msg.Deduplication] = sentMessage{sent, msg.arrived}
	q.sentKeys = append(q.sentKeys, msg.Deduplication)
}
