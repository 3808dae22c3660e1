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

// maxCombinations is the maximum number of combinations of rules that are compared.
const maxCombinations = 20_000

// maxWork is the maximum number of automaton steps for one comparison. Ordinary
// patterns need a hundredth of it. After a Comparer has used maxTotalWork, each further
// comparison gets reducedWork.
const (
	maxWork      = 4_000_000
	maxTotalWork = 5 * maxWork
	reducedWork  = maxWork / 20
)

// demand demands that a value of a field matches, or that it doesn't.
type demand struct {
	field *Field
	holds bool
}

// demands holds demands that one event must meet, by the names of the fields.
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

// nearMiss returns a sample with one field changed so that the pattern doesn't match,
// or nil.
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

// tryMiss returns a sample with a value that meets the demands on the named field, if
// possible a value of the same type, or nil.
func (p *Pattern) tryMiss(sample witness, name string, wrong []demand) witness {
	before := sample[name]
	for _, sameType := range []bool{true, false} {
		for v := range candidates(wrong) {
			if (before.absent || !v.absent && v.value.Type == before.value.Type) != sameType || !fulfils(wrong, v) {
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

// solver returns a solver for one comparison. The caller calls done after it.
func (c *Comparer) solver() (s *solver, done func()) {
	s = newSolver()
	if c.spent > maxTotalWork {
		s.work = reducedWork
	}
	available := s.work
	return s, func() { c.spent += available - s.work }
}

// Overlap reports whether there is an event that both patterns match, and returns such an
// event.
func Overlap(a, b *Pattern) (Answer, []byte) { return new(Comparer).Overlap(a, b) }

// Overlap is like the function Overlap.
func (c *Comparer) Overlap(a, b *Pattern) (Answer, []byte) {
	result := No
	left := maxCombinations
	s, done := c.solver()
	defer done()
	for _, ra := range a.rules {
		for _, rb := range b.rules {
			if left--; left < 0 {
				return Unknown, nil
			}
			if ra.apart(rb) {
				continue
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
	all := &containment{solver: s, outer: outer, inner: inner, left: maxCombinations, result: Yes}
	for _, r := range inner.rules {
		d := demands{}
		d.rule(r)
		if w := all.escape(d, outer.rules); w != nil {
			return No, w.event()
		}
	}
	return all.result, nil
}

// containment searches for an event that inner matches and outer doesn't.
type containment struct {
	solver       *solver
	outer, inner *Pattern
	left         int // combinations that may still be compared
	result       Answer
}

// escape searches for an event that meets the demands and matches none of outer's
// rules. In each rule at least one field must fail, so escape tries all combinations of
// such fields.
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
	some := &Field{Path: f.Path, name: f.name, Alternatives: []Alternative{{Operator: Exists, Operands: []Operand{{Type: Bool, Text: "true"}}}}}
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

// solver finds values that meet demands. It caches the results for each field, because
// the rules of a pattern with $or have most fields in common.
type solver struct {
	known map[string]decision
	work  int // the steps that are left
}

// decision is the result for the demands on one field.
type decision struct {
	value  fieldValue
	answer Answer
}

func newSolver() *solver { return &solver{known: make(map[string]decision), work: maxWork} }

// solve finds a value for each field. The fields are independent except that they share
// the work that is left, so they are solved in a fixed order.
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

// fieldValue is the value of a field in an event, or no value.
type fieldValue struct {
	value  Value
	absent bool
}

func fulfils(at []demand, v fieldValue) bool {
	return !slices.ContainsFunc(at, func(d demand) bool { return d.field.holdsFor(v) != d.holds })
}

func (f *Field) holdsFor(v fieldValue) bool {
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
		return decision{fieldValue{value: stringValue(*text)}, Yes}
	case !exact || takesDigits(at):
		return decision{answer: Unknown}
	}
	return decision{answer: No}
}

// candidates yields values to try first: enough numbers, addresses, booleans and null
// to find a value of those types if there is one, and readable strings. A field that is
// compared with numbers alone is most likely a number.
func candidates(at []demand) iter.Seq[fieldValue] {
	sources := []func([]demand) []Value{textCandidates, numberCandidates, addressCandidates, fixedCandidates}
	texts, numbers := 0, 0
	operands(at, func(_ *Alternative, o *Operand) {
		switch o.Type {
		case String:
			texts++
		case Number:
			numbers++
		}
	})
	if texts == 0 && numbers > 0 {
		sources[0], sources[1] = sources[1], sources[0]
	}
	return func(yield func(fieldValue) bool) {
		for _, source := range sources {
			for _, v := range source(at) {
				if !yield(fieldValue{value: v}) {
					return
				}
			}
		}
		yield(fieldValue{absent: true})
	}
}
