package match

import (
	"github.com/jobgen/jobgen/internal/jsonscan"
)

// flat is what an event has at the nodes of a table. Making one allocates: it
// serves events with ambiguous keys, and explanations.
type flat struct {
	tester
	tape  *jsonscan.Tape
	nodes []FlatNode
	lists int   // that were found
	read  Value // the one at hand
}

// FlatNode is what an event has at one node.
type FlatNode struct {
	Leaves []Leaf
	Object bool // there is an object
	Empty  bool // there is an empty list
}

// Leaf is a value that is neither an object nor a list.
type Leaf struct {
	token int    // 0 marks the want of a value, which exists: false takes
	in    *place // the innermost list that it is in; nil if none
}

// Absent reports that the leaf stands for the want of a value.
func (l Leaf) Absent() bool { return l.token == 0 }

// place is an element of one of an event's lists.
type place struct {
	outer         *place
	depth         int // 1 for an outermost list
	list, element int
}

// flatten gives the leaves of the event at a token. Of a key that an object has
// more than once, the last value counts.
func (m *tester) flatten(tape *jsonscan.Tape, at int) *flat {
	f := &flat{tester: tester{Table: m.Table, params: m.params}, tape: tape, nodes: make([]FlatNode, len(m.Nodes))}
	f.members(at, 0, nil)
	return f
}

func (f *flat) members(at int, node uint32, in *place) {
	end := f.tape.Next(at)
	last := f.lastOf(at, end)
	for i := jsonscan.First(at); i < end; i = f.tape.Next(i + 1) {
		key := f.key(i)
		if to := f.descend(f.node(node), key); to != 0 && last[string(key)] == i {
			f.value(i+1, to, in)
		}
	}
}

// lastOf returns the token of each key's last occurrence in an object.
func (f *flat) lastOf(at, end int) map[string]int {
	last := map[string]int{}
	for i := jsonscan.First(at); i < end; i = f.tape.Next(i + 1) {
		last[string(f.key(i))] = i
	}
	return last
}

func (f *flat) key(i int) []byte {
	if f.tape.Tokens[i].Escaped() {
		return unescape(nil, f.tape, i)
	}
	return f.tape.Content(i)
}

func (f *flat) value(i int, node uint32, in *place) {
	to := &f.nodes[node]
	switch f.tape.Kind(i) {
	case '{':
		to.Object = true
		f.members(i, node, in)
	case '[':
		to.Empty = to.Empty || f.tape.Next(i) == jsonscan.First(i)
		f.list(i, node, in)
	default:
		to.Leaves = append(to.Leaves, Leaf{token: i, in: in})
	}
}

func (f *flat) list(at int, node uint32, in *place) {
	f.lists++
	inner := place{outer: in, depth: 1, list: f.lists}
	if in != nil {
		inner.depth += in.depth
	}
	end := f.tape.Next(at)
	for i, n := jsonscan.First(at), 0; i < end; i, n = f.tape.Next(i), n+1 {
		element := inner
		element.element = n
		f.value(i, node, &element)
	}
}

// consistent reports whether leaves at two places may count for the same rule:
// where both are in the same list, they are in the same element of it. Each look
// outwards costs a step.
func consistent(a, b *place, steps *int) bool {
	for a != b && a != nil && b != nil {
		*steps--
		switch {
		case a.depth > b.depth:
			a = a.outer
		case b.depth > a.depth:
			b = b.outer
		case a.list == b.list:
			return false // another element
		default:
			a, b = a.outer, b.outer
		}
	}
	return true
}
