package match

import (
	"github.com/jobgen/jobgen/internal/jsonscan"
)

// Flat is what an event has at the nodes of a set. Making one allocates: it serves
// events with ambiguous keys, and explanations.
type Flat struct {
	set   *Set
	tape  *jsonscan.Tape
	nodes []FlatNode
	lists int   // that were found
	read  Value // the last one that was tested
}

// FlatNode is what an event has at one node.
type FlatNode struct {
	Leaves []Leaf
	Object bool // there is an object
	Empty  bool // there is an empty list
}

// Leaf is a value that is neither an object nor a list.
type Leaf struct {
	token int    // 0 is no value, which exists: false takes
	in    *place // the innermost list that it is in; nil if none
}

// Absent reports whether the leaf is no value.
func (l Leaf) Absent() bool { return l.token == 0 }

// place is an element of one of an event's lists.
type place struct {
	outer         *place
	depth         int // 1 for an outermost list
	list, element int
}

// Flatten gives the leaves of the event at a token. Of a key that an object has
// more than once, the last value counts.
func Flatten(s *Set, tape *jsonscan.Tape, at int) *Flat {
	f := &Flat{set: s, tape: tape, nodes: make([]FlatNode, len(s.nodes))}
	f.members(at, 0, nil)
	return f
}

// At returns what the event has for a field's name; nil if no rule names it.
func (f *Flat) At(name string) *FlatNode {
	if node := f.set.descend(0, name); node != 0 {
		return &f.nodes[node]
	}
	return nil
}

// Value returns a leaf's value.
func (f *Flat) Value(l Leaf) Value {
	var v Value
	v.load(f.tape, l.token)
	return v
}

func (f *Flat) members(at, node int, in *place) {
	end := f.tape.Next(at)
	last := f.lastOf(at, end)
	for i := jsonscan.First(at); i < end; i = f.tape.Next(i + 1) {
		key := string(f.key(i))
		if to := f.set.descend(node, key); to != 0 && last[key] == i {
			f.value(i+1, to, in)
		}
	}
}

// lastOf returns the token of each key's last occurrence in an object.
func (f *Flat) lastOf(at, end int) map[string]int {
	last := map[string]int{}
	for i := jsonscan.First(at); i < end; i = f.tape.Next(i + 1) {
		last[string(f.key(i))] = i
	}
	return last
}

func (f *Flat) key(i int) []byte {
	if f.tape.Tokens[i].Escaped() {
		return jsonscan.Unescape(nil, f.tape.Content(i))
	}
	return f.tape.Content(i)
}

func (f *Flat) value(i int, node int, in *place) {
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

func (f *Flat) list(at int, node int, in *place) {
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
