package match

// MostSteps bounds the search in an event.
const MostSteps = 1_000_000

// Search looks for leaves of an event, one for each field of a rule, that hold
// together.
type Search struct {
	event  *flat
	fields []uint32
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
	field := s.event.field(s.fields[done])
	node, test := field[fieldNode], field[fieldTest]
	absent := true
	for _, l := range s.event.nodes[node].Leaves {
		if *s.steps--; *s.steps < 0 {
			return false
		}
		if !s.fits(l) {
			continue
		}
		absent = false
		f := s.event
		readValue(&f.read, f.tape, l.token)
		if f.takes(test, &f.read) >= 0 && s.choose(l) {
			return true
		}
	}
	return absent && s.event.Words[test]&testAbsence != 0 && s.choose(Leaf{})
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

// search matches an ambiguous event, rule by rule.
func (m *Matcher) search(at int) error {
	f := m.flatten(m.tape, at)
	steps, last := MostSteps, -1
	for rule := range m.Words[headRules] {
		pattern := int(m.pattern(rule))
		if pattern == last {
			continue
		}
		s := Search{event: f, fields: f.fields(rule), steps: &steps}
		if s.Run() {
			m.found, last = append(m.found, pattern), pattern
		} else if steps < 0 {
			return ErrAmbiguous
		}
	}
	return nil
}
