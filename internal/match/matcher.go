package match

import (
	"errors"
	"math/bits"

	"github.com/jobgen/jobgen/internal/jsonscan"
)

// ErrAmbiguous is the error for an event that has a field both with dotted keys
// and with nested ones, in lists, in more combinations than can be tried.
var ErrAmbiguous = errors.New("the event has the same field with dotted keys and without, in lists, too often to match")

// Matcher matches events. Its memory serves one event after the other, and any
// set; nothing else is kept from one to the next.
type Matcher struct {
	*Set
	tape  *jsonscan.Tape
	found []int // the answer

	records []record
	latest  []int // the index of each node's latest record; 0 if there is none
	// dotted says that a key with a dot was read as keys below each other.
	dotted    bool
	ambiguous bool
	facts     []fact   // of each field
	spread    []bool   // of each node: an object that has its key is an element of a list
	may       []uint64 // a bit for each rule that may match

	value Value  // the last one that was tested
	key   []byte // a key without its escapes
	lists listRule
}

// fact is what is known of a field in the event.
type fact uint8

const (
	unknown fact = iota
	holds
	fails
)

// record is a value at a node, or the object that a node's key has. Records of
// what is in an object follow its own; the event's is the first.
type record struct {
	node  int
	token int // of the value; 0 for an object
	end   int // the index behind all that is in the object
	prior int // the record of the same node before this one; 0 if there is none
}

// replaced is the node of a record that a later key of the same name replaces.
const replaced = -1

// Match returns the indexes of the patterns that match the object at a token of a
// tape, in increasing order. They belong to the Matcher until it is used again. The
// error is ErrAmbiguous.
func (m *Matcher) Match(s *Set, tape *jsonscan.Tape, at int) ([]int, error) {
	m.begin(s, tape)
	m.object(at, 0, 0)
	if m.ambiguous {
		return m.search(at)
	}
	m.verify()
	return m.found, nil
}

// begin prepares for an event.
func (m *Matcher) begin(s *Set, tape *jsonscan.Tape) {
	m.Set, m.tape, m.found, m.value.at = s, tape, m.found[:0], 0
	m.records = append(m.records[:0], record{})
	m.latest = cleared(m.latest, len(s.nodes))
	m.facts = cleared(m.facts, len(s.fields))
	m.spread = cleared(m.spread, len(s.nodes))
	m.may = cleared(m.may, (len(s.rules)+63)/64)
	m.dotted, m.ambiguous = false, false
	for _, rule := range s.always {
		m.may[rule/64] |= 1 << (rule % 64)
	}
}

// cleared returns a slice of n zero values, in the same memory where that is
// large enough.
func cleared[E any](s []E, n int) []E {
	if cap(s) < n {
		return make([]E, n)
	}
	s = s[:n]
	clear(s)
	return s
}

// hold notes that a field holds: the rules that it leads to may match.
func (m *Matcher) hold(field int) {
	if m.facts[field] == holds {
		return
	}
	m.facts[field] = holds
	for _, rule := range m.fields[field].rules {
		m.may[rule/64] |= 1 << (rule % 64)
	}
}

// verify finds the patterns of which a rule matches.
func (m *Matcher) verify() {
	last := -1
	for i, word := range m.may {
		for ; word != 0; word &= word - 1 {
			r := &m.rules[i*64+bits.TrailingZeros64(word)]
			if r.pattern != last && m.matches(r) {
				m.found = append(m.found, r.pattern)
				last = r.pattern
			}
		}
	}
}

// matches reports whether all fields of a rule hold.
func (m *Matcher) matches(r *rule) bool {
	if r.isSpread(m.spread) {
		return m.matchesLists(r)
	}
	for _, field := range r.ordered {
		if m.facts[field] == unknown {
			m.facts[field] = fails
			if f := &m.fields[field]; m.has(f) {
				m.facts[field] = holds
			}
		}
		if m.facts[field] == fails {
			return false
		}
	}
	return true
}

// isSpread reports whether it matters for a rule in which elements of a list its
// fields have their values: whether there are such elements at a node that several
// fields are below.
func (r *rule) isSpread(spread []bool) bool {
	for _, node := range r.shared {
		if spread[node] {
			return true
		}
	}
	return false
}

// has reports whether a value of the event at the field's node fulfils its test or,
// if the test takes that, there is none.
func (m *Matcher) has(f *field) bool {
	absent := true
	for i := m.latest[f.node]; i != 0; i = m.records[i].prior {
		token := m.records[i].token
		if token == 0 {
			continue
		}
		if m.fulfils(token, f.test) {
			return true
		}
		absent = false
	}
	return absent && f.test.absence
}

// fulfils reports whether the value at a token fulfils a test.
func (m *Matcher) fulfils(token int, test *Test) bool {
	m.value.load(m.tape, token)
	return test.Takes(&m.value) >= 0
}
