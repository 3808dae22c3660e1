package match

// spreadRule is a rule that is matched element by element of an event's lists.
//
// A field that takes absence, before any other that has a value, demands absence
// in all elements of a list; after one, only in the element that the one's value
// is in. See the doc of package pattern.
type spreadRule struct {
	fields []uint32 // as Table.fields gives them
	paths  []uint32 // the nodes on the way to each field, one field after the other
	starts []int    // where each field's nodes begin, and where the last one's end
	space  []int    // for lists of fields
}

// matchesSpread reports whether all fields of a rule hold in an event in which
// objects stand in lists.
func (m *Matcher) matchesSpread(fields []uint32) bool {
	r := &m.rule
	r.fields, r.paths, r.starts, r.space = fields, r.paths[:0], append(r.starts[:0], 0), r.space[:0]
	for i, field := range fields {
		start := len(r.paths)
		for node := m.field(field)[fieldNode]; node != 0; node = m.parent(node) {
			r.paths = append(r.paths, node)
		}
		for a, b := start, len(r.paths)-1; a < b; a, b = a+1, b-1 {
			r.paths[a], r.paths[b] = r.paths[b], r.paths[a]
		}
		r.starts = append(r.starts, len(r.paths))
		r.space = append(r.space, i)
	}
	return m.all(r.space, 0, 0, false)
}

// depth is the number of keys on the way to a field.
func (r *spreadRule) depth(field int) int { return r.starts[field+1] - r.starts[field] }

// node is the node on the way to a field below so many others.
//
//go:noinline
func (r *spreadRule) node(field, depth int) uint32 { return r.paths[r.starts[field]+depth] }

// test returns the place of a field's test, and the flags that it begins with.
//
//go:noinline
func (m *Matcher) test(field int) (at, flags uint32) {
	at = m.field(m.rule.fields[field])[fieldTest]
	return at, m.Words[at]
}

// all reports whether fields hold in the object at a record, whose node has so
// many keys on the way to it. If first is set, the first field must have a value.
func (m *Matcher) all(fields []int, depth int, object uint32, first bool) bool {
	r := &m.rule
	start, holds := len(r.space), true
	for i := 0; i < len(fields) && holds; i++ {
		node := r.node(fields[i], depth)
		if m.isBelow(fields[:i], depth, node) {
			continue
		}
		// The fields below one key belong together.
		begin := len(r.space)
		for _, other := range fields[i:] {
			if r.node(other, depth) == node {
				r.space = append(r.space, other)
			}
		}
		if block := r.space[begin:]; first && i == 0 {
			holds = m.some(node, block, depth+1, object)
		} else {
			holds = m.whole(node, block, depth+1, object)
		}
	}
	r.space = r.space[:start]
	return holds
}

func (m *Matcher) isBelow(fields []int, depth int, node uint32) bool {
	for _, f := range fields {
		if m.rule.node(f, depth) == node {
			return true
		}
	}
	return false
}

// whole reports whether fields hold in the whole value that an object has for a
// node's key.
func (m *Matcher) whole(node uint32, fields []int, depth int, object uint32) bool {
	for i, f := range fields {
		if m.some(node, fields[i:], depth, object) {
			return true
		}
		if _, flags := m.test(f); flags&testAbsence == 0 || m.present(f, object) {
			return false
		}
	}
	return true
}

// some reports whether fields hold in one of the values that an object has for a
// node's key, the first of them having a value.
func (m *Matcher) some(node uint32, fields []int, depth int, object uint32) bool {
	if _, flags := m.test(fields[0]); flags&testValues == 0 {
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

// element reports whether fields hold in the value at a record, the first of them
// having a value.
func (m *Matcher) element(i uint32, fields []int, depth int) bool {
	first := fields[0]
	token := m.records[i].token
	if m.rule.depth(first) > depth {
		return token == 0 && m.all(fields, depth, i, true)
	}
	for _, f := range fields[1:] {
		if _, flags := m.test(f); flags&testAbsence == 0 {
			return false // nothing is below a value
		}
	}
	test, _ := m.test(first)
	return token != 0 && m.fulfils(token, test)
}

// present reports whether an object has a value for a field.
func (m *Matcher) present(field int, object uint32) bool {
	node := m.field(m.rule.fields[field])[fieldNode]
	for i := object + 1; i < m.records[object].end; i++ {
		if m.records[i].node == node && m.records[i].token != 0 {
			return true
		}
	}
	return false
}
