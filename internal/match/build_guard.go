package match

import (
	"maps"
	"math/bits"
	"slices"
)

// top lays out what is known of EventKeys: their nodes, and the guard, which is the
// one that rules want the most different texts of.
func (l *layout) top() {
	most, best := 1, -1
	for i, key := range EventKeys {
		at := slices.IndexFunc(l.nodes[0].children, func(c uint32) bool { return l.nodes[c].key == key })
		if at < 0 {
			continue
		}
		node := l.nodes[0].children[at]
		l.words[headTop+i] = node
		if texts := l.guards(node); len(texts) > most && l.spares(texts) >= worthGuarding {
			most, best = len(texts), i
		}
	}
	if best >= 0 {
		l.words[headGuard] = l.guard(best)
	}
}

// worthGuarding is how many nodes a guard must spare to be worth its while.
const worthGuarding = 8

// spares returns how many nodes need not be looked at, at the most, thanks to a guard.
func (l *layout) spares(texts hitsOf[string]) int {
	all := make([]uint32, len(l.nodes)/32+1)
	for rule := range l.rules {
		l.mark(all, uint32(rule))
	}
	least := count(all)
	others := l.others(texts)
	for _, rules := range texts {
		nodes := slices.Clone(others)
		for _, rule := range rules {
			l.mark(nodes, rule)
		}
		least = min(least, count(nodes))
	}
	return count(all) - least
}

func count(set []uint32) (n int) {
	for _, word := range set {
		n += bits.OnesCount32(word)
	}
	return n
}

// others returns the nodes of the rules that want something else than texts.
func (l *layout) others(texts hitsOf[string]) []uint32 {
	guarded := map[uint32]bool{}
	for _, rules := range texts {
		for _, rule := range rules {
			guarded[rule] = true
		}
	}
	nodes := make([]uint32, len(l.nodes)/32+1)
	for i := range l.rules {
		if !guarded[uint32(i)] {
			l.mark(nodes, uint32(i))
		}
	}
	return nodes
}

// guards returns the rules that want certain texts, and no other value, at a node,
// by these texts.
func (l *layout) guards(node uint32) hitsOf[string] {
	var texts hitsOf[string]
	for i := range l.rules {
		for _, text := range l.wanted(&l.rules[i], node) {
			texts.add(text, uint32(i))
		}
	}
	return texts
}

// wanted returns the texts of which a rule wants one at a node; none if it wants
// anything else.
func (l *layout) wanted(r *ruleDraft, node uint32) (texts []string) {
	for _, f := range r.fields {
		if l.fields[f].node != node {
			continue
		}
		for i := range l.tests[l.fields[f].test].alternatives {
			a := &l.tests[l.fields[f].test].alternatives[i]
			if _, ok := a.literal(); !ok || a.Operands[0].Kind != '"' {
				return nil
			}
			texts = append(texts, a.Operands[0].Text)
		}
	}
	return texts
}

// guard lays out the guard, one of EventKeys.
func (l *layout) guard(key int) uint32 {
	node := l.words[headTop+key]
	texts := l.guards(node)
	others := l.others(texts)
	index := l.nodes[node].indexed()
	for text := range texts {
		index.exact.add(text) // though it may lead to no rule
	}
	othersAt := l.put(l.live(others))
	index.live = map[string]uint32{}
	for _, text := range slices.Sorted(maps.Keys(index.exact)) {
		index.live[text] = othersAt
		if rules, ok := texts[text]; ok {
			nodes := slices.Clone(others)
			for _, rule := range rules {
				l.mark(nodes, rule)
			}
			index.live[text] = l.put(l.live(nodes))
		}
	}
	return l.put([]uint32{guardKey: uint32(key), guardSize: uint32(len(others)), guardOthers: othersAt})
}

// live encodes what is live where a set of nodes is.
func (l *layout) live(set []uint32) []uint32 {
	words := append(slices.Clone(set), 0)
	for i := range l.nodes {
		filter, dots := l.filterOf(slices.DeleteFunc(slices.Clone(l.nodes[i].children), func(child uint32) bool {
			return set[child/32]>>(child%32)&1 == 0
		}))
		if filter != 0 {
			words[len(set)]++
			words = append(words, []uint32{liveNode: uint32(i), liveFilter: uint32(filter), liveFilter + 1: uint32(filter >> 32), liveDots: dots}...)
		}
	}
	return words
}

// mark adds the nodes of a rule's fields to a set, and those on the way to them.
func (l *layout) mark(nodes []uint32, rule uint32) {
	for _, f := range l.rules[rule].fields {
		for node := l.fields[f].node; node != 0; node = l.nodes[node].parent {
			nodes[node/32] |= 1 << (node % 32)
		}
	}
}
