package localbus

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/delivery"
	"github.com/jobgen/jobgen/internal/deployed"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/uuid"
)

// PutEntry is an entry of PutEvents (API_PutEventsRequestEntry). It is valid: the caller checks
// what PutEvents refuses.
type PutEntry struct {
	Bus        string // name or ARN; "" is the default bus
	Source     string
	DetailType string
	Detail     json.RawMessage
	Resources  []string
	Time       time.Time // zero is now
}

// PutResult is the result of one entry or event.
type PutResult struct {
	ID  string // of the event
	Err error
}

// event returns the event as EventBridge sends it (EventBridge user guide, page
// eb-events-structure).
func (e *PutEntry) event(id string, now time.Time) []byte {
	if !e.Time.IsZero() {
		now = e.Time
	}
	event := catalog.Envelope{
		Version: "0", ID: id, DetailType: e.DetailType, Source: e.Source, Account: catalog.SampleAccount,
		Time: now.UTC().Format(time.RFC3339), Region: catalog.SampleRegion, Resources: append([]string{}, e.Resources...), Detail: e.Detail,
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(event); err != nil { // the detail is not JSON
		return e.Detail
	}
	return bytes.TrimSpace(b.Bytes())
}

// Put puts events, as PutEvents does. It returns when each event is with the functions and queues
// of the rules that it fires, before they are handled.
func (b *Bus) Put(entries ...PutEntry) []PutResult {
	results := make([]PutResult, len(entries))
	for i, e := range entries {
		id := uuid.New()
		results[i] = PutResult{ID: id, Err: b.put(FromPut, id, deployed.BusName(e.Bus), e.event(id, time.Now()))}
	}
	return results
}

// PutEvent puts a whole event, or what a subscriber of a custom event bus sends to a function: a
// list of events, or an event with its metadata. It is sent as it is.
func (b *Bus) PutEvent(bus string, event []byte) PutResult {
	if d := delivery.Read(event); d != nil {
		id := uuid.New()
		return PutResult{ID: id, Err: b.putDelivery(id, d)}
	}
	var head struct{ ID string }
	if err := json.Unmarshal(event, &head); err != nil || head.ID == "" || b.journal.has(head.ID) {
		head.ID = uuid.New() // an example may be put several times
	}
	return PutResult{ID: head.ID, Err: b.put(FromEvent, head.ID, deployed.BusName(bus), event)}
}

// Fire sends an event that is made for a rule to that rule alone.
func (b *Bus) Fire(ruleID string) PutResult {
	program, err := b.acquire()
	if err != nil {
		return PutResult{Err: err}
	}
	defer b.release(program)
	rule, err := program.Rule(ruleID)
	if err != nil {
		return PutResult{Err: err}
	}
	return b.fire(program, rule, FromFire, time.Now())
}

// fire sends an event that is made for a rule to that rule alone.
func (b *Bus) fire(program *Program, rule *Rule, origin Origin, now time.Time) PutResult {
	event, err := program.build.Event(rule.Rule, now)
	if err != nil {
		return PutResult{Err: err}
	}
	if err := b.room(1, len(event)); err != nil {
		return PutResult{Err: err}
	}
	id := uuid.New()
	a := arrival(origin, id, rule.Bus(), event)
	a.Fires = []string{rule.ID}
	b.journal.add(Entry{Arrival: a})
	return PutResult{ID: id, Err: (&posting{b, origin, id, event}).send(rule)}
}

// arrival describes an event for the journal.
func arrival(origin Origin, id, bus string, event []byte) *Arrival {
	a := &Arrival{ID: id, Origin: origin, Bus: bus, Event: clip(event), Events: 1}
	var head struct {
		Source     string `json:"source"`
		DetailType string `json:"detail-type"`
	}
	if json.Unmarshal(event, &head) == nil {
		a.Source, a.DetailType = head.Source, head.DetailType
	}
	return a
}

// put sends an event to the rules that it fires.
func (b *Bus) put(origin Origin, id, bus string, event []byte) error {
	program, err := b.acquire()
	if err != nil {
		return err
	}
	defer b.release(program)
	if !isObject(event) {
		return errNoObject
	}
	a := arrival(origin, id, bus, event)
	var fires []*Rule
	for _, r := range program.Rules {
		why, err := r.fires(bus, event)
		if err != nil {
			return err
		}
		if why != "" {
			a.Silent = append(a.Silent, Silence{r.ID, why})
			continue
		}
		fires = append(fires, r)
		a.Fires = append(a.Fires, r.ID)
	}
	for _, r := range program.Absent {
		a.Silent = append(a.Silent, Silence{r.ID, r.Absent})
	}
	if err := b.room(len(fires), len(event)); err != nil {
		return err
	}
	b.journal.add(Entry{Arrival: a})
	p := &posting{b, origin, id, event}
	for _, r := range fires {
		if err := p.send(r); err != nil {
			return err
		}
	}
	return nil
}

var errNoObject = errors.New(`an event is a JSON object: {"source": "aws.ec2", …}`)

func isObject(event []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(event, " \t\r\n"), []byte("{")) && json.Valid(event)
}

// room returns an error if too many events wait for n more of the given size.
func (b *Bus) room(n, size int) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.hasRoom(n, size)
}

// fires returns why an event doesn't fire a rule, or "" if it does. The error means that the
// event is not one.
func (r *Rule) fires(bus string, event []byte) (why string, err error) {
	if own := r.Bus(); own != bus {
		if own == "" {
			return "it is a schedule of EventBridge Scheduler, which no event bus fires", nil
		}
		return "it is a rule of the event bus " + own + ", and the event is on " + bus, nil
	}
	if matched, err := r.Compiled.Match(event); err != nil {
		return "", err
	} else if !matched {
		return r.whyNot(event)
	}
	return r.heldBack(event), nil
}

// whyNot returns the first reason why the pattern doesn't match.
func (r *Rule) whyNot(event []byte) (string, error) {
	why, err := r.Compiled.Explain(event)
	if err != nil {
		return "", err
	}
	reasons := r.Reasons(why, false)
	if len(reasons) == 0 {
		return "its pattern does not match", nil
	}
	return reasons[0] + also(reasons[1:]), nil
}

func also(more []string) string {
	text := ""
	for _, reason := range more {
		text += "; " + reason
	}
	return text
}

// heldBack returns why the rule's state keeps an event from a rule whose pattern matches it, or
// "".
func (r *Rule) heldBack(event []byte) string {
	switch {
	case r.StateName() == model.Disabled:
		return "its pattern matches, but the rule is " + model.Disabled
	case r.StateName() == model.Enabled && isManagementRead(event):
		return "its pattern matches, but only rules in the state " + model.EnabledCloudTrail + " get read-only management calls"
	}
	return ""
}

// callDetailTypes are the detail-types of the events of CloudTrail's management calls.
var callDetailTypes = []string{"AWS API Call via CloudTrail", "AWS Console Action via CloudTrail"}

// isManagementRead reports whether an event is a read-only management call that CloudTrail
// recorded. By default, rules don't get these (EventBridge user guide, page
// eb-service-event-cloudtrail-management).
func isManagementRead(event []byte) bool {
	var call struct {
		DetailType string `json:"detail-type"`
		Detail     struct {
			EventSource     string `json:"eventSource"`
			EventName       string `json:"eventName"`
			ManagementEvent *bool  `json:"managementEvent"`
		} `json:"detail"`
	}
	if json.Unmarshal(event, &call) != nil || !slices.Contains(callDetailTypes, call.DetailType) {
		return false
	}
	if m := call.Detail.ManagementEvent; m != nil && !*m {
		return false
	}
	return catalog.ClassOf(call.Detail.EventSource, call.Detail.EventName) == catalog.ReadOnly
}

// posting is an event on its way to the targets of rules.
type posting struct {
	bus    *Bus
	origin Origin
	id     string
	event  []byte
}

// send sends the event to the target of a rule.
func (p *posting) send(r *Rule) error {
	now := time.Now()
	payload, err := r.Payload(p.event, now)
	if err != nil {
		p.refuse(r, err)
		return nil
	}
	if r.Via != nil {
		return p.enqueue(r, payload)
	}
	d := &shipment{bus: p.bus, events: []string{p.id}, rules: []*Rule{r}, origin: p.origin, payload: payload, arrived: now, fn: r.Target}
	return d.start()
}

// refuse handles an event for which EventBridge can't make the target's input.
func (p *posting) refuse(r *Rule, err error) {
	inv := &Invocation{
		Events: []string{p.id}, Rules: []string{r.ID}, Origin: p.origin, Function: r.Target.Name, Attempt: 1,
		ErrorType: deployed.ErrorInput, Error: err.Error(), Next: "EventBridge drops the event: the rule has no dlq",
	}
	if r.DLQ != nil {
		inv.Next = "EventBridge sends the event to the rule's dlq"
	}
	p.bus.journal.add(Entry{Invocation: inv})
	if r.DLQ != nil {
		p.bus.letters.bury(ruleLetter(r, p.id, p.event, err))
	}
}

// enqueue sends the input of a rule's target to the rule's queue.
func (p *posting) enqueue(r *Rule, body []byte) error {
	msg := newMessage(Message{Body: body, Group: r.Rule.Queue.Group})
	msg.bus, msg.origin, msg.rules, msg.events = p.bus, p.origin, []*Rule{r}, []string{p.id}
	sent, err := p.bus.enqueue(r.Via, msg)
	if sent.Duplicate {
		p.bus.journal.add(Entry{Problem: fmt.Sprintf(
			"event %s, rule %s: the queue %s ignores the message, because it got one with the same body within the last five minutes (content-based deduplication)",
			p.id, r.ID, r.Via.Name)})
	}
	return err
}

// putDelivery calls each function with the events of a delivery that its rules match.
func (b *Bus) putDelivery(id string, d *delivery.Delivery) error {
	if len(d.Events) == 0 {
		return deployed.ErrNoEvents
	}
	program, err := b.acquire()
	if err != nil {
		return err
	}
	defer b.release(program)
	var rules []*deployed.Rule
	for _, r := range program.Rules {
		rules = append(rules, r.Rule)
	}
	subscribers, err := deployed.Subscribers(rules, d)
	if err != nil {
		return err
	}
	whole := d.Only(all(len(d.Events)))
	if err := b.room(len(subscribers), len(whole)); err != nil {
		return err
	}
	a := &Arrival{ID: id, Origin: FromDelivery, Event: clip(whole), Events: len(d.Events)}
	for _, s := range subscribers {
		a.Fires = append(a.Fires, s.IDs()...)
	}
	a.Silent = silentInDelivery(program, a.Fires, d)
	b.journal.add(Entry{Arrival: a})
	for _, s := range subscribers {
		if len(s.Events) == 0 {
			continue
		}
		if err := b.subscription(program, s, id, d).start(); err != nil {
			return err
		}
	}
	return nil
}

func all(n int) []int {
	places := make([]int, n)
	for i := range places {
		places[i] = i
	}
	return places
}

// subscription returns the call of a subscriber's function.
func (b *Bus) subscription(p *Program, s *deployed.Subscriber, id string, d *delivery.Delivery) *shipment {
	call := &shipment{bus: b, events: []string{id}, origin: FromDelivery, payload: d.Only(s.Events), arrived: time.Now()}
	for i, r := range s.Rules {
		if s.Matched[i] {
			call.rules = append(call.rules, p.byKey[ruleKey(r)])
		}
	}
	call.fn = call.rules[0].Target
	return call
}

// silentInDelivery returns why rules match no event of a delivery: the reason for its first
// event.
func silentInDelivery(p *Program, fires []string, d *delivery.Delivery) []Silence {
	var silent []Silence
	for _, r := range p.Rules {
		if slices.Contains(fires, r.ID) {
			continue
		}
		if why, err := r.whyNot(d.Events[0]); err == nil {
			silent = append(silent, Silence{r.ID, why})
		}
	}
	return silent
}
