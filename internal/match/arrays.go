package match

import "slices"

// listRule is a rule that is matched element by element.
//
// The order of the fields matters for exists: false. If no earlier field has matched in an
// element of the list, the field must be absent from all elements. Otherwise it must be
// absent from that element. See the documentation of package pattern.
type listRule struct {
	fields []int
	paths  [][]int // the nodes from the event to each field
	nodes  []int   // the memory of the paths
	space  []int   // the memory of lists of fields, as indexes in fields
}

// matchesLists reports whether all fields of a rule match in an event in which objects are
// elements of lists.
func (m *Matcher) matchesLists(r *rule) bool {
	l := &m.lists
	l.fields, l.paths, l.nodes, l.space = r.fields, l.paths[:0], l.nodes[:0], l.space[:0]
	for i, field := range r.fields {
		l.paths = append(l.paths, m.pathTo(m.fields[field].node))
		l.space = append(l.space, i)
	}
	return m.all(l.space, 0, 0, false)
}

// pathTo returns the nodes from the event, which is not included, to a node.
func (m *Matcher) pathTo(number int) []int {
	l := &m.lists
	start := len(l.nodes)
	for ; number != 0; number = m.nodes[number].parent {
		l.nodes = append(l.nodes, number)
	}
	path := l.nodes[start:]
	slices.Reverse(path)
	return path
}

// listTest returns the test of one of the rule's fields.
func (m *Matcher) listTest(field int) *Test { return m.fields[m.lists.fields[field]].test }

// all reports whether fields match in the object at a record. depth is the number of nodes
// from the event to the object. If first is set, the first field must have a value.
func (m *Matcher) all(fields []int, depth, object int, first bool) bool {
	l := &m.lists
	start, ok := len(l.space), true
	for i := 0; i < len(fields) && ok; i++ {
		node := l.paths[fields[i]][depth]
		if m.isBelow(fields[:i], depth, node) {
			continue
		}
		// The fields below the same key must match in the same element.
		begin := len(l.space)
		for _, other := range fields[i:] {
			if l.paths[other][depth] == node {
				l.space = append(l.space, other)
			}
		}
		if block := l.space[begin:]; first && i == 0 {
			ok = m.some(node, block, depth+1, object)
		} else {
			ok = m.whole(node, block, depth+1, object)
		}
	}
	l.space = l.space[:start]
	return ok
}

func (m *Matcher) isBelow(fields []int, depth, node int) bool {
	for _, f := range fields {
		if m.lists.paths[f][depth] == node {
			return true
		}
	}
	return false
}

// whole reports whether fields match in the value that an object has for a node's key.
func (m *Matcher) whole(node int, fields []int, depth, object int) bool {
	for i, f := range fields {
		if m.some(node, fields[i:], depth, object) {
			return true
		}
		if !m.listTest(f).absence || m.present(f, object) {
			return false
		}
	}
	return true
}

// some is like whole, but the first field must have a value.
func (m *Matcher) some(node int, fields []int, depth, object int) bool {
	if !m.listTest(fields[0]).values {
		return false
	}
	end := m.records[object].end
	for i := object + 1; i < end; i = m.records[i].end {
		if m.records[i].node == node && m.element(i, fields, depth) {
			return true
		}
	}
	return false
}

// element reports whether fields match in the value at a record. The first field must have
// a value.
func (m *Matcher) element(i int, fields []int, depth int) bool {
	first := fields[0]
	token := m.records[i].token
	if len(m.lists.paths[first]) > depth {
		return token == 0 && m.all(fields, depth, i, true)
	}
	for _, f := range fields[1:] {
		if !m.listTest(f).absence {
			return false // a value has no fields
		}
	}
	return token != 0 && m.valueMatches(token, m.listTest(first))
}

// present reports whether an object has a value for a field.
func (m *Matcher) present(field, object int) bool {
	node := m.fields[m.lists.fields[field]].node
	for i := object + 1; i < m.records[object].end; i++ {
		if m.records[i].node == node && m.records[i].token != 0 {
			return true
		}
	}
	return false
}
