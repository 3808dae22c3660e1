package match

import (
	"maps"
	"slices"
	"strings"
)

// Divided makes the table, divided into parts by the texts that rules want of one of
// EventKeys, if that spares events enough. Of a divided table nothing but Match, Find
// and ForEvents can be asked.
func (b *Builder) Divided() *Table {
	var best *division
	for key := range EventKeys {
		if d := b.divide(key); d.spares(b.rules) && (best == nil || d.asked() < best.asked()) {
			best = d
		}
	}
	if best == nil {
		return b.Table()
	}
	return b.divided(best)
}

// division is how rules are divided by a key.
type division struct {
	key    string
	index  int              // in EventKeys
	texts  map[string][]int // the rules that want each text
	others []int            // those that don't want certain texts
	groups [][]string       // the texts that have a part together
}

// mostParts is about how many parts a table is divided into at the most: a key that many
// rules ask for is in many of them.
const mostParts = 32

// divide divides the rules by a key.
func (b *Builder) divide(key int) *division {
	d := &division{key: EventKeys[key], index: key, texts: map[string][]int{}}
	for i := range b.rules {
		texts := b.rules[i].wants(d.key)
		for _, text := range texts {
			d.texts[text] = append(d.texts[text], i)
		}
		if texts == nil {
			d.others = append(d.others, i)
		}
	}
	d.group(len(b.rules) / mostParts)
	return d
}

// group gives each text that enough rules want a part of its own. Others have one
// together.
func (d *division) group(least int) {
	var group []string
	rules := 0
	for _, text := range slices.Sorted(maps.Keys(d.texts)) {
		if len(d.texts[text]) >= least {
			d.groups = append(d.groups, []string{text})
			continue
		}
		group, rules = append(group, text), rules+len(d.texts[text])
		if rules >= least {
			d.groups, group, rules = append(d.groups, group), nil, 0
		}
	}
	if group != nil {
		d.groups = append(d.groups, group)
	}
}

// wants returns the texts of which a rule wants one for a key at the top; none if it
// wants anything else.
func (r *rule) wants(key string) (texts []string) {
	for i := range r.fields {
		f := &r.fields[i]
		if f.Path[0] != key {
			continue
		}
		if len(f.Path) > 1 || texts != nil {
			return nil
		}
		for j := range f.Alternatives {
			a := &f.Alternatives[j]
			if _, ok := a.literal(); !ok || a.Operands[0].Kind != '"' {
				return nil
			}
			texts = append(texts, a.Operands[0].Text)
		}
	}
	return texts
}

// asked is how many rules are asked about an event, in the mean of all rules' events.
func (d *division) asked() float64 {
	squares, all := 0, 0
	for _, group := range d.groups {
		n := len(d.rulesOf(group))
		squares, all = squares+n*n, all+n
	}
	return float64(len(d.others)) + float64(squares)/float64(max(all, 1))
}

// worthDividing is how many keys the largest part must not ask for, that others do.
const worthDividing = 8

// spares reports whether a division spares events enough, and takes no more room than
// that is worth.
func (d *division) spares(rules []rule) bool {
	largest, total := 0, 0
	for _, group := range d.groups {
		members := d.rulesOf(group)
		largest, total = max(largest, keysOf(pick(rules, members))), total+len(members)
	}
	return len(d.groups) > 1 && total <= 2*len(rules) && 3*d.asked() <= 2*float64(len(rules)) &&
		keysOf(rules)-largest >= worthDividing
}

// keysOf counts the keys that rules ask for.
func keysOf(rules []rule) int {
	keys := map[string]bool{}
	for _, r := range rules {
		for _, f := range r.fields {
			for n := range f.Path {
				keys[strings.Join(f.Path[:n+1], ".")] = true
			}
		}
	}
	return len(keys)
}

// rulesOf returns the rules that want one of some texts, in order.
func (d *division) rulesOf(texts []string) []int {
	var all []int
	for _, text := range texts {
		all = append(all, d.texts[text]...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func pick(rules []rule, numbers []int) (picked []rule) {
	for _, i := range numbers {
		picked = append(picked, rules[i])
	}
	return picked
}

// divided lays out a divided table.
func (b *Builder) divided(d *division) *Table {
	l := &layout{words: make([]uint32, headWords)}
	guard := [guardWords]uint32{guardKey: uint32(d.index)}
	var nodes []Node
	if len(d.others) > 0 {
		nodes, guard[guardOthers] = l.include(nodes, b.part(pick(b.rules, d.others)).lay())
	}
	if len(d.others)*len(d.groups) > len(b.rules) {
		guard[guardApart] = 1
	}
	parts := map[string]uint32{}
	for _, group := range d.groups {
		var at uint32
		nodes, at = l.include(nodes, b.part(d.members(b.rules, group, guard[guardApart] == 0)).lay())
		for _, text := range group {
			parts[text] = at
		}
	}
	guard[guardTexts], guard[guardMask] = l.hash(len(parts), func(put func(string, uint32)) {
		for _, text := range slices.Sorted(maps.Keys(parts)) {
			at, length := b.texts.add(text)
			put(text, l.put([]uint32{exactText: at, exactLen: length, exactHits: parts[text]}))
		}
	})
	l.words[headGuard] = l.put(guard[:])
	return b.table(Table{Nodes: nodes, Words: l.words, Slots: l.slots, Parts: Parts{}})
}

// include lays out a part behind those that are there, whose nodes are given. It returns the
// nodes with the part's, and its place.
func (l *layout) include(nodes []Node, t Table) (all []Node, at uint32) {
	w := [partWords]uint32{partNodesAt: uint32(len(nodes)), partWordsAt: uint32(len(l.words)), partSlotsAt: uint32(len(l.slots))}
	nodes, l.words, l.slots = append(nodes, t.Nodes...), append(l.words, t.Words...), append(l.slots, t.Slots...)
	w[partNodesAt+1], w[partWordsAt+1], w[partSlotsAt+1] = uint32(len(nodes)), uint32(len(l.words)), uint32(len(l.slots))
	return nodes, l.put(w[:])
}

// members returns the rules of the part of some texts, if need be with those that
// don't want certain texts. Where the part is for one text only, its rules need not ask
// for it any more.
func (d *division) members(rules []rule, texts []string, withOthers bool) []rule {
	of := d.rulesOf(texts)
	if withOthers {
		of = append(of, d.others...)
		slices.Sort(of)
	}
	members := pick(rules, of)
	for i, r := range members {
		if len(texts) == 1 && r.wants(d.key) != nil {
			members[i].fields = slices.DeleteFunc(slices.Clone(r.fields), func(f Field) bool { return f.Path[0] == d.key })
		}
	}
	return members
}
