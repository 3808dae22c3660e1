package jobs

import (
	"errors"
	"fmt"

	"github.com/jobgen/jobgen/pattern"
)

// matcher holds the patterns of a dispatcher's rules, compiled for matching an
// event against all of them at once.
type matcher struct {
	set   *pattern.Set
	rules []fired // by index in the set
}

// fired is a rule that wants an event.
type fired struct {
	part part
	rule *Rule
}

// match appends the rules that want the event to rules, in order. The patterns
// are compiled for the first event that needs them.
func (d *Dispatcher) match(event []byte, rules []fired) ([]fired, error) {
	d.matchOnce.Do(func() { d.matcher, d.matchErr = compile(d.chosen().parts) })
	if d.matchErr != nil {
		return nil, d.matchErr
	}
	var space [16]int
	indexes, err := d.matcher.set.Match(event, space[:0])
	if err != nil {
		return nil, foreign(event, clip(err.Error(), maxMessage))
	}
	for _, index := range indexes {
		rules = append(rules, d.matcher.rules[index])
	}
	return rules, nil
}

// compile prepares the rules' patterns. Parameters that have no value are all
// told at once.
func compile(parts []part) (*matcher, error) {
	m := &matcher{}
	var patterns []*pattern.Pattern
	var missing []MissingParameter
	for _, p := range parts {
		for i := range p.table.Rules {
			rule := &p.table.Rules[i]
			text, absent := rule.expand()
			if len(absent) > 0 {
				missing = append(missing, absent...)
				continue
			}
			parsed, err := pattern.Parse([]byte(text))
			if err != nil {
				return nil, &PatternError{Rule: rule.ID, Err: err}
			}
			m.rules = append(m.rules, fired{p, rule})
			patterns = append(patterns, parsed)
		}
	}
	if len(missing) > 0 {
		return nil, &ParameterError{Missing: missing}
	}
	m.set = pattern.Compile(patterns...)
	return m, nil
}

// PatternError says that a rule's pattern is not one. jobgen checks patterns, so
// the value of a parameter is at fault, or generated code that was edited.
type PatternError struct {
	Rule string
	Err  error
}

func (e *PatternError) Error() string {
	return fmt.Sprintf("jobs: rule %s: the pattern is not valid: %s; check the values of its parameters, "+
		"which are environment variables, or run go generate", e.Rule, clip(e.Err.Error(), maxMessage))
}

// Unwrap returns the pattern package's error.
func (e *PatternError) Unwrap() error { return e.Err }

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
	rules, err := d.match(event, nil)
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
	text, missing := f.rule.expand()
	if len(missing) > 0 {
		text = f.rule.Pattern
	}
	return RuleInfo{
		ID: f.rule.ID, Package: f.part.table.Path, Pattern: text,
		Handler: f.part.table.Jobs[f.rule.Job].Handler,
	}
}
