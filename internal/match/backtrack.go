package match

// MostSteps bounds the search in an event.
const MostSteps = 1_000_000

// Search looks for leaves of an event, one for each field of a rule, that hold
// together.
type Search struct {
	event  *Flat
	fields []int
	// Chosen are the leaves that hold together, one for each field, once the search
	// has succeeded.
	Chosen []Leaf
	// Furthest is the most fields that held together.
	Furthest int
	// steps counts down the leaves that may be tried; the search fails when there
	// are none left.
	steps *int
}

// Run reports whether there are such leaves.
func (s *Search) Run() bool {
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
		s.event.read.load(s.event.tape, l.token)
		if field.test.Takes(&s.event.read) >= 0 && s.choose(l) {
			return true
		}
	}
	return absent && field.test.absence && s.choose(Leaf{})
}

// choose goes on with a leaf for a field.
func (s *Search) choose(l Leaf) bool {
	s.Chosen = append(s.Chosen, l)
	if s.Run() {
		return true
	}
	s.Chosen = s.Chosen[:len(s.Chosen)-1]
	return false
}

func (s *Search) fits(l Leaf) bool {
	for _, c := range s.Chosen {
		if !consistent(c.in, l.in, s.steps) {
			return false
		}
	}
	return true
}

// Search returns a search for fields of a rule, by their indexes; without any for
// all of them. Steps counts down.
func (f *Flat) Search(rule int, steps *int, fields ...int) *Search {
	all := f.set.rules[rule].fields
	if fields == nil {
		return &Search{event: f, fields: all, steps: steps}
	}
	s := &Search{event: f, steps: steps}
	for _, i := range fields {
		s.fields = append(s.fields, all[i])
	}
	return s
}

// search matches an ambiguous event, rule by rule.
func (m *Matcher) search(at int) ([]int, error) {
	f := Flatten(m.Set, m.tape, at)
	steps, last := MostSteps, -1
	for i := range m.rules {
		r := &m.rules[i]
		if r.pattern == last {
			continue
		}
		if f.Search(i, &steps).Run() {
			m.found, last = append(m.found, r.pattern), r.pattern
		} else if steps < 0 {
			return nil, ErrAmbiguous
		}
	}
	return m.found, nil
}
