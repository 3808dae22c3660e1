package pattern

import (
	"cmp"
	"fmt"
	"slices"
)

// compiler makes the tables of a Set.
type compiler struct {
	set    *Set
	nodes  []nodeDraft
	items  []itemDraft
	itemOf map[string]int32 // by what the item is

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

func newCompiler(s *Set) *compiler {
	c := &compiler{set: s, itemOf: make(map[string]int32)}
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
