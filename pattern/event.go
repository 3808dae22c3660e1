package pattern

import "encoding/json"

// leaf is a value in an event that is neither an object nor a list, under the
// joined name of the keys that lead to it.
type leaf struct {
	value Value
	// chain holds the lists that the leaf is in, outermost first.
	chain []place
	// absent marks the want of a leaf, which exists:false takes.
	absent bool
}

// place is an element of one of an event's lists.
type place struct{ list, element int }

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

// flat is an event as a table of leaves.
type flat struct {
	leaves map[string][]leaf
	lists  int
	// objects and empty hold the names where objects and empty lists stand.
	objects, empty map[string]bool

	chain []place
}

// flatten reads an event into its leaves. Of a key that an object has more than
// once, the last value counts.
func flatten(event []byte) (*flat, error) {
	if !json.Valid(event) {
		return nil, ErrNotJSON
	}
	r := &reader{src: event, depthLimit: len(event)}
	root, fault := r.value()
	if fault != nil || root.kind != kindObject {
		return nil, ErrNotObject
	}
	f := &flat{leaves: make(map[string][]leaf), objects: make(map[string]bool), empty: make(map[string]bool)}
	f.members(root, "")
	return f, nil
}

func (f *flat) members(n *node, prefix string) {
	for i := range n.members {
		if m := &n.members[i]; !m.replaced {
			f.value(m.value, prefix+m.key)
		}
	}
}

func (f *flat) value(n *node, name string) {
	switch n.kind {
	case kindObject:
		f.objects[name] = true
		f.members(n, name+".")
	case kindList:
		f.list(n, name)
	default:
		f.leaves[name] = append(f.leaves[name], leaf{value: valueOf(n), chain: append([]place(nil), f.chain...)})
	}
}

func (f *flat) list(n *node, name string) {
	if len(n.items) == 0 {
		f.empty[name] = true
	}
	f.lists++
	id := f.lists
	for i, item := range n.items {
		f.chain = append(f.chain, place{list: id, element: i})
		f.value(item, name)
		f.chain = f.chain[:len(f.chain)-1]
	}
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

// consistent reports whether two leaves may count for the same rule: where both
// are in the same list, they are in the same element of it.
func consistent(a, b []place) bool {
	for i := 0; i < len(a) && i < len(b) && a[i].list == b[i].list; i++ {
		if a[i].element != b[i].element {
			return false
		}
	}
	return true
}
