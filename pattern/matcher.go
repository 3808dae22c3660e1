package pattern

import (
	"bytes"
	"math/bits"
	"slices"

	"github.com/jobgen/jobgen/internal/jsonscan"
)

// matcher matches one event after the other against a set. Its memory is kept
// from one to the next, so that it soon needs no more.
type matcher struct {
	set  *Set
	data []byte

	// holds has, for each item, the serial number of the last object in which it
	// held; serial is that of the last object that was begun.
	holds  []uint32
	serial uint32
	// got are the items that lead somewhere and hold in the objects that are open,
	// each object's after those of the one around it.
	got []int32
	// seen has, for each node, the last object that had its key.
	seen []uint32

	depth     int
	skipped   jsonscan.Nesting
	ambiguous bool
	matched   []uint64 // bit n: pattern n matches

	// excluded has, for each anything-but, the number of the last value that one
	// of its operands held for; values is the number of the value at hand, and
	// excluding says that one was excluded for it.
	excluded  []uint32
	values    uint32
	excluding bool

	content []byte // of the string at hand
	space   []byte // for its escapes
	space2  []byte // for other forms of it
	key     []byte // for the escapes of a key
}

func newMatcher(s *Set) *matcher {
	return &matcher{
		set:   s,
		holds: make([]uint32, s.items), seen: make([]uint32, len(s.nodes)),
		excluded: make([]uint32, s.exclusions), matched: make([]uint64, (len(s.patterns)+63)/64),
	}
}

// mostSerials is when serial numbers begin anew: an event can't have so many
// objects or values as are left.
const mostSerials = 1 << 31

// match is Set.Match.
func (m *matcher) match(event []byte, dst []int) ([]int, error) {
	if err := m.read(event); err != nil {
		return dst, err
	}
	if m.ambiguous {
		return m.resolve(event, dst)
	}
	return m.take(dst), nil
}

// read reads an event and leaves in matched what matches it.
func (m *matcher) read(event []byte) error {
	if len(event) >= mostSerials {
		return ErrNotJSON
	}
	if m.serial >= mostSerials || m.values >= mostSerials {
		clear(m.holds)
		clear(m.seen)
		clear(m.excluded)
		m.serial, m.values = 0, 0
	}
	m.data, m.got, m.depth, m.ambiguous = event[:len(event):len(event)], m.got[:0], 0, false
	clear(m.matched)
	err := m.event()
	m.data, m.content = nil, nil
	return err
}

func (m *matcher) event() error {
	i := jsonscan.SkipSpace(m.data, 0)
	if i == len(m.data) || m.data[i] != '{' {
		return m.notObject(i)
	}
	m.serial++
	m.depth++
	root := m.serial
	if i = m.members(i+1, 0, root); i < 0 || jsonscan.SkipSpace(m.data, i) < len(m.data) {
		return ErrNotJSON
	}
	if !m.ambiguous {
		m.end(0, root, 0)
		m.lookAt(m.set.always, root, 0)
	}
	return nil
}

// notObject tells JSON that is no object from what is no JSON.
func (m *matcher) notObject(i int) error {
	i = jsonscan.SkipValue(m.data, i, &m.skipped, jsonscan.MaxNesting)
	if i < 0 || jsonscan.SkipSpace(m.data, i) < len(m.data) {
		return ErrNotJSON
	}
	return ErrNotObject
}

// take appends the patterns that matched.
func (m *matcher) take(dst []int) []int {
	for i, word := range m.matched {
		for ; word != 0; word &= word - 1 {
			dst = append(dst, i*64+bits.TrailingZeros64(word))
		}
	}
	return dst
}

// members reads the members of an object at a node, from behind its brace. It
// returns the index after the closing brace, or -1.
func (m *matcher) members(i int, node int32, object uint32) int {
	data := m.data
	n := &m.set.nodes[node]
	i = jsonscan.SkipSpace(data, i)
	if i < len(data) && data[i] == '}' {
		return i + 1
	}
	for {
		if i >= len(data) || data[i] != '"' {
			return -1
		}
		start := i + 1
		end, escaped := jsonscan.StringEnd(data, start)
		if end < 0 {
			return -1
		}
		if end+2 < len(data) && data[end+1] == ':' && data[end+2] > ' ' {
			i = end + 2
		} else if i = jsonscan.SkipColon(data, end+1); i < 0 {
			return -1
		}
		key := data[start:end]
		if escaped {
			m.key = jsonscan.Unescape(m.key[:0], key)
			key = m.key
		}
		if at := n.table.find(key); at >= 0 {
			i = m.known(i, n.children[at], object)
		} else if n.inner&innerBit(key) != 0 {
			i = m.unknown(i, n, key, object)
		} else {
			i = m.skip(i)
		}
		if i < 0 {
			return -1
		}
		if i < len(data) && data[i] <= ' ' {
			i = jsonscan.SkipSpace(data, i)
		}
		if i >= len(data) {
			return -1
		}
		switch data[i] {
		case ',':
			i = jsonscan.SkipSpace(data, i+1)
		case '}':
			return i + 1
		default:
			return -1
		}
	}
}

// known reads the value of a node's key.
func (m *matcher) known(i int, node int32, object uint32) int {
	if m.seen[node] == object || m.ambiguous {
		// The event is ambiguous: the object has had the key before, the same again
		// or a part of a dotted one. Now only the event's syntax matters.
		m.ambiguous = true
		return m.skip(i)
	}
	m.seen[node] = object
	if n := &m.set.nodes[node]; n.tests >= 0 && i < len(m.data) && m.data[i] == '"' {
		return m.text(i, &m.set.tests[n.tests], object)
	}
	return m.value(i, node, object)
}

// unknown reads the value of a key that is no node's, unless its parts are.
func (m *matcher) unknown(i int, n *treeNode, key []byte, object uint32) int {
	if dot := bytes.IndexByte(key, '.'); dot >= 0 {
		return m.dotted(i, n, key, dot, object)
	}
	return m.skip(i)
}

// skip reads a value that doesn't matter.
func (m *matcher) skip(i int) int {
	if i < len(m.data) && m.data[i] == '"' {
		end, _ := jsonscan.StringEnd(m.data, i+1)
		return end + 1 + end>>63 // -1 stays -1
	}
	return jsonscan.SkipValue(m.data, i, &m.skipped, jsonscan.MaxNesting-m.depth)
}

// dotted reads the value of a key with a dot as if the parts of the key were
// keys of objects in each other.
func (m *matcher) dotted(i int, n *treeNode, key []byte, dot int, object uint32) int {
	at := n.table.find(key[:dot])
	rest := key[dot+1:]
	if at < 0 || m.set.descend(n.children[at], rest) < 0 {
		return m.skip(i)
	}
	child := n.children[at]
	if m.seen[child] == object || m.ambiguous {
		m.ambiguous = true
		return m.skip(i)
	}
	m.seen[child] = object
	m.serial++
	inner, start := m.serial, len(m.got)
	n = &m.set.nodes[child]
	if next := bytes.IndexByte(rest, '.'); next >= 0 {
		i = m.dotted(i, n, rest, next, inner)
	} else {
		i = m.known(i, n.children[n.table.find(rest)], inner)
	}
	if i >= 0 && !m.ambiguous {
		m.end(start, inner, object)
	}
	return i
}

// value reads the value of a node's key in an object.
func (m *matcher) value(i int, node int32, object uint32) int {
	if i >= len(m.data) {
		return -1
	}
	n := &m.set.nodes[node]
	switch c := m.data[i]; {
	case c == '{':
		if len(n.children) == 0 {
			break
		}
		return m.object(i, node, object)
	case c == '[':
		return m.list(i, node, object)
	case n.tests < 0:
	case c == '"':
		return m.text(i, &m.set.tests[n.tests], object)
	default:
		return m.literal(i, &m.set.tests[n.tests], object)
	}
	return m.skip(i)
}

func (m *matcher) object(i int, node int32, around uint32) int {
	if m.depth++; m.depth > jsonscan.MaxNesting {
		return -1
	}
	m.serial++
	object, start := m.serial, len(m.got)
	i = m.members(i+1, node, object)
	m.depth--
	if i >= 0 && len(m.got) > start && !m.ambiguous {
		m.end(start, object, around)
	}
	return i
}

// list reads a list. What holds for one of its elements holds in the object
// around it.
func (m *matcher) list(i int, node int32, object uint32) int {
	data := m.data
	if m.depth++; m.depth > jsonscan.MaxNesting {
		return -1
	}
	i = jsonscan.SkipSpace(data, i+1)
	if i < len(data) && data[i] == ']' {
		m.depth--
		return i + 1
	}
	for {
		if i = m.value(i, node, object); i < 0 {
			return -1
		}
		i = jsonscan.SkipSpace(data, i)
		if i >= len(data) {
			return -1
		}
		switch data[i] {
		case ',':
			i = jsonscan.SkipSpace(data, i+1)
		case ']':
			m.depth--
			return i + 1
		default:
			return -1
		}
	}
}

// end draws the conclusions from what holds in an object that ends: the items
// got from start on. What follows holds in the object around.
func (m *matcher) end(start int, object, around uint32) {
	end := len(m.got)
	for at := start; at < end; at++ {
		m.lookAt(m.set.leads[m.got[at]], object, around)
	}
	kept := copy(m.got[start:], m.got[end:])
	m.got = m.got[:start+kept]
}

// lookAt follows leads: it looks whether groups hold in an object.
func (m *matcher) lookAt(leads []int32, object, around uint32) {
	for _, lead := range leads {
		if lead < 0 {
			m.hold(^lead, around)
			continue
		}
		g := &m.set.groups[lead]
		switch {
		case !m.has(g, object):
		case g.item >= 0:
			m.hold(g.item, around)
		default:
			m.matched[g.pattern>>6] |= 1 << (g.pattern & 63)
		}
	}
}

// has reports whether an object has all of a group.
func (m *matcher) has(g *group, object uint32) bool {
	for _, item := range g.required {
		if m.holds[item] != object {
			return false
		}
	}
	for _, variants := range g.choices {
		if !slices.ContainsFunc(variants, func(v variant) bool { return m.hasVariant(v, object) }) {
			return false
		}
	}
	return true
}

func (m *matcher) hasVariant(v variant, object uint32) bool {
	if v.item >= 0 && m.holds[v.item] != object {
		return false
	}
	for _, item := range v.absent {
		if m.holds[item] == object {
			return false
		}
	}
	return true
}

// hold notes that an item holds in an object.
func (m *matcher) hold(item int32, object uint32) {
	if m.holds[item] == object {
		return
	}
	m.holds[item] = object
	if int(item) < len(m.set.leads) {
		m.got = append(m.got, item)
	}
}
