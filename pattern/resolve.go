package pattern

import "strings"

// mostSteps bounds the search in an ambiguous event.
const mostSteps = 1_000_000

// resolve matches an ambiguous event: one in which an object has a key that
// matters twice, or a dotted key beside another one that begins alike. Such
// events are rare, so it allocates. Most can be rewritten to plain ones; what is
// left, with the parts of a field both in a list and beside it, is searched.
func (m *matcher) resolve(event []byte, dst []int) ([]int, error) {
	root, err := readEvent(event)
	if err != nil {
		return dst, err
	}
	r := rewriter{set: m.set}
	if plain := r.values(nil, []*node{root}, 0); !r.stuck {
		if err := m.read(plain); err == nil && !m.ambiguous {
			return m.take(dst), nil
		}
	}
	return m.set.searchAll(m.set.flatten(root), dst)
}

// searchAll searches an event for each rule.
func (s *Set) searchAll(f *flat, dst []int) ([]int, error) {
	steps := mostSteps
	before := len(dst)
	for i, p := range s.patterns {
		for _, r := range p.rules {
			search := &search{pattern: p, event: f, rule: r, steps: &steps}
			if search.run() {
				dst = append(dst, i)
				break
			}
			if steps < 0 {
				return dst[:before], ErrAmbiguous
			}
		}
	}
	return dst, nil
}

// rewriter writes what matters of an event without dotted keys and with each key
// once. It is stuck where values come together that are not all objects.
type rewriter struct {
	set   *Set
	stuck bool
}

// values appends the values that come together at a node of the set's.
func (r *rewriter) values(dst []byte, values []*node, at int32) []byte {
	for _, v := range values {
		if v.kind != kindObject && len(values) > 1 {
			r.stuck = true
			return dst
		}
	}
	switch v := values[0]; v.kind {
	case kindObject:
		return r.objects(dst, values, at)
	case kindList:
		dst = append(dst, '[')
		for i, item := range v.items {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = r.values(dst, []*node{item}, at)
		}
		return append(dst, ']')
	default:
		return appendNode(dst, v)
	}
}

// objects appends one object with the members of all that matter.
func (r *rewriter) objects(dst []byte, objects []*node, at int32) []byte {
	n := &r.set.nodes[at]
	parts := make([][]*node, len(n.children))
	for _, o := range objects {
		for i := range o.members {
			if m := &o.members[i]; !m.replaced {
				r.part(parts, n, m)
			}
		}
	}
	dst = append(dst, '{')
	comma := false
	for i, values := range parts {
		if values == nil {
			continue
		}
		if comma {
			dst = append(dst, ',')
		}
		comma = true
		dst = append(appendQuoted(dst, n.table.keys[i]), ':')
		dst = r.values(dst, values, n.children[i])
	}
	return append(dst, '}')
}

// part files a member under the first part of its key; the rest of a dotted key
// becomes that of an object.
func (r *rewriter) part(parts [][]*node, n *treeNode, m *member) {
	first, rest, dotted := strings.Cut(m.key, ".")
	i := n.table.find([]byte(first))
	switch {
	case i < 0:
	case !dotted:
		parts[i] = append(parts[i], m.value)
	case r.set.descend(n.children[i], []byte(rest)) >= 0:
		parts[i] = append(parts[i], &node{kind: kindObject, members: []member{{key: rest, value: m.value}}})
	}
}
