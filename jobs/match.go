package jobs

import (
	"errors"
	"sync"

	"github.com/jobgen/jobgen/internal/match"
	"github.com/jobgen/jobgen/internal/payload"
	"github.com/jobgen/jobgen/internal/table"
)

// matching is the state for matching bare events. It is made for the first one.
// Functions that only get events from generated rules don't need it, because the
// handler's name or the envelope names the job.
type matching struct {
	once  sync.Once
	set   *match.Set
	rules []ruleRef // by the indexes of the set's patterns
	err   error
}

// ruleRef is a rule and its part.
type ruleRef struct {
	part *part
	rule *table.Rule
}

// compile returns the set of the rules' patterns, with the values of their parameters.
// It reports all parameters without a value together.
func (m *matching) compile(parts []part) {
	var missing []MissingParameter
	for i := range parts {
		for j := range parts[i].table.Rules {
			r := &parts[i].table.Rules[j]
			for _, name := range parts[i].table.Missing(r) {
				missing = append(missing, MissingParameter{Name: name, Rule: r.ID})
			}
			m.rules = append(m.rules, ruleRef{&parts[i], r})
		}
	}
	if missing != nil {
		m.err = &ParameterError{Missing: missing}
		return
	}
	b := match.NewBuilder()
	for i, ref := range m.rules {
		if err := b.Read(i, ref.part.table.Text(ref.rule)); err != nil {
			m.err = &PatternError{Rule: ref.rule.ID, Err: err}
			return
		}
	}
	m.set = b.Set()
}

// match appends the rules that match the event to runs, in order.
func (d *Dispatcher) match(event *payload.Payload, runs []run) ([]run, error) {
	d.matching.once.Do(func() { d.matching.compile(d.chosen().parts) })
	if d.matching.err != nil {
		return nil, d.matching.err
	}
	found, err := event.Match(d.matching.set)
	if err != nil {
		return nil, foreign(event, clip(err.Error(), maxMessage))
	}
	for _, index := range found {
		ref := d.matching.rules[index]
		runs = add(runs, run{part: ref.part, job: ref.rule.Job, rule: ref.rule, whole: true})
	}
	return runs, nil
}

// Match is a rule that matches an event.
type Match struct {
	Rule    RuleInfo
	Payload []byte // what the job is sent: the event, or what the rule's input makes of it
}

// Matches returns the rules that match an event, in order, without calling any job. If
// the handler names a package, it tries only the rules of that package; if it names a
// job, it tries all rules. The error is one that Invoke returns before it calls a job, or
// an *InputError.
func (d *Dispatcher) Matches(event []byte) ([]Match, error) {
	p := payload.New(event)
	defer p.Release()
	if err := eventError(p); err != nil {
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
			match.Payload, err = r.makeInput(p)
			errs = append(errs, err)
		}
		matches = append(matches, match)
	}
	return matches, errors.Join(errs...)
}

// info describes a rule of the part.
func (p *part) info(r *table.Rule) RuleInfo {
	text := r.Pattern
	if p.table.Missing(r) == nil {
		text = p.table.Text(r)
	}
	return RuleInfo{ID: r.ID, Package: p.table.Path, Pattern: text, Handler: r.Job}
}
