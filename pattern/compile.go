package pattern

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// compiler makes the tables of a Set.
type compiler struct {
	set     *Set
	nodes   []nodeDraft
	items   []itemDraft
	itemOf  map[string]int32 // by what the item is
	groupOf map[int32]int32  // by the group's item

	pattern *Pattern
	chunks  [][]string      // of the pattern's fields: the names split at dots
	demands map[string]need // of the rule at hand, by node and fields
}

// nodeDraft is a node in the making.
type nodeDraft struct {
	depth    int
	keys     []string
	children map[string]int32
	tests    *testsDraft
	present  int32 // item of presence, or -1
	literals map[string]bool
}

// itemDraft is an item in the making.
type itemDraft struct {
	likely likelihood
	users  int // groups that require it
	leads  []int32
}

// likelihood is how likely an item holds, as far as the patterns tell.
type likelihood struct {
	// parts are what is required together.
	parts []int32
	// literals is how many of a node's literals a test of literals alone takes.
	node     int32
	literals int
	// otherwise is the share of events for other tests.
	otherwise float64
	known     float64 // 0: not yet known
}

// Guesses at the share of events in which a test of values that are there
// holds.
const (
	nearlyAlways = 0.9 // anything-but, exists
	sometimes    = 0.2 // prefix and other ranges of values
)

// need is what an object must have for one key: an item, or one of several
// variants; or it can't have it.
type need struct {
	item     int32 // -1: see variants
	variants []variant
	never    bool
}

func newCompiler(s *Set) *compiler {
	c := &compiler{set: s, itemOf: make(map[string]int32), groupOf: make(map[int32]int32)}
	c.newNode(0)
	return c
}

func (c *compiler) newNode(depth int) int32 {
	c.nodes = append(c.nodes, nodeDraft{depth: depth, children: make(map[string]int32), present: -1, literals: make(map[string]bool)})
	return int32(len(c.nodes) - 1)
}

func (c *compiler) child(node int32, key string) int32 {
	if child, ok := c.nodes[node].children[key]; ok {
		return child
	}
	child := c.newNode(c.nodes[node].depth + 1)
	n := &c.nodes[node]
	n.children[key] = child
	n.keys = append(n.keys, key)
	return child
}

// item returns the item of a description, and whether it is new.
func (c *compiler) item(likely likelihood, format string, args ...any) (item int32, isNew bool) {
	key := fmt.Sprintf(format, args...)
	if item, ok := c.itemOf[key]; ok {
		return item, false
	}
	item = int32(len(c.items))
	c.itemOf[key] = item
	c.items = append(c.items, itemDraft{likely: likely})
	return item, true
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

// likely guesses the share of events in which an item holds. Of a node's
// literals each is taken to be as likely, so one that all patterns want is
// certain.
func (c *compiler) likely(item int32) float64 {
	l := &c.items[item].likely
	if l.known > 0 {
		return l.known
	}
	known := 1.0
	if l.parts == nil {
		known = l.otherwise
		if l.literals > 0 {
			known = max(known, float64(l.literals)/float64(len(c.nodes[l.node].literals)))
		}
	}
	for _, part := range l.parts {
		known *= c.likely(part)
	}
	l.known = known
	return known
}

// addGroup adds a group. What leads to it is settled when all are known.
func (c *compiler) addGroup(g group) {
	for _, item := range g.required {
		c.items[item].users++
	}
	c.set.groups = append(c.set.groups, g)
}

// finish turns the drafts into the set's tables.
func (c *compiler) finish() {
	for i := range c.set.groups {
		c.await(int32(i))
	}
	order := c.renumber()
	c.set.items = len(c.items)
	c.finishItems(order)
	c.finishNodes(order)
}

// await has a group looked at when the rarest of the items that it requires
// holds; a group that requires none is always looked at.
func (c *compiler) await(index int32) {
	g := &c.set.groups[index]
	if len(g.required) == 0 {
		c.set.always = append(c.set.always, index)
		return
	}
	slices.SortFunc(g.required, func(i, j int32) int {
		return cmp.Or(cmp.Compare(c.likely(i), c.likely(j)), c.items[i].users-c.items[j].users, int(i-j))
	})
	first := &c.items[g.required[0]]
	first.leads = append(first.leads, index)
	g.required = g.required[1:]
}

// renumber orders the items so that those that lead somewhere come first. It
// returns the new number of each.
func (c *compiler) renumber() []int32 {
	order := make([]int32, len(c.items))
	next := int32(0)
	for _, leading := range []bool{true, false} {
		for old := range c.items {
			if (len(c.items[old].leads) > 0) == leading {
				order[old] = next
				next++
			}
		}
	}
	return order
}

func (c *compiler) finishItems(order []int32) {
	leading := 0
	for i := range c.items {
		if len(c.items[i].leads) > 0 {
			leading++
		}
	}
	c.set.leads = make([][]int32, leading)
	for old := range c.items {
		for _, lead := range c.items[old].leads {
			if lead < 0 {
				lead = ^order[^lead]
			}
			c.set.leads[order[old]] = append(c.set.leads[order[old]], lead)
		}
	}
	for i := range c.set.groups {
		c.set.groups[i].renumber(order)
	}
}

func (g *group) renumber(order []int32) {
	if g.item >= 0 {
		g.item = order[g.item]
	}
	for i, item := range g.required {
		g.required[i] = order[item]
	}
	for i, variants := range g.choices {
		variants = slices.Clone(variants) // other groups may have the same ones
		for j, v := range variants {
			if v.item >= 0 {
				variants[j].item = order[v.item]
			}
			variants[j].absent = slices.Clone(v.absent)
			for k, item := range v.absent {
				variants[j].absent[k] = order[item]
			}
		}
		g.choices[i] = variants
	}
}

func (c *compiler) finishNodes(order []int32) {
	c.set.nodes = make([]treeNode, len(c.nodes))
	for i := range c.nodes {
		d, n := &c.nodes[i], &c.set.nodes[i]
		n.tests = -1
		n.table = newTable(d.keys)
		for _, key := range d.keys {
			child := d.children[key]
			n.children = append(n.children, child)
			if len(c.nodes[child].keys) > 0 {
				n.inner |= innerBit(key)
			}
		}
		if d.tests == nil && d.present >= 0 {
			d.tests = newTestsDraft(c.set)
		}
		if d.tests != nil {
			n.tests = int32(len(c.set.tests))
			c.set.tests = append(c.set.tests, d.tests.finish(order, d.present))
		}
	}
}

// innerBit is the bit of a key's first byte in treeNode.inner. That of the
// empty key is a dot's, because only a dot can follow it.
func innerBit[T string | []byte](key T) uint64 {
	if len(key) == 0 {
		return 1 << ('.' & 63)
	}
	return 1 << (key[0] & 63)
}
