package match

// MaxSteps is the maximum number of steps for one event.
const MaxSteps = 1_000_000

// Backtracker searches for leaves of an event, one for each field of a rule, that match
// together.
type Backtracker struct {
	event  *Leaves
	fields []int
	// Chosen holds the leaf for each field, after the search has succeeded.
	Chosen []Leaf
	// Furthest is the maximum number of fields that matched together.
	Furthest int
	// steps is the number of steps that are left. The search fails if it is negative.
	steps *int
}

// Run reports whether there are such leaves.
func (s *Backtracker) Run() bool {
	done := len(s.Chosen)
	if done == len(s.fields) {
		return true
	}
	s.Furthest = max(s.Furthest, done)
	field := &s.event.set.fields[s.fields[done]]
	absent := true
	for _, l := range s.event.nodes[field.node].Leaves {
		if *s.steps--; *s.steps < 0 {
			return false
		}
		if !s.fits(l) {
			continue
		}
		absent = false
		s.event.value.load(s.event.tape, l.token)
		if field.test.Match(&s.event.value) >= 0 && s.choose(l) {
			return true
		}
	}
	return absent && field.test.absence && s.choose(Leaf{})
}

// choose continues the search with a leaf for the next field.
func (s *Backtracker) choose(l Leaf) bool {
	s.Chosen = append(s.Chosen, l)
	if s.Run() {
		return true
	}
	s.Chosen = s.Chosen[:len(s.Chosen)-1]
	return false
}

func (s *Backtracker) fits(l Leaf) bool {
	for _, c := range s.Chosen {
		if !consistent(c.in, l.in, s.steps) {
			return false
		}
	}
	return true
}

// Backtracker returns a search for the given fields of a rule, by default all of them. It
// subtracts its steps from steps.
func (f *Leaves) Backtracker(rule int, steps *int, fields ...int) *Backtracker {
	all := f.set.rules[rule].fields
	if fields == nil {
		return &Backtracker{event: f, fields: all, steps: steps}
	}
	s := &Backtracker{event: f, steps: steps}
	for _, i := range fields {
		s.fields = append(s.fields, all[i])
	}
	return s
}

// backtrack matches an ambiguous event, rule by rule.
func (m *Matcher) backtrack(at int) ([]int, error) {
	f := NewLeaves(m.Set, m.tape, at)
	steps, last := MaxSteps, -1
	for i := range m.rules {
		r := &m.rules[i]
		if r.pattern == last {
			continue
		}
		if f.Backtracker(i, &steps).Run() {
			m.found, last = append(m.found, r.pattern), r.pattern
		} else if steps < 0 {
			return nil, ErrAmbiguous
		}
	}
	return m.found, nil
}
