package jobs

import "encoding/json"

// plan says which jobs run for a payload.
type plan struct {
	event header
	one   run
	more  []run // all of them, where there are several
}

// runs returns the jobs.
func (p *plan) runs() []run {
	if p.more != nil {
		return p.more
	}
	return []run{p.one}
}

// plan decides what a payload is for.
func (d *Dispatcher) plan(payload []byte) (plan, error) {
	r := d.chosen()
	switch {
	case r.err != nil:
		return plan{}, r.err
	case r.named != nil:
		return r.planJob(payload)
	}
	f, err := readObject(payload)
	if err != nil {
		return plan{}, err
	}
	w, ok, err := f.wrapped(payload)
	switch {
	case err != nil:
		return plan{}, err
	case ok:
		return d.planWrapped(w)
	}
	event, err := f.header(payload)
	if err != nil {
		return plan{}, err
	}
	return d.planEvent(event, payload, "")
}

// planJob plans the job that the handler names, without any matching. The
// payload is an event, unless a rule of the job sends something else.
func (r *route) planJob(payload []byte) (plan, error) {
	one := *r.named
	one.payload, one.answers = payload, true
	event, err := readEvent(payload)
	if err != nil && (!one.hasInput() || !json.Valid(payload)) {
		return plan{}, blame(err, one.handler(), "")
	}
	return plan{event: event, one: one}, nil
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
func (d *Dispatcher) planWrapped(w wrapped) (plan, error) {
	p, rule := d.find(w.rule)
	event, err := w.header()
	if rule == nil {
		if err != nil {
			return plan{}, blame(err, "", text(w.rule))
		}
		return d.planEvent(event, w.event, text(w.rule))
	}
	one := run{part: p, job: rule.Job, rule: rule.ID, payload: w.event, answers: true}
	if err != nil && rule.Input == nil {
		return plan{}, blame(err, one.handler(), rule.ID)
	}
	return plan{event: event, one: one}, nil
}

// find returns the rule whose id the JSON string holds, or nil. An index of the
// rules is made for the first envelope.
func (d *Dispatcher) find(id json.RawMessage) (part, *Rule) {
	d.indexOnce.Do(func() { d.index = indexRules(d.chosen().parts) })
	name := simpleText(id)
	if name == nil {
		name = []byte(text(id))
	}
	f := d.index[string(name)]
	return f.part, f.rule
}

func indexRules(parts []part) map[string]fired {
	index := map[string]fired{}
	for _, p := range parts {
		for i := range p.table.Rules {
			rule := &p.table.Rules[i]
			index[rule.ID] = fired{p, rule}
		}
	}
	return index
}

// planEvent plans a job for each rule that matches the event.
func (d *Dispatcher) planEvent(event header, payload []byte, unknownRule string) (plan, error) {
	var space [4]fired
	fired, err := d.match(payload, space[:0])
	if err != nil {
		return plan{}, err
	}
	if len(fired) == 0 {
		return plan{}, &NoMatchError{
			Source: text(event.fields.source), DetailType: text(event.fields.detailType), EventID: event.id(),
			Rule: unknownRule, Packages: d.chosen().paths(),
		}
	}
	p := plan{event: event, one: fired[0].run(payload)}
	if len(fired) > 1 {
		p.more = make([]run, len(fired))
	}
	for i := range p.more {
		p.more[i] = fired[i].run(payload)
	}
	return p, nil
}

// run is the job of a rule that wants an event.
func (f fired) run(event []byte) run {
	return run{part: f.part, job: f.rule.Job, rule: f.rule.ID, payload: event, input: f.rule.Input}
}

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
