package pattern

import (
	"fmt"
	"slices"
	"strings"
)

// need is what an object must have for one key: an item, or one of several
// variants; or it can't have it.
type need struct {
	item     int32 // -1: see variants
	variants []variant
	never    bool
}

// rule adds one rule of a pattern.
func (c *compiler) rule(pattern int32, p *Pattern, r rule) {
	if c.pattern != p {
		c.pattern = p
		c.chunks = make([][]string, len(p.fields))
		for i := range p.fields {
			c.chunks[i] = strings.Split(p.fields[i].Name(), ".")
		}
	}
	for _, f := range r {
		c.path(f)
	}
	c.demands = make(map[string]need)
	g := group{item: -1, pattern: pattern}
	for _, block := range c.blocks(0, r) {
		if !c.join(&g, c.whole(block.node, block.fields)) {
			return // it can't match but where an event spells keys with dots
		}
	}
	c.addGroup(g)
}

// block is the fields of a rule that lie below a key.
type block struct {
	node   int32
	fields []int
}

// blocks parts fields below a node by the next key, and keeps their order.
func (c *compiler) blocks(node int32, fields []int) []block {
	var blocks []block
	depth := c.nodes[node].depth
	for _, f := range fields {
		child := c.child(node, c.chunks[f][depth])
		i := slices.IndexFunc(blocks, func(b block) bool { return b.node == child })
		if i < 0 {
			i = len(blocks)
			blocks = append(blocks, block{node: child})
		}
		blocks[i].fields = append(blocks[i].fields, f)
	}
	return blocks
}

// join adds a need to a group; it returns false if the need can't be met.
func (c *compiler) join(g *group, n need) bool {
	switch {
	case n.never:
		return false
	case n.item >= 0:
		g.required = append(g.required, n.item)
	default:
		g.choices = append(g.choices, n.variants)
	}
	return true
}

// whole returns what the whole value at a node must be for the fields at and
// below it, in their order. A field that takes absence, before any other that
// has a value, demands absence in all elements of a list; after one, only in
// the element that the one's value is in. See the package's doc.
func (c *compiler) whole(node int32, fields []int) need {
	key := fmt.Sprint(node, fields)
	if n, ok := c.demands[key]; ok {
		return n
	}
	n := need{item: -1}
	var absent []int32
	for i, f := range fields {
		field := &c.pattern.fields[f]
		if item, ok := c.element(node, fields[i:]); ok {
			n.variants = append(n.variants, variant{item: item, absent: slices.Clone(absent)})
		}
		if field.absence() == nil {
			break
		}
		absent = append(absent, c.presence(node, f))
		if i == len(fields)-1 {
			n.variants = append(n.variants, variant{item: -1, absent: slices.Clone(absent)})
		}
	}
	switch {
	case len(n.variants) == 0:
		n.never = true
	case len(n.variants) == 1 && n.variants[0].item >= 0 && len(n.variants[0].absent) == 0:
		n.item = n.variants[0].item
	}
	c.demands[key] = n
	return n
}

// element returns the item that one element of a list at a node, or the value
// there if it is no list, is right for the fields at and below the node, the
// first of them having a value. It is not ok if none can be.
func (c *compiler) element(node int32, fields []int) (item int32, ok bool) {
	if !c.pattern.fields[fields[0]].takesValues() {
		return 0, false
	}
	if len(c.chunks[fields[0]]) == c.nodes[node].depth {
		for _, f := range fields[1:] {
			if c.pattern.fields[f].absence() == nil {
				return 0, false // nothing is below a value
			}
		}
		return c.test(node, fields[0]), true
	}
	g := group{pattern: -1}
	for i, b := range c.blocks(node, fields) {
		if i > 0 {
			if !c.join(&g, c.whole(b.node, b.fields)) {
				return 0, false
			}
			continue
		}
		first, ok := c.element(b.node, b.fields)
		if !ok {
			return 0, false
		}
		g.required = append(g.required, first)
	}
	return c.group(node, g), true
}

// takesValues reports whether an alternative takes a value.
func (f *Field) takesValues() bool {
	return slices.ContainsFunc(f.Alternatives, func(a Alternative) bool { return !a.isAbsence() })
}

// group returns the item of a group of a node.
func (c *compiler) group(node int32, g group) int32 {
	slices.Sort(g.required)
	if len(g.required) == 1 && len(g.choices) == 0 {
		return c.lifted(g.required[0], node)
	}
	item, isNew := c.item(likelihood{parts: g.required}, "group %d %v %v", node, g.required, g.choices)
	if isNew {
		g.item = item
		c.addGroup(g)
	}
	return item
}

// lifted returns the item that one element at a node has another item.
func (c *compiler) lifted(inner, node int32) int32 {
	item, isNew := c.item(likelihood{parts: []int32{inner}}, "lift %d %d", node, inner)
	if isNew {
		c.items[inner].leads = append(c.items[inner].leads, ^item)
	}
	return item
}

// path returns the nodes on the way to a field, the root first.
func (c *compiler) path(field int) []int32 {
	nodes := []int32{0}
	for i, key := range c.chunks[field] {
		nodes = append(nodes, c.child(nodes[i], key))
	}
	return nodes
}

// presence returns the item that a field has a value somewhere in the value at
// a node that is on its path.
func (c *compiler) presence(node int32, field int) int32 {
	nodes := c.path(field)
	at := nodes[len(nodes)-1]
	item := c.nodes[at].present
	if item < 0 {
		item, _ = c.item(likelihood{otherwise: nearlyAlways}, "present %d", at)
		c.nodes[at].present = item
	}
	for depth := len(nodes) - 2; depth >= c.nodes[node].depth; depth-- {
		item = c.lifted(item, nodes[depth])
	}
	return item
}

// test returns the item that a value fulfils one of a field's alternatives that
// take values.
func (c *compiler) test(node int32, field int) int32 {
	f := &c.pattern.fields[field]
	likely := likelihood{node: node}
	var keys []string
	for i := range f.Alternatives {
		a := &f.Alternatives[i]
		if a.isAbsence() {
			continue
		}
		keys = append(keys, a.key())
		switch {
		case a.Not || a.Operator == Exists:
			likely.otherwise = nearlyAlways
		case a.Operator == Equals && !a.IgnoreCase:
			likely.literals++
			c.nodes[node].literals[a.Operands[0].Text] = true
		default:
			likely.otherwise = max(likely.otherwise, sometimes)
		}
	}
	slices.Sort(keys)
	item, isNew := c.item(likely, "test %d %q", node, slices.Compact(keys))
	if isNew {
		if c.nodes[node].tests == nil {
			c.nodes[node].tests = newTestsDraft(c.set)
		}
		c.nodes[node].tests.add(f, item)
	}
	return item
}

// key tells alternatives apart that take different values.
func (a *Alternative) key() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d %t %t", a.Operator, a.Not, a.IgnoreCase)
	for _, o := range a.Operands {
		fmt.Fprintf(&b, " %s %d %q", o.Comparison, o.Type, o.Text)
	}
	return b.String()
}
