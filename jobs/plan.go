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
func (d *Dispatcher) plan(event *Payload) (plan, error) {
	r := d.chosen()
	switch {
	case r.err != nil:
		return plan{}, r.err
	case r.named != nil:
		return r.planJob(event)
	case event.fields.at[fieldRule] != 0:
		return d.planWrapped(event)
	}
	if err := event.eventError(); err != nil {
		return plan{}, err
	}
	return d.planEvent(event, "")
}

// planJob plans the job that the handler names, without any matching. The
// payload is an event, unless a rule of the job sends something else.
func (r *route) planJob(event *Payload) (plan, error) {
	one := *r.named
	if err := event.eventError(); err != nil && (!one.hasInput() || event.value == 0) {
		return plan{}, blame(err, one.handler(), "")
	}
	return plan{one: one}, nil
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
func (d *Dispatcher) planWrapped(event *Payload) (plan, error) {
	if fault := event.wrongKind(fieldRule, target.RuleKey, "string"); fault != "" {
		return plan{}, event.foreign(fault)
	}
	inner := int(event.fields.at[fieldEvent])
	if inner == 0 {
		return plan{}, event.foreign(quote(target.EventKey) + " is missing")
	}
	id := event.raw(fieldRule)
	event.enter(inner)
	p, rule := d.find(id)
	err := event.eventError()
	switch {
	case rule == nil && err != nil:
		return plan{}, blame(err, "", text(id))
	case rule == nil:
		return d.planEvent(event, text(id))
	case err != nil && rule.Input == nil:
		return plan{}, blame(err, p.table.Jobs[rule.Job].Handler, rule.ID)
	}
	return plan{one: run{part: p, job: rule.Job, rule: rule, answers: true}}, nil
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
func (d *Dispatcher) planEvent(event *Payload, unknownRule string) (plan, error) {
	var space [4]fired
	fired, err := d.match(event, space[:0])
	if err != nil {
		return plan{}, err
	}
	if len(fired) == 0 {
		return plan{}, &NoMatchError{
			Source: event.text(fieldSource), DetailType: event.text(fieldDetailType), EventID: event.id(),
			Rule: unknownRule, Packages: d.chosen().paths(),
		}
	}
	p := plan{one: fired[0].run()}
	if len(fired) > 1 {
		p.more = make([]run, len(fired))
	}
	for i := range p.more {
		p.more[i] = fired[i].run()
	}
	return p, nil
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
