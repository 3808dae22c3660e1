package match

import (
	"bytes"
	"errors"
	"math/bits"

	"github.com/jobgen/jobgen/internal/jsonscan"
)

// ErrAmbiguous is the error for an event that has a field both with dotted keys
// and with nested ones, in lists, in more combinations than can be tried.
var ErrAmbiguous = errors.New("the event has the same field with dotted keys and without, in lists, too often to match")

// Matcher matches events. Its memory serves one event after the other, and tables
// of any size; nothing else is kept from one to the next.
type Matcher struct {
	tester
	tape  *jsonscan.Tape
	found []int // the answer

	records []record
	latest  []uint32 // the index of each node's latest record; 0 if there is none
	// dotted says that a key with a dot was read as keys below each other.
	dotted    bool
	ambiguous bool
	// bits has a bit for each rule, set if it may match. From facts on it has two bits for
	// each field, whether it is known whether the field holds, and whether it does: what
	// rules have in common is tested once. From spread on it has a bit for each node,
	// set if an object that has the node's key stands in a list.
	bits          []uint64
	facts, spread uint32

	value Value  // the one at hand
	key   []byte // for the escapes of a key
	rule  spreadRule

	asked  []uint32 // the places of the parts of a divided table that are asked
	part   Table    // the one of them at hand
	partOf *Table
	partAt uint32
}

// record is a value at a node, or the object that a node's key has. Those in an
// object come behind its own, which is the first.
type record struct {
	node  uint32
	token uint32 // of the value; 0 for an object
	end   uint32 // the index behind all that is in the object
	prior uint32 // the record of the same node before this one; 0 if there is none
}

// replaced is no node: it marks what a later key of the same name replaces.
const replaced = ^uint32(0)

// Match returns the indexes of the table's patterns that match the object at a token
// of a tape, in increasing order, if there is no error. They are the Matcher's own, until
// it is used again. Params are the values of the table's parameters. Top are the object's
// members if all their keys are EventKeys, each there once; otherwise it is nil. The error
// is ErrAmbiguous.
func (m *Matcher) Match(t *Table, params []string, tape *jsonscan.Tape, at int, top *Top) ([]int, error) {
	m.Table, m.params, m.tape, m.found, m.value.at = t, params, tape, m.found[:0], 0
	var err error
	if t.Parts != nil {
		err = t.Parts.match(m, at, top)
	} else {
		err = m.match(at, top)
	}
	return m.found, err
}

// match appends to found the patterns of the Matcher's table that match.
func (m *Matcher) match(at int, top *Top) error {
	m.begin()
	if top != nil {
		m.top(top)
	} else {
		m.object(at, 0, 0)
	}
	if m.ambiguous {
		return m.search(at)
	}
	m.verify()
	return nil
}

// begin makes ready for an event and the Matcher's table.
func (m *Matcher) begin() {
	t := m.Table
	nodes := uint32(len(t.Nodes))
	m.facts = (t.Words[headRules] + 63) / 64
	m.spread = m.facts + (t.Words[headFields]+factsInWord-1)/factsInWord
	words := int(m.spread + (nodes+63)/64)
	if len(m.latest) < int(nodes) || cap(m.bits) < words {
		m.grow(int(nodes), words)
	}
	m.bits = m.bits[:words]
	clear(m.bits)
	clear(m.latest[:nodes])
	m.records = m.records[:1]
	m.records[0] = record{}
	m.dotted, m.ambiguous = false, false
	m.hits(t.Words[headAlways])
}

// grow makes room for a table with so many nodes, and sets of so many words.
//
//go:noinline
func (m *Matcher) grow(nodes, words int) {
	m.records = make([]record, 64)
	m.latest = make([]uint32, max(nodes, len(m.latest)))
	m.bits = make([]uint64, max(words, cap(m.bits)))
}

// top goes through the members of an event that are known already.
func (m *Matcher) top(top *Top) {
	nodes := (*[eventKeys]uint32)(m.Words[headTop : headTop+eventKeys])
	for i, token := range top {
		node := nodes[i]
		if node == 0 || token == 0 {
			continue
		}
		switch n := m.node(node); m.tape.Kind(int(token)) {
		case '[':
			m.read(int(token), node, 0)
		case '{':
			m.below(n, node, int(token), 0)
		default:
			m.leaf(n, node, int(token), 0)
		}
	}
	m.records[0].end = uint32(len(m.records))
}

// again deals with a key that the object at a record has had before: the last one
// counts. What was recorded for it is marked and forgotten. A part of a dotted key
// makes the event ambiguous. It returns the latest record of the node that is left.
//
//go:noinline
func (m *Matcher) again(node, object uint32) uint32 {
	if m.dotted {
		m.ambiguous = true
		return m.latest[node]
	}
	first := m.latest[node]
	end := m.records[first].end
	for prior := m.records[first].prior; prior > object; prior = m.records[prior].prior {
		first = prior
	}
	for i := end - 1; i >= first; i-- {
		r := &m.records[i]
		if r.node != replaced {
			m.latest[r.node] = r.prior
			r.node = replaced
		}
	}
	for i := m.facts; i < m.spread; i++ {
		m.bits[i] = 0 // known by such a value, perhaps
	}
	return m.latest[node]
}

// add adds a record of a node, whose latest so far is prior.
func (m *Matcher) add(node uint32, token int, prior uint32) uint32 {
	i := uint32(len(m.records))
	m.records = append(m.records, record{node, uint32(token), i + 1, prior})
	m.latest[node] = i
	return i
}

// dottedMember records the value of a key with a dot as if the parts of the key
// were keys of objects in each other.
func (m *Matcher) dottedMember(i int, n *Node, key []byte, object uint32) {
	if m.descend(n, key) != 0 {
		m.dotted = true
		m.parts(i, n, key, object)
	}
}

// parts goes from part to part of a key with dots, whose nodes are there.
func (m *Matcher) parts(i int, n *Node, key []byte, object uint32) {
	part, rest, more := bytes.Cut(key, dot)
	child := m.child(n, part)
	m.ambiguous = m.ambiguous || m.latest[child] > object
	if !more {
		m.read(i, child, object)
		return
	}
	record := m.add(child, 0, m.latest[child])
	m.parts(i, m.node(child), rest, record)
	m.records[record].end = uint32(len(m.records))
}

var dot = []byte(".")

// descend returns the node that the parts of a key lead to, 0 if there is none.
func (t *Table) descend(n *Node, key []byte) uint32 {
	for {
		part, rest, more := bytes.Cut(key, dot)
		node := t.child(n, part)
		if node == 0 || !more {
			return node
		}
		n, key = t.node(node), rest
	}
}

// verify finds the patterns of which a candidate matches.
func (m *Matcher) verify() {
	last := -1
	for i, word := range m.bits[:m.facts] {
		for ; word != 0; word &= word - 1 {
			rule := uint32(i*64 + bits.TrailingZeros64(word))
			if pattern := int(m.pattern(rule)); pattern != last && m.matches(rule) {
				m.found = append(m.found, pattern)
				last = pattern
			}
		}
	}
}

// What is known of a field.
const (
	known = 1 << iota
	holds

	factsInWord = 32
)

// matches reports whether all fields of a rule hold.
func (m *Matcher) matches(rule uint32) bool {
	if m.Lists != nil && m.isSpread(rule) {
		return m.Lists.matches(m, rule)
	}
	for _, field := range m.tested(rule) {
		word, shift := &m.bits[m.facts+field/factsInWord], field%factsInWord*2
		if *word>>shift&known == 0 {
			fact := uint64(known)
			if f := m.field(field); m.has(f[fieldNode], f[fieldTest]) {
				fact |= holds
			}
			*word |= fact << shift
		}
		if *word>>shift&holds == 0 {
			return false
		}
	}
	return true
}

// isSpread reports whether it matters for a rule in which elements of a list its
// fields have their values: whether there are such elements at a node that several
// fields are below.
func (m *Matcher) isSpread(rule uint32) bool {
	for _, node := range m.shared(rule) {
		if m.bits[m.spread+node/64]>>(node%64)&1 != 0 {
			return true
		}
	}
	return false
}

// has reports whether a value of the event at a node fulfils a test or, if the
// test takes that, there is none.
func (m *Matcher) has(node, test uint32) bool {
	absent := true
	for i := m.latest[node]; i != 0; i = m.records[i].prior {
		token := m.records[i].token
		if token == 0 {
			continue
		}
		if m.fulfils(token, test) {
			return true
		}
		absent = false
	}
	return absent && m.Words[test]&testAbsence != 0
}

// fulfils reports whether the value at a token fulfils a test.
func (m *Matcher) fulfils(at, test uint32) bool {
	readValue(&m.value, m.tape, int(at))
	return m.takes(test, &m.value) >= 0
}
