package match

import (
	"github.com/jobgen/jobgen/internal/jsonscan"
)

// Leaves holds the values of an event at the nodes of a set. It allocates, so it is used
// only for explanations and for events with ambiguous keys.
type Leaves struct {
	set   *Set
	tape  *jsonscan.Tape
	nodes []NodeLeaves
	lists int   // the number of lists so far
	value Value // the last tested value
}

// NodeLeaves holds the values of an event at one node.
type NodeLeaves struct {
	Leaves []Leaf
	Object bool // there is an object
	Empty  bool // there is an empty list
}

// Leaf is a value that is neither an object nor a list.
type Leaf struct {
	token int      // 0 for an absent value, which exists: false matches
	in    *element // of the innermost list, or nil
}

// Absent reports whether the leaf is an absent value.
func (l Leaf) Absent() bool { return l.token == 0 }

// element is an element of a list.
type element struct {
	outer       *element
	depth       int // 1 for an outermost list
	list, index int
}

// NewLeaves returns the values of the event at a token. If an object has a key twice, the
// last value counts.
func NewLeaves(s *Set, tape *jsonscan.Tape, at int) *Leaves {
	f := &Leaves{set: s, tape: tape, nodes: make([]NodeLeaves, len(s.nodes))}
	f.members(at, 0, nil)
	return f
}

// At returns the values of a field that a rule of the set has.
func (f *Leaves) At(name string) *NodeLeaves { return &f.nodes[f.set.descend(0, name)] }

// Value returns a leaf's value.
func (f *Leaves) Value(l Leaf) Value {
	var v Value
	v.load(f.tape, l.token)
	return v
}

func (f *Leaves) members(at, node int, in *element) {
	end := f.tape.Next(at)
	last := f.lastOf(at, end)
	for i := jsonscan.First(at); i < end; i = f.tape.Next(i + 1) {
		key := string(f.key(i))
		if to := f.set.descend(node, key); to != 0 && last[key] == i {
			f.read(i+1, to, in)
		}
	}
}

// lastOf returns the token of the last occurrence of each key in an object.
func (f *Leaves) lastOf(at, end int) map[string]int {
	last := map[string]int{}
	for i := jsonscan.First(at); i < end; i = f.tape.Next(i + 1) {
		last[string(f.key(i))] = i
	}
	return last
}

func (f *Leaves) key(i int) []byte {
	if f.tape.Tokens[i].Escaped() {
		return jsonscan.Unescape(nil, f.tape.Content(i))
	}
	return f.tape.Content(i)
}

func (f *Leaves) read(i, node int, in *element) {
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

func (f *Leaves) list(at, node int, in *element) {
	f.lists++
	inner := element{outer: in, depth: 1, list: f.lists}
	if in != nil {
		inner.depth += in.depth
	}
	end := f.tape.Next(at)
	for i, n := jsonscan.First(at), 0; i < end; i, n = f.tape.Next(i), n+1 {
		e := inner
		e.index = n
		f.read(i, node, &e)
	}
}

// consistent reports whether leaves in two elements may match the same rule: if both are
// in the same list, they must be in the same element of it. Each comparison costs a step.
func consistent(a, b *element, steps *int) bool {
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
