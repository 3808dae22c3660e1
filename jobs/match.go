package jobs

import (
	"errors"
	"fmt"

	"github.com/jobgen/jobgen/internal/match"
)

// fired is a rule that wants an event.
type fired struct {
	part part
	rule *Rule
}

// match appends the rules that want the event to rules, in order.
func (d *Dispatcher) match(event *Payload, rules []fired) ([]fired, error) {
	d.paramsOnce.Do(func() { d.params, d.paramsErr = readParams(d.chosen().parts) })
	if d.paramsErr != nil {
		return nil, d.paramsErr
	}
	var top *match.Top
	if event.fields.plain() {
		top = (*match.Top)(event.fields.at[fieldVersion:])
	}
	var space [16]int
	for i, p := range d.chosen().parts {
		indexes, err := event.matcher.Match(p.table.Matcher, d.params[i], &event.tape, event.value, top, space[:0])
		if err != nil {
			return nil, foreign(event.JSON(), clip(err.Error(), maxMessage))
		}
		for _, index := range indexes {
			rules = append(rules, fired{p, &p.table.Rules[index]})
		}
	}
	return rules, nil
}

// readParams reads the parameters of the parts' patterns, the one thing of patterns
// that isn't known before. It returns for each part the values of its matcher's
// Params. Parameters that have no value are all told at once.
func readParams(parts []part) ([][]string, error) {
	values := make([][]string, len(parts))
	var missing []MissingParameter
	for i, p := range parts {
		if !p.table.Matcher.IsCurrent() {
			return nil, &VersionError{Package: p.table.Path}
		}
		if p.table.Params == nil {
			continue
		}
		var absent []MissingParameter
		var err error
		if values[i], absent, err = p.table.Params.values(p.table); err != nil {
			return nil, err
		}
		missing = append(missing, absent...)
	}
	if missing != nil {
		return nil, &ParameterError{Missing: missing}
	}
	return values, nil
}

// VersionError says that a package's generated code is not of the version of
// jobgen that the package jobs is of: it can't be read.
type VersionError struct{ Package string }

func (e *VersionError) Error() string {
	return fmt.Sprintf("jobs: the generated code of %s is of another version of jobgen than the package jobs; run go generate", e.Package)
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
	rules, err := d.match(p, nil)
	if err != nil {
		return nil, err
	}
	var matches []Match
	var errs []error
	for _, f := range rules {
		match := Match{Rule: f.info(), Payload: event}
		if f.rule.Input != nil {
			var err error
			match.Payload, err = f.rule.input(p)
			errs = append(errs, err)
		}
		matches = append(matches, match)
	}
	return matches, errors.Join(errs...)
}

func (f fired) info() RuleInfo {
	text := f.rule.Pattern
	if params := f.part.table.Params; params != nil {
		text = params.pattern(f.rule)
	}
	return RuleInfo{
		ID: f.rule.ID, Package: f.part.table.Path, Pattern: text,
		Handler: f.part.table.Jobs[f.rule.Job].Handler,
	}
}
