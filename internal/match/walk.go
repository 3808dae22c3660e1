package match

import (
	"bytes"

	"github.com/jobgen/jobgen/internal/jsonscan"
)

// object walks the members of the object at a token. number is the object's node, and
// object is its record.
func (m *Matcher) object(at, number, object int) {
	n := &m.nodes[number]
	for i, end := jsonscan.First(at), m.tape.Next(at); i < end; i = m.tape.Next(i + 1) {
		key := m.content(i)
		if child := m.child(n, key); child != 0 {
			m.read(i+1, child, object)
		} else if n.nested && bytes.IndexByte(key, '.') >= 0 {
			m.dottedMember(i+1, number, key, object)
		}
	}
	m.records[object].end = len(m.records)
}

// content returns a string without escapes. The slice is valid until the next call.
func (m *Matcher) content(i int) []byte {
	if !m.tape.Tokens[i].Escaped() {
		return m.tape.Content(i)
	}
	m.key = jsonscan.Unescape(m.key[:0], m.tape.Content(i))
	return m.key
}

// read walks the value at a token, records the values in it and looks them up. number is
// the node of its key, and object is the record of the object that has the key. Lists in
// lists count as one list.
func (m *Matcher) read(at, number, object int) {
	if m.latest[number] > object {
		m.removeEarlier(number, object)
	}
	for i, end := at, m.tape.Next(at); i < end; {
		switch m.tape.Kind(i) {
		case '[':
			i = jsonscan.First(i)
			continue
		case '{':
			if i != at {
				m.inList[number] = true
			}
			if m.nodes[number].below != nil {
				m.object(i, number, m.add(number, 0))
			}
		default:
			if m.nodes[number].leaf {
				m.add(number, i)
				m.lookUp(&m.nodes[number], i)
			}
		}
		i = m.tape.Next(i)
	}
}

// add adds a record of a node.
func (m *Matcher) add(number, token int) int {
	i := len(m.records)
	m.records = append(m.records, record{number, token, i + 1, m.latest[number]})
	m.latest[number] = i
	return i
}

// lookUp finds the fields that the value at a token matches, among those that index rules.
func (m *Matcher) lookUp(n *node, token int) {
	if n.byText != nil && m.tape.Kind(token) == '"' {
		text := m.content(token)
		if n.textEnds>>jsonscan.EndsBitOf(text)&1 != 0 {
			for _, field := range n.byText[string(text)] {
				m.fieldMatches(field)
			}
		}
	}
	for _, field := range n.tested {
		if m.results[field] != matches && m.valueMatches(token, m.fields[field].test) {
			m.fieldMatches(field)
		}
	}
}

// removeEarlier marks the records of a key as replaced, because the object has the key
// again and the last one counts. If keys with dots are involved, the event is ambiguous.
func (m *Matcher) removeEarlier(number, object int) {
	if m.dotted {
		m.ambiguous = true
		return
	}
	first := m.latest[number]
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
	clear(m.results) // they may depend on a replaced value
}

// dottedMember records the value of a key with dots as if the parts of the key were nested
// keys, if there is a node for it.
func (m *Matcher) dottedMember(at, number int, key []byte, object int) {
	if m.descend(number, string(key)) != 0 {
		m.dotted = true
		m.parts(at, number, bytes.Clone(key), object)
	}
}

// parts walks the parts of a key with dots. Their nodes exist.
func (m *Matcher) parts(at, number int, key []byte, object int) {
	part, rest, more := bytes.Cut(key, []byte("."))
	child := m.child(&m.nodes[number], part)
	m.ambiguous = m.ambiguous || m.latest[child] > object
	if !more {
		m.read(at, child, object)
		return
	}
	record := m.add(child, 0)
	m.parts(at, child, rest, record)
	m.records[record].end = len(m.records)
}
