package jobs

import (
	"errors"

	"github.com/jobgen/jobgen/internal/match"
)

// match appends the rules that want the event to runs, in order.
func (d *Dispatcher) match(event *Payload, runs []run) ([]run, error) {
	d.paramsOnce.Do(d.readParams)
	if d.paramsErr != nil {
		return nil, d.paramsErr
	}
	var top *match.Top
	if event.fields.plain() {
		top = (*match.Top)(event.fields.at[fieldVersion:])
	}
	parts := d.chosen().parts
	for i := range parts {
		p := &parts[i]
		found, err := event.matcher.Match(p.table.Matcher, d.params[i], &event.tape, event.value, top)
		if err != nil {
			return nil, event.foreign(clip(err.Error(), maxMessage))
		}
		for _, index := range found {
			rule := &p.table.Rules[index]
			runs = add(runs, run{part: p, job: rule.Job, rule: rule, whole: true})
		}
	}
	return runs, nil
}

// readParams reads the parameters of the parts' patterns, the one thing of patterns
// that isn't known before: for each part the values of its matcher's Params.
// Parameters that have no value are all told at once.
func (d *Dispatcher) readParams() {
	parts := d.chosen().parts
	d.params = make([][]string, len(parts))
	for i := range parts {
		t := parts[i].table
		if !t.Matcher.IsCurrent() {
			d.paramsErr = &VersionError{Package: t.Path}
			return
		}
		if t.Params != nil {
			d.params[i], d.paramsErr = t.Params.values(t, d.paramsErr)
		}
	}
}

// VersionError says that a package's generated code is not of the version of
// jobgen that the package jobs is of: it can't be read.
type VersionError struct{ Package string }

func (e *VersionError) Error() string {
	return "jobs: the generated code of " + e.Package + " is of another version of jobgen than the package jobs; run go generate"
}

// Match is a rule that an event fires.
type Match struct {
	Rule    RuleInfo
	Payload []byte // what the job is sent: the event, or what the rule's input makes of it
}

// Matches returns the rules that an event fires, in order, without calling any
// job: none if there are none. Under a handler that names a package it tries
// that package's rules alone; one that names a job makes no difference. An error
// is one of those that Invoke returns before it calls a job, or an *InputError.
func (d *Dispatcher) Matches(event []byte) ([]Match, error) {
	p := newPayload(event)
	defer p.release()
	if err := p.eventError(); err != nil {
		return nil, err
	}
	runs, err := d.match(p, nil)
	if err != nil {
		return nil, err
	}
	var matches []Match
	var errs []error
	for _, r := range runs {
		match := Match{Rule: r.part.info(r.rule), Payload: event}
		if r.rule.Input != nil {
			var err error
			match.Payload, err = r.rule.Input.make(r.rule, p)
			errs = append(errs, err)
		}
		matches = append(matches, match)
	}
	return matches, errors.Join(errs...)
}

// info tells of a rule of the part.
func (p *part) info(r *Rule) RuleInfo {
	text := r.Pattern
	if params := p.table.Params; params != nil {
		text = params.pattern(r)
	}
	return RuleInfo{ID: r.ID, Package: p.table.Path, Pattern: text, Handler: p.table.Jobs[r.Job].Handler}
}
