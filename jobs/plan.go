package jobs

import (
	"encoding/json"

	"github.com/jobgen/jobgen/internal/target"
)

// plan says which jobs run for a payload.
type plan struct {
	one  run
	more []run // all of them, where there are several
}

// runs returns the jobs.
func (p *plan) runs() []run {
	if p.more != nil {
		return p.more
	}
	return []run{p.one}
}

// plan decides what a payload is for. Of an envelope it leaves what is inside.
func (d *Dispatcher) plan(event *Payload, p *plan) error {
	r := d.chosen()
	switch {
	case r.err != nil:
		return r.err
	case r.named != nil:
		return r.planJob(event, p)
	case event.fields.at[fieldRule] != 0:
		return d.planWrapped(event, p)
	}
	if err := event.eventError(); err != nil {
		return err
	}
	return d.planEvent(event, "", p)
}

// planJob plans the job that the handler names, without any matching. The
// payload is an event, unless a rule of the job sends something else.
func (r *route) planJob(event *Payload, p *plan) error {
	p.one = *r.named
	if err := event.eventError(); err != nil && (!p.one.hasInput() || event.value == 0) {
		return blame(err, p.one.handler(), "")
	}
	return nil
}

// hasInput reports whether a rule of the job sends it something other than the
// whole event.
func (r *run) hasInput() bool {
	rules := r.part.table.Rules
	for i := range rules {
		if rules[i].Job == r.job && rules[i].Input != nil {
			return true
		}
	}
	return false
}

// planWrapped plans the job of the rule that the envelope names. A rule that
// isn't known here, because it was renamed and this program is older or newer
// than the rules, leaves the event to be matched.
func (d *Dispatcher) planWrapped(event *Payload, p *plan) error {
	if fault := event.wrongKind(fieldRule, target.RuleKey, "string"); fault != "" {
		return event.foreign(fault)
	}
	inner := int(event.fields.at[fieldEvent])
	if inner == 0 {
		return event.foreign(quote(target.EventKey) + " is missing")
	}
	id := event.raw(fieldRule)
	event.enter(inner)
	err := event.eventError()
	in, rule := d.find(id)
	switch {
	case rule == nil && err != nil:
		return blame(err, "", text(id))
	case rule == nil:
		return d.planEvent(event, text(id), p)
	case err != nil && rule.Input == nil:
		return blame(err, in.table.Jobs[rule.Job].Handler, rule.ID)
	}
	p.one = run{part: in, job: rule.Job, rule: rule, answers: true}
	return nil
}

// find returns the rule whose id the JSON string holds, or nil.
func (d *Dispatcher) find(id json.RawMessage) (part, *Rule) {
	name := simpleText(id)
	if name == nil {
		name = []byte(text(id))
	}
	for _, p := range d.chosen().parts {
		if i := p.table.Matcher.Find(name, func(i int) string { return p.table.Rules[i].ID }); i >= 0 {
			return p, &p.table.Rules[i]
		}
	}
	return part{}, nil
}

// planEvent plans a job for each rule that matches the event.
func (d *Dispatcher) planEvent(event *Payload, unknownRule string, p *plan) error {
	var space [4]fired
	fired, err := d.match(event, space[:0])
	if err != nil {
		return err
	}
	if len(fired) == 0 {
		return &NoMatchError{
			Source: event.text(fieldSource), DetailType: event.text(fieldDetailType), EventID: event.id(),
			Rule: unknownRule, Packages: d.chosen().paths(),
		}
	}
	if p.one = fired[0].run(); len(fired) > 1 {
		p.more = make([]run, len(fired))
	}
	for i := range p.more {
		p.more[i] = fired[i].run()
	}
	return nil
}

// run is the job of a rule that wants an event.
func (f fired) run() run { return run{part: f.part, job: f.rule.Job, rule: f.rule, whole: true} }

func (r *route) paths() []string {
	var paths []string
	for _, p := range r.parts {
		paths = append(paths, p.table.Path)
	}
	return paths
}

// blame says in a foreign payload's error who wanted the payload.
func blame(err error, handler, rule string) error {
	if foreign, ok := err.(*ForeignPayloadError); ok {
		foreign.Handler, foreign.Rule = handler, rule
	}
	return err
}
