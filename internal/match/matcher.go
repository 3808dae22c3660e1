package match

import (
	"errors"
	"math/bits"

	"github.com/jobgen/jobgen/internal/jsonscan"
)

// ErrAmbiguous is the error for an event with lists in which the keys of a field are
// written both with and without dots, in too many combinations.
var ErrAmbiguous = errors.New("the event has the same field with dotted keys and without, in lists, too often to match")

// Matcher matches events. It reuses its memory for the next event, with any set. It keeps
// no other state between events.
type Matcher struct {
	*Set
	tape  *jsonscan.Tape
	found []int // the result

	records []record
	latest  []int // the index of each node's last record, or 0
	// dotted reports whether a key with dots was read as nested keys.
	dotted     bool
	ambiguous  bool
	results    []result // of each field
	inList     []bool   // of each node: an object with its key is an element of a list
	candidates []uint64 // a bit for each rule that may match

	value Value  // the last tested value
	key   []byte // a key without escapes
	lists listRule
}

// result is the result of a field's test in an event.
type result uint8

const (
	untested result = iota
	matches
	fails
)

// record is a value at a node, or an object. The records of an object's members follow
// the object's own record. The first record is the event.
type record struct {
	node  int
	token int // of the value; 0 for an object
	end   int // the index after the last record in the object
	prior int // the previous record of the same node, or 0
}

// replaced is the node of a record that a later key of the same name replaces.
const replaced = -1

// Match returns the indexes of the patterns that match the object at a token of a tape, in
// increasing order. The slice is valid until the next call. The error is ErrAmbiguous.
func (m *Matcher) Match(s *Set, tape *jsonscan.Tape, at int) ([]int, error) {
	m.begin(s, tape)
	m.object(at, 0, 0)
	if m.ambiguous {
		return m.backtrack(at)
	}
	m.verify()
	return m.found, nil
}

// begin prepares the matcher for an event.
func (m *Matcher) begin(s *Set, tape *jsonscan.Tape) {
	m.Set, m.tape, m.found, m.value.at = s, tape, m.found[:0], 0
	m.records = append(m.records[:0], record{})
	m.latest = cleared(m.latest, len(s.nodes))
	m.results = cleared(m.results, len(s.fields))
	m.inList = cleared(m.inList, len(s.nodes))
	m.candidates = cleared(m.candidates, (len(s.rules)+63)/64)
	m.dotted, m.ambiguous = false, false
	for _, rule := range s.unindexed {
		m.candidates[rule/64] |= 1 << (rule % 64)
	}
}

// cleared returns a slice of n zero values, in the same memory if it is large enough.
func cleared[E any](s []E, n int) []E {
	if cap(s) < n {
		return make([]E, n)
	}
	s = s[:n]
	clear(s)
	return s
}

// fieldMatches records that a field matches. The rules that it indexes become candidates.
func (m *Matcher) fieldMatches(field int) {
	if m.results[field] == matches {
		return
	}
	m.results[field] = matches
	for _, rule := range m.fields[field].rules {
		m.candidates[rule/64] |= 1 << (rule % 64)
	}
}

// verify tests the candidates and collects the patterns of those that match.
func (m *Matcher) verify() {
	last := -1
	for i, word := range m.candidates {
		for ; word != 0; word &= word - 1 {
			r := &m.rules[i*64+bits.TrailingZeros64(word)]
			if r.pattern != last && m.ruleMatches(r) {
				m.found = append(m.found, r.pattern)
				last = r.pattern
			}
		}
	}
}

// ruleMatches reports whether all fields of a rule match.
func (m *Matcher) ruleMatches(r *rule) bool {
	if r.sharesList(m.inList) {
		return m.matchesLists(r)
	}
	for _, field := range r.ordered {
		if m.results[field] == untested {
			m.results[field] = fails
			if m.test(&m.fields[field]) {
				m.results[field] = matches
			}
		}
		if m.results[field] == fails {
			return false
		}
	}
	return true
}

// sharesList reports whether several fields of a rule are below the same node and that
// node has elements of a list, so that the fields must match in the same element.
func (r *rule) sharesList(inList []bool) bool {
	for _, node := range r.shared {
		if inList[node] {
			return true
		}
	}
	return false
}

// test reports whether a value of the event at the field's node matches. If there is no
// value, it reports whether the field matches absence.
func (m *Matcher) test(f *field) bool {
	absent := true
	for i := m.latest[f.node]; i != 0; i = m.records[i].prior {
		token := m.records[i].token
		if token == 0 {
			continue
		}
		if m.valueMatches(token, f.test) {
			return true
		}
		absent = false
	}
	return absent && f.test.absence
}

// valueMatches reports whether the value at a token matches a test.
func (m *Matcher) valueMatches(token int, test *Test) bool {
	m.value.load(m.tape, token)
	return test.Match(&m.value) >= 0
}
