package localbus

import (
	"slices"
	"sync"
	"time"

	"github.com/jobgen/jobgen/internal/runtimeapi"
)

// Entry is an entry of the bus's journal. Exactly one of the pointers is set.
type Entry struct {
	Number     int // counts entries, from 1
	Time       time.Time
	Arrival    *Arrival
	Invocation *Invocation
	Letter     *Letter
	Problem    string // something that went wrong in the bus
}

// Origin says where an event comes from.
type Origin string

// The origins of events.
const (
	FromPut      Origin = "put"      // Put: an entry of PutEvents
	FromEvent    Origin = "event"    // PutEvent: a whole event
	FromDelivery Origin = "delivery" // PutEvent: what a subscriber of a custom event bus sends
	FromSchedule Origin = "schedule" // a schedule, by its clock
	FromFire     Origin = "fire"     // Fire
	FromMessage  Origin = "message"  // Send: a message to a queue
	FromInvoke   Origin = "invoke"   // Invoke and InvokeAsync
)

// Arrival is an event that has arrived, with the rules that it fires.
type Arrival struct {
	ID         string // of the event, or of the message
	Origin     Origin
	Bus        string
	Source     string
	DetailType string
	Event      []byte // its first bytes, if it is large
	Events     int    // the number of events in a delivery
	Fires      []string
	Silent     []Silence
}

// Silence says why an event doesn't fire a rule.
type Silence struct{ Rule, Reason string }

// Invocation is one call of a function that has ended, or a call that can't be made.
type Invocation struct {
	Events   []string // the ids of the events or messages
	Rules    []string // the ids of the rules
	Origin   Origin
	Function string
	Method   string // the handlers of the jobs that ran
	Jobs     int    // their number
	Queue    string // the ARN of the rule's queue, if there is one
	Attempt  int    // from 1
	Payload  []byte // its first bytes, if it is large
	Answer   []byte // the same
	Duration time.Duration
	Init     time.Duration // of the start of the process, if this call started it

	ErrorType string
	Error     string
	Stack     []string
	Failed    []string // the ids of the messages of a batch that are not handled
	// RetryIn is the time until the next attempt, or 0.
	RetryIn time.Duration
	Next    string // says what happens after a failure
}

// IsFailure reports whether the invocation failed.
func (i *Invocation) IsFailure() bool { return i.ErrorType != "" || i.Error != "" }

func (i *Invocation) fill(r runtimeapi.Result) {
	i.Method, i.Jobs = handlers(r.Jobs), len(r.Jobs)
	i.Duration, i.Init = r.Duration, r.InitDuration
	i.Answer = clip(r.Payload)
	if r.FunctionError != "" {
		i.ErrorType, i.Error, i.Stack = r.ErrorType, r.ErrorMessage, r.StackTrace
		if i.ErrorType == "" && i.Error == "" {
			i.ErrorType = r.FunctionError
		}
	}
}

// Record is an event with the invocations and dead letters that it caused.
type Record struct {
	Number      int // of the arrival
	Time        time.Time
	Arrival     *Arrival
	Invocations []Entry
	Letters     []Entry
}

// The journal's limits.
const (
	journalEntries = 2000      // entries that are kept
	journalBytes   = 32 << 20  // of events, payloads and answers that are kept
	clipBytes      = 256 << 10 // of an event, payload or answer that are kept
)

func clip(data []byte) []byte {
	if len(data) > clipBytes {
		return data[:clipBytes:clipBytes]
	}
	return data
}

// journal keeps the newest entries, and passes each entry on.
type journal struct {
	mu      sync.Mutex
	sink    func(Entry)
	entries []Entry
	bytes   int
	last    int
}

// add adds an entry. It must not be called with Bus.mu locked.
func (j *journal) add(e Entry) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.last++
	e.Number, e.Time = j.last, time.Now()
	j.entries = append(j.entries, e)
	j.bytes += e.size()
	for len(j.entries) > journalEntries || j.bytes > journalBytes {
		j.bytes -= j.entries[0].size()
		j.entries[0] = Entry{}
		j.entries = j.entries[1:]
	}
	if j.sink != nil {
		j.sink(e)
	}
}

func (e *Entry) size() int {
	switch {
	case e.Arrival != nil:
		return len(e.Arrival.Event)
	case e.Invocation != nil:
		return len(e.Invocation.Payload) + len(e.Invocation.Answer)
	case e.Letter != nil:
		return len(e.Letter.Body)
	}
	return 0
}

// has reports whether the arrival of an event with this id is kept.
func (j *journal) has(id string) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return slices.ContainsFunc(j.entries, func(e Entry) bool { return e.Arrival != nil && e.Arrival.ID == id })
}

// records returns the events whose arrivals are kept, the newest first.
func (j *journal) records() []Record {
	j.mu.Lock()
	defer j.mu.Unlock()
	var records []Record
	at := map[string]int{}
	for _, e := range j.entries {
		if e.Arrival != nil {
			at[e.Arrival.ID] = len(records)
			records = append(records, Record{Number: e.Number, Time: e.Time, Arrival: e.Arrival})
		}
		for _, id := range e.events() {
			if i, ok := at[id]; ok {
				records[i].add(e)
			}
		}
	}
	slices.Reverse(records)
	return records
}

// events returns the ids of the events of an invocation or a dead letter.
func (e *Entry) events() []string {
	switch {
	case e.Invocation != nil:
		return e.Invocation.Events
	case e.Letter != nil:
		return e.Letter.Events
	}
	return nil
}

func (r *Record) add(e Entry) {
	if e.Letter != nil {
		r.Letters = append(r.Letters, e)
		return
	}
	r.Invocations = append(r.Invocations, e)
}
