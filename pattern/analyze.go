package pattern

import (
	"fmt"
	"iter"
	"maps"
	"slices"
)

// Answer is the result of an analysis of patterns.
//
// The analysis considers only events in which every field has at most one value. With
// lists, an event could have all values at once ({"source": ["aws.ec2", "aws.s3"]}), and
// almost all patterns would overlap. For such events Yes and No are exact. The answer is
// Unknown if the search takes too much work, for example for wildcards with very many
// stars, or if a field has cidr blocks and prefixes, suffixes or wildcards.
type Answer uint8

// The answers.
const (
	Unknown Answer = iota
	Yes
	No
)

// String gives the constant's name in lower case.
func (a Answer) String() string { return [...]string{"unknown", "yes", "no"}[a] }

// mostCombinations bounds how many combinations of rules are looked at.
const mostCombinations = 20_000

// mostWork bounds the searches for strings that one question takes, in steps of
// automata: ordinary patterns take a hundredth of it. A Comparer has mostWorkInAll,
// and when that is spent leastWork for each question.
const (
	mostWork      = 4_000_000
	mostWorkInAll = 5 * mostWork
	leastWork     = mostWork / 20
)

// demand is what a field must be: that it holds, or that it doesn't.
type demand struct {
	field *Field
	holds bool
}

// demands are what must be the case at once, by the fields' names.
type demands map[string][]demand

func (d demands) rule(r rule) {
	for _, f := range r {
		d[f.Name()] = append(d[f.Name()], demand{field: f, holds: true})
	}
}

// Satisfiable reports whether there is an event that the pattern matches.
func (p *Pattern) Satisfiable() Answer {
	_, answer := p.sample()
	return answer
}

// Sample returns an event that the pattern matches, with only the necessary fields. ok is
// false if none was found; see Satisfiable.
func (p *Pattern) Sample() (event []byte, ok bool) {
	w, answer := p.sample()
	if answer != Yes {
		return nil, false
	}
	return w.event(), true
}

func (p *Pattern) sample() (witness, Answer) {
	result := No
	s := newSolver()
	for _, r := range p.rules {
		d := demands{}
		d.rule(r)
		w, answer := s.solve(d)
		if answer == Yes && w.matches(p) == Yes {
			return w, Yes
		}
		if answer != No {
			result = Unknown
		}
	}
	return nil, result
}

// NearMiss is an event that a pattern doesn't match because of a single field.
type NearMiss struct {
	Path  string // the field that is wrong
	Event []byte
}

// NearMisses returns, for each field that the pattern constrains, a variant of Sample
// that differs only in this field and that the pattern doesn't match. There is none for a
// field that matches every value.
func (p *Pattern) NearMisses() []NearMiss {
	sample, answer := p.sample()
	if answer != Yes {
		return nil
	}
	var misses []NearMiss
	var done []string
	for _, f := range p.fields {
		name := f.Name()
		if slices.Contains(done, name) {
			continue
		}
		done = append(done, name)
		if w := p.nearMiss(sample, name); w != nil {
			misses = append(misses, NearMiss{Path: name, Event: w.event()})
		}
	}
	return misses
}

// nearMiss changes one field of a sample so that the pattern doesn't match, or
// returns nil.
func (p *Pattern) nearMiss(sample witness, name string) witness {
	if _, constrained := sample[name]; !constrained {
		return nil
	}
	var wrong []demand
	for _, f := range p.fields {
		if f.Name() == name {
			wrong = append(wrong, demand{field: f})
			if w := p.tryMiss(sample, name, []demand{{field: f}}); w != nil {
				return w
			}
		}
	}
	return p.tryMiss(sample, name, wrong)
}

// tryMiss prefers a value of the type that the sample has.
func (p *Pattern) tryMiss(sample witness, name string, wrong []demand) witness {
	was := sample[name]
	for _, alike := range []bool{true, false} {
		for v := range candidates(wrong) {
			if (was.absent || !v.absent && v.value.Type == was.value.Type) != alike || !fulfils(wrong, v) {
				continue
			}
			if w := sample.with(name, v); w.matches(p) == No {
				return w
			}
		}
	}
	return nil
}

// Comparer compares many patterns with each other in bounded time. After much work it
// gives up sooner on each comparison. The zero value is ready to use.
type Comparer struct{ spent int }

// solver is one for a question; done takes account of what it has spent.
func (c *Comparer) solver() (s *solver, done func()) {
	s = newSolver()
	if c.spent > mostWorkInAll {
		s.work = leastWork
	}
	had := s.work
	return s, func() { c.spent += had - s.work }
}

// Overlap reports whether there is an event that both patterns match, and returns such an
// event.
func Overlap(a, b *Pattern) (Answer, []byte) { return new(Comparer).Overlap(a, b) }

// Overlap is like the function Overlap.
func (c *Comparer) Overlap(a, b *Pattern) (Answer, []byte) {
	result := No
	left := mostCombinations
	s, done := c.solver()
	defer done()
	for _, ra := range a.rules {
		for _, rb := range b.rules {
			if left--; left < 0 {
				return Unknown, nil
			}
			d := demands{}
			d.rule(ra)
			d.rule(rb)
			w, answer := s.solve(d)
			if answer == Yes && w.matches(a) == Yes && w.matches(b) == Yes {
				return Yes, w.event()
			}
			if answer != No {
				result = Unknown
			}
		}
	}
	return result, nil
}

// Contains reports whether outer matches every event that inner matches. If not, it
// returns an event that only inner matches.
func Contains(outer, inner *Pattern) (Answer, []byte) { return new(Comparer).Contains(outer, inner) }

// Contains is like the function Contains.
func (c *Comparer) Contains(outer, inner *Pattern) (Answer, []byte) {
	s, done := c.solver()
	defer done()
	all := &containment{solver: s, outer: outer, inner: inner, left: mostCombinations, result: Yes}
	for _, r := range inner.rules {
		d := demands{}
		d.rule(r)
		if w := all.escape(d, outer.rules); w != nil {
			return No, w.event()
		}
	}
	return all.result, nil
}

// containment looks for an event that inner matches and outer doesn't.
type containment struct {
	solver       *solver
	outer, inner *Pattern
	left         int // combinations that may still be looked at
	result       Answer
}

// escape looks for an event that meets the demands and none of outer's rules:
// each fails in one field at least, so all ways to choose those are gone
// through.
func (c *containment) escape(d demands, rules []rule) witness {
	if c.left--; c.left < 0 {
		c.result = Unknown
		return nil
	}
	w, answer := c.solver.solve(d)
	switch {
	case answer == No:
		return nil
	case answer == Unknown:
		c.result = Unknown
		return nil
	case len(rules) > 0:
		return c.escapeFirst(d, rules)
	case w.matches(c.inner) == Yes && w.matches(c.outer) == No:
		return w
	}
	c.result = Unknown
	return nil
}

func (c *containment) escapeFirst(d demands, rules []rule) witness {
	for _, f := range rules[0] {
		name := f.Name()
		before := d[name]
		d[name] = append(slices.Clone(before), demand{field: f})
		w := c.escape(d, rules[1:])
		if d[name] = before; before == nil {
			delete(d, name)
		}
		if w != nil {
			return w
		}
	}
	return nil
}

// Always reports whether the field's alternatives match every value and also a missing
// field, so that the field constrains nothing, as in [{"exists": true}, {"exists": false}].
func (f *Field) Always() Answer { return newSolver().decide([]demand{{field: f}}).answer.not() }

// AnyValue reports whether the field's alternatives match every value, as in
// [{"anything-but": "a"}, {"anything-but": "b"}].
func (f *Field) AnyValue() Answer {
	some := &Field{Path: f.Path, Alternatives: []Alternative{{Operator: Exists, Operands: []Operand{{Type: Bool, Text: "true"}}}}}
	some.compile()
	return newSolver().decide([]demand{{field: f}, {field: some, holds: true}}).answer.not()
}

func (a Answer) not() Answer {
	switch a {
	case Yes:
		return No
	case No:
		return Yes
	}
	return Unknown
}

// solver finds values that meet demands. It remembers what it found for a
// field, because rules that $or makes have most fields in common.
type solver struct {
	known map[string]decision
	work  int // that may still be done
}

// decision is what is known of the demands on one field.
type decision struct {
	value  found
	answer Answer
}

func newSolver() *solver { return &solver{known: make(map[string]decision), work: mostWork} }

// solve finds a value for each field. The fields don't depend on each other, but
// for the work that is left, so they have an order.
func (s *solver) solve(d demands) (witness, Answer) {
	w := witness{}
	result := Yes
	for _, name := range slices.Sorted(maps.Keys(d)) {
		at := d[name]
		key := fmt.Sprint(at) // the fields' addresses
		decided, ok := s.known[key]
		if !ok {
			decided = s.decide(at)
			s.known[key] = decided
		}
		switch decided.answer {
		case No:
			return nil, No
		case Unknown:
			result = Unknown
		}
		w[name] = decided.value
	}
	return w, result
}

// found is a value for a field, or the lack of one.
type found struct {
	value  Value
	absent bool
}

func fulfils(at []demand, v found) bool {
	return !slices.ContainsFunc(at, func(d demand) bool { return d.field.holdsFor(v) != d.holds })
}

func (f *Field) holdsFor(v found) bool {
	if v.absent {
		return f.absence() != nil
	}
	return f.takes(v.value)
}

// decide finds a value that meets all demands on one field.
func (s *solver) decide(at []demand) decision {
	for v := range candidates(at) {
		if fulfils(at, v) {
			return decision{v, Yes}
		}
	}
	text, exact := searchString(at, &s.work)
	switch {
	case text != nil:
		return decision{found{value: stringValue(*text)}, Yes}
	case !exact || takesDigits(at):
		return decision{answer: Unknown}
	}
	return decision{answer: No}
}

// candidates yields values worth trying: all that matter but strings, and the
// strings that read best.
func candidates(at []demand) iter.Seq[found] {
	return func(yield func(found) bool) {
		for _, source := range []func([]demand) []Value{textCandidates, numberCandidates, addressCandidates, fixedCandidates} {
			for _, v := range source(at) {
				if !yield(found{value: v}) {
					return
				}
			}
		}
		yield(found{absent: true})
	}
}
