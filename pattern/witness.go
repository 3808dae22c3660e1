package pattern

import (
	"maps"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/match"
)

// witness is an unfinished event: a value for each field, by name.
type witness map[string]fieldValue

func (w witness) with(name string, v fieldValue) witness {
	other := maps.Clone(w)
	other[name] = v
	return other
}

// matches reports whether a pattern matches the event.
func (w witness) matches(p *Pattern) Answer {
	ok, err := p.Match(w.event())
	switch {
	case err != nil:
		return Unknown
	case ok:
		return Yes
	}
	return No
}

// event returns the event's JSON. The parts of a name become nested objects. If a part
// already has a value, the rest of the name is written with dots.
func (w witness) event() []byte {
	root := &node{kind: kindObject}
	for _, name := range slices.SortedFunc(maps.Keys(w), match.CompareNames) {
		if v := w[name]; !v.absent {
			root.put(strings.Split(name, "."), v.value)
		}
	}
	return appendNode(nil, root)
}

// put adds a value at a path.
func (n *node) put(path []string, v Value) {
	key := path[0]
	i := slices.IndexFunc(n.members, func(m member) bool { return m.key == key })
	switch {
	case len(path) == 1:
		n.members = append(n.members, member{key: key, value: v.node()})
	case i >= 0 && n.members[i].value.kind == kindObject:
		n.members[i].value.put(path[1:], v)
	case i >= 0:
		n.members = append(n.members, member{key: strings.Join(path, "."), value: v.node()})
	default:
		inner := &node{kind: kindObject}
		inner.put(path[1:], v)
		n.members = append(n.members, member{key: key, value: inner})
	}
}

// node returns the value as a JSON node.
func (v Value) node() *node {
	n := &node{text: v.Text}
	switch v.Type {
	case String:
		n.kind = kindString
	case Number:
		n.kind = kindNumber
	default:
		n.kind = words[v.Text]
	}
	return n
}
