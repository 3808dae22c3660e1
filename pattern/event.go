package pattern

import (
	"bytes"
	"encoding/json"

	"github.com/jobgen/jobgen/internal/jsonscan"
)

// Value is a value in an event.
type Value struct {
	Type Type
	Text string // a string's value, or the literal as written

	number number
}

// String gives the value as JSON.
func (v Value) String() string {
	if v.Type == String {
		return quote(v.Text)
	}
	return v.Text
}

func valueOf(n *node) Value {
	v := Value{Text: n.text}
	switch n.kind {
	case kindString:
		v.Type = String
	case kindNumber:
		v.Type = Number
		v.number = parseNumber([]byte(n.text))
	case kindTrue:
		v.Type, v.Text = Bool, "true"
	case kindFalse:
		v.Type, v.Text = Bool, "false"
	default:
		v.Text = "null"
	}
	return v
}

// readEvent reads an event.
func readEvent(event []byte) (*node, error) {
	if !json.Valid(event) {
		return nil, ErrNotJSON
	}
	r := &reader{src: event, depthLimit: jsonscan.MaxNesting}
	root, fault := r.value()
	if fault != nil || root.kind != kindObject {
		return nil, ErrNotObject
	}
	return root, nil
}

// flat is what an event has at the nodes of a set.
type flat struct {
	set   *Set
	nodes []flatNode
	lists int
}

// flatNode is what an event has at one node.
type flatNode struct {
	leaves []leaf
	object bool // there is an object
	empty  bool // there is an empty list
}

// leaf is a value that is neither an object nor a list.
type leaf struct {
	value Value
	in    *place // the innermost list that it is in; nil if none
	// absent marks the want of a leaf, which exists:false takes.
	absent bool
}

// place is an element of one of an event's lists.
type place struct {
	outer         *place
	depth         int // 1 for an outermost list
	list, element int
}

// flatten gives the leaves of an event at the nodes of a set. Of a key that an
// object has more than once, the last value counts.
func (s *Set) flatten(root *node) *flat {
	f := &flat{set: s, nodes: make([]flatNode, len(s.nodes))}
	f.members(root, 0, nil)
	return f
}

// at returns what the event has for a field.
func (f *flat) at(name string) *flatNode {
	return &f.nodes[f.set.descend(0, []byte(name))]
}

// descend returns the node that the parts of a key lead to, or -1.
func (s *Set) descend(from int32, key []byte) int32 {
	for {
		part, rest, more := bytes.Cut(key, []byte("."))
		n := &s.nodes[from]
		i := n.table.find(part)
		if i < 0 {
			return -1
		}
		from = n.children[i]
		if !more {
			return from
		}
		key = rest
	}
}

func (f *flat) members(n *node, at int32, in *place) {
	for i := range n.members {
		m := &n.members[i]
		if m.replaced {
			continue
		}
		if to := f.set.descend(at, []byte(m.key)); to >= 0 {
			f.value(m.value, to, in)
		}
	}
}

func (f *flat) value(n *node, at int32, in *place) {
	to := &f.nodes[at]
	switch n.kind {
	case kindObject:
		to.object = true
		f.members(n, at, in)
	case kindList:
		to.empty = to.empty || len(n.items) == 0
		f.list(n, at, in)
	default:
		to.leaves = append(to.leaves, leaf{value: valueOf(n), in: in})
	}
}

func (f *flat) list(n *node, at int32, in *place) {
	f.lists++
	inner := place{outer: in, depth: 1, list: f.lists}
	if in != nil {
		inner.depth += in.depth
	}
	for i, item := range n.items {
		element := inner
		element.element = i
		f.value(item, at, &element)
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
