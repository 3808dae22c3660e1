package jobs

import (
	"encoding/json"
	"sync"

	"github.com/jobgen/jobgen/internal/payload"
	"github.com/jobgen/jobgen/internal/table"
	"github.com/jobgen/jobgen/internal/target"
)

// plan appends the jobs for a payload to runs. If the payload is an envelope, event is
// its content afterwards.
func (d *Dispatcher) plan(event *payload.Payload, runs []run) ([]run, error) {
	r := d.chosen()
	switch {
	case r.err != nil:
		return nil, r.err
	case r.named != nil:
		// The payload is an event, unless a rule of the job sends something else.
		err := eventError(event)
		if err != nil && (!r.named.table.HasInput(r.job) || !event.IsJSON()) {
			return nil, blame(err, r.job, "")
		}
		event.Fixed = r.fixed
		return add(runs, run{part: r.named, job: r.job, answers: true}), nil
	case event.Token(payload.Rule) != 0:
		return d.planWrapped(event, runs)
	}
	if err := eventError(event); err != nil {
		return nil, err
	}
	return d.planEvent(event, "", runs)
}

// add appends a job. It is not inlined, because its callers would be much larger.
//
//go:noinline
func add(runs []run, r run) []run {
	n := len(runs)
	if n == cap(runs) {
		runs = moreRuns(runs)
	}
	runs = runs[:n+1]
	runs[n] = r
	return runs
}

//go:noinline
func moreRuns(runs []run) []run { return append(runs, make([]run, len(runs)+4)...)[:len(runs)] }

// planWrapped plans the job of the rule that the envelope names. If no rule has that id,
// because the rule was renamed and the program is older or newer than the rules, it
// matches the event.
func (d *Dispatcher) planWrapped(event *payload.Payload, runs []run) ([]run, error) {
	if fault := wrongKind(event, payload.Rule, `"`+target.RuleKey+`"`, '"'); fault != "" {
		return nil, foreign(event, fault)
	}
	inner := event.Token(payload.Event)
	if inner == 0 {
		return nil, foreign(event, `"`+target.EventKey+`" is missing`)
	}
	id := event.Raw(payload.Rule)
	event.Enter(inner)
	err := eventError(event)
	in, rule := d.find(id)
	switch {
	case rule == nil && err != nil:
		return nil, blame(err, "", payload.Text(id))
	case rule == nil:
		return d.planEvent(event, payload.Text(id), runs)
	case err != nil && rule.Input == nil:
		return nil, blame(err, rule.Job, rule.ID)
	}
	event.Fixed = rule.Input != nil && !rule.Input.Free()
	return add(runs, run{part: in, job: rule.Job, rule: rule, answers: true}), nil
}

// find returns the rule with the id in the JSON string, or nil.
func (d *Dispatcher) find(id json.RawMessage) (*part, *table.Rule) {
	name := payload.SimpleText(id)
	if name == nil {
		name = []byte(payload.Text(id))
	}
	d.ids.once.Do(func() { d.ids.read(d.chosen().parts) })
	ref := d.ids.rules[string(name)]
	return ref.part, ref.rule
}

// ruleIDs has the rules by their ids. The first envelope fills it.
type ruleIDs struct {
	once  sync.Once
	rules map[string]ruleRef
}

func (r *ruleIDs) read(parts []part) {
	r.rules = map[string]ruleRef{}
	for i := range parts {
		rules := parts[i].table.Rules
		for j := range rules {
			r.rules[rules[j].ID] = ruleRef{&parts[i], &rules[j]}
		}
	}
}

// planEvent plans a job for each rule that matches the event.
func (d *Dispatcher) planEvent(event *payload.Payload, unknownRule string, runs []run) ([]run, error) {
	runs, err := d.match(event, runs)
	if err == nil && len(runs) == 0 {
		err = d.noMatch(event, unknownRule)
	}
	return runs, err
}

//go:noinline
func (d *Dispatcher) noMatch(event *payload.Payload, unknownRule string) error {
	parts := d.chosen().parts
	paths := make([]string, len(parts))
	for i := range parts {
		paths[i] = parts[i].table.Path
	}
	return &NoMatchError{
		Source: event.Text(payload.Source), DetailType: event.Text(payload.DetailType), EventID: event.ID(),
		Rule: unknownRule, Packages: paths,
	}
}

// blame adds the job and the rule to the error for a foreign payload.
//
//go:noinline
func blame(err error, handler, rule string) error {
	if foreign, ok := err.(*ForeignPayloadError); ok {
		foreign.Handler, foreign.Rule = handler, rule
	}
	return err
}
