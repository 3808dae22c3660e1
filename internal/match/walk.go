package match

import (
	"bytes"
	"encoding/binary"

	"github.com/jobgen/jobgen/internal/jsonscan"
)

// object goes through the members of the object at a token, which is a node's and whose
// record is at an index. Most of its keys are none that matter, which a filter tells:
// passing over them is all that is done here, and so all of it stays in registers.
func (m *Matcher) object(at int, node, record uint32) {
	n := m.node(node)
	filter, dots := word64(n[nodeFilter], n[nodeFilter+1]), n[nodeDots]
	tokens, data := m.tape.Tokens[:m.tape.Next(at)], m.tape.Data
	for i := jsonscan.First(at); i < len(tokens)-1; {
		key := tokens[i]
		start, size := key.Content(), key.Size()
		first, last := data[start], data[start+size-1] // of the empty key, its quotes
		bit := jsonscan.EndsBit(first, last, size)
		if filter>>bit&1 != 0 || dots>>(first&31)&1 != 0 || key.Escaped() {
			m.member(i, start, size, bit, n, record)
		}
		i = tokens[i+1].Next(i + 1)
	}
	m.records[record].end = uint32(len(m.records))
}

// member goes through the member of an object whose key is at a token, has its content
// there and this size, and may be that of a node. Nearly all keys are told by one
// comparison with the key of one node: of their first and their last eight bytes, which
// are all there are of sixteen. No function is called for those that aren't it, so that
// all of it stays in registers.
func (m *Matcher) member(i int, start, size, bit uint32, n *Node, object uint32) {
	tokens, data := m.tape.Tokens[i:i+2], m.tape.Data
	at, end := int(start), int(start+size)
	if tokens[0].Escaped() || size == 0 || at > len(data)-8 {
		m.oddMember(i, n, object)
		return
	}
	head, child := binary.LittleEndian.Uint64(data[at:at+8]), m.kid(n, bit)
	c := m.node(child) // of no child, it is the event, whose key is empty
	for c[nodeKeyLen] != size || (head^word64(c[nodeHead], c[nodeHead+1]))<<(c[nodeNext]&63) != 0 ||
		size > 8 && (binary.LittleEndian.Uint64(data[end-8:end]) != word64(c[nodeTail], c[nodeTail+1]) ||
			size > 16 && m.text(c[nodeKey], size) != string(data[at:end])) {
		if child = c[nodeNext] >> nextShift; child == 0 {
			if n[nodeDots]>>(data[at]&31)&1 != 0 {
				m.dottedKey(i, n, object)
			}
			return
		}
		c = m.node(child)
	}
	switch first := data[tokens[1].Start()]; {
	case first == '[' || m.latest[child] != 0:
		m.read(i+1, child, object)
	case first == '{':
		m.below(c, child, i+1, 0)
	default:
		m.leaf(c, child, i+1, 0)
	}
}

// dottedKey goes through the member of an object whose key is at a token, if that has
// dots.
//
//go:noinline
func (m *Matcher) dottedKey(i int, n *Node, object uint32) {
	if bytes.IndexByte(m.tape.Content(i), '.') >= 0 {
		m.oddMember(i, n, object)
	}
}

// read goes through the value at a token, which the object at a record has for a
// node's key. What matters of it is recorded and looked up.
func (m *Matcher) read(i int, node, object uint32) {
	last := m.latest[node]
	if last > object {
		last = m.again(node, object)
	}
	n, whole, end := m.node(node), i, m.tape.Next(i)
	for i < end {
		token := m.tape.Tokens[i]
		switch m.tape.KindOf(token) {
		case '[': // lists in lists are as one
			i = jsonscan.First(i)
			continue
		case '{':
			if i != whole {
				m.bits[m.spread+node/64] |= 1 << (node % 64)
			}
			last = m.below(n, node, i, last)
		default:
			last = m.leaf(n, node, i, last)
		}
		i = token.Next(i)
	}
}

// below records the object at a token, if keys below the node matter, and goes through
// it. It returns the latest record of the node, which was prior before.
func (m *Matcher) below(n *Node, node uint32, i int, prior uint32) uint32 {
	if n[nodeFilter]|n[nodeFilter+1] == 0 {
		return prior
	}
	record := m.add(node, 0, prior)
	m.object(i, node, record)
	return record
}

// leaf records a value that is neither an object nor a list, and looks it up. It
// returns the latest record of the node, which was prior before.
func (m *Matcher) leaf(n *Node, node uint32, i int, prior uint32) uint32 {
	if n[nodeParent]&isLeaf == 0 {
		return prior
	}
	record := m.add(node, i, prior)
	exact := uint32(0)
	if token := m.tape.Tokens[i]; m.tape.KindOf(token) != '"' {
		m.lookUpOther(n, i)
	} else if n[nodeTexts] != 0 {
		s := m.tape.Text(token)
		if token.Escaped() {
			s = m.content(i)
		}
		if word64(n[nodeMarks], n[nodeMarks+1])>>jsonscan.EndsBitOf(s)&1 != 0 {
			exact = m.lookUpExact(n[nodeTexts], s)
		}
		if n[nodeParent]&hasPieces != 0 {
			m.lookUpPieces(n[nodeTexts], s)
		}
	}
	if n[nodeParent]&hasChecks != 0 {
		m.check(n[nodeTexts], exact, i)
	}
	return record
}

// oddMember goes through a member of an object whose key, at a token, may have escapes
// or dots, or end close to the end of the event.
//
//go:noinline
func (m *Matcher) oddMember(i int, n *Node, object uint32) {
	key := m.content(i)
	if child := m.child(n, key); child != 0 {
		m.read(i+1, child, object)
	} else if n[nodeDots] != 0 && bytes.IndexByte(key, '.') >= 0 {
		m.dottedMember(i+1, n, key, object)
	}
}

// content returns a string without its escapes, until the next one is asked for.
func (m *Matcher) content(i int) []byte {
	if !m.tape.Tokens[i].Escaped() {
		return m.tape.Content(i)
	}
	m.key = unescape(m.key, m.tape, i)
	return m.key
}

// firstByteOf is the number of a key's bit in nodeDots. That of the empty key is a
// dot's, because only a dot can follow it.
func firstByteOf(key string) uint32 {
	if key == "" {
		return '.' & 31
	}
	return uint32(key[0] & 31)
}
