package match

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/jsonscan"
)

// layout puts what a part has in its places.
type layout struct {
	*part
	words []uint32
	slots []uint64
	lists map[string]uint32 // the places of lists, by what is in them
}

// Table makes the table.
func (b *Builder) Table() *Table { return b.table(b.part(b.rules).lay()) }

// table makes a table of what a Builder's parts share, and of nodes, words and slots.
func (b *Builder) table(t Table) *Table {
	t.Words[headFormat] = Format
	t.Text, t.Params = string(b.texts.all), b.params
	t.Rare, t.Numbers, t.Lists = b.needs.Rare, b.needs.Numbers, b.needs.Lists
	return &t
}

// lay lays out the nodes, words and slots of a part, which is spent then.
func (p *part) lay() Table {
	always := p.index()
	l := &layout{part: p, lists: map[string]uint32{}}
	l.words = append(make([]uint32, headWords), p.words...)
	alwaysHits := l.hits(p.always(always))
	rules := l.ruleWords()
	fields := l.fieldWords()
	rulesAt := l.put(rules)
	nodes := make([]Node, len(p.nodes))
	for i := range nodes {
		l.node(&nodes[i], &p.nodes[i])
	}
	for i := range nodes {
		nodes[i][nodeNext] = p.nodes[i].next<<nextShift | uint32(max(64-8*len(p.nodes[i].key), 0))&63
	}
	for i, rules := range p.leads {
		l.words[fields+uint32(i)*fieldWords+fieldRules] = l.list(rules)
	}
	l.top()
	copy(l.words[headRules:], []uint32{uint32(len(p.rules)), rulesAt, uint32(len(p.fields)), fields, alwaysHits})
	return Table{Nodes: nodes, Words: l.words, Slots: l.slots}
}

// ruleWords lays out the fields of each rule, and returns the words of the rules.
func (l *layout) ruleWords() (words []uint32) {
	for _, r := range l.rules {
		words = append(words, uint32(r.pattern), uint32(len(l.words)))
		l.words = append(append(append(l.words, uint32(len(r.fields))), r.fields...), r.tested...)
		l.words = append(append(l.words, uint32(len(r.shared))), r.shared...)
	}
	return words
}

// fieldWords lays out the fields, the rules that they lead to aside.
func (l *layout) fieldWords() (at uint32) {
	at = uint32(len(l.words))
	for _, f := range l.fields {
		test := uint32(0)
		if f != anyEvent {
			test = headWords + l.tests[f.test].at
		}
		l.words = append(l.words, []uint32{fieldNode: f.node, fieldTest: test, fieldRules: 0}...)
	}
	return at
}

// top lays out what is known of EventKeys: their nodes.
func (l *layout) top() {
	for i, key := range EventKeys {
		at := slices.IndexFunc(l.nodes[0].children, func(c uint32) bool { return l.nodes[c].key == key })
		if at >= 0 {
			l.words[headTop+i] = l.nodes[0].children[at]
		}
	}
}

func (l *layout) node(n *Node, d *nodeDraft) {
	head, tail := words([]byte(d.key))
	putWord64(n, nodeHead, head)
	putWord64(n, nodeTail, tail)
	n[nodeKey], n[nodeKeyLen] = l.texts.add(d.key)
	n[nodeParent] = d.parent << nodeFlags
	if d.leaf {
		n[nodeParent] |= isLeaf
	}
	l.kids(n, d.children)
	if d.index != nil {
		l.textIndex(n, d.index)
		n[nodeOthers] = l.otherIndex(d.index)
	}
}

// putWord64 puts a number in two of a node's words.
func putWord64(n *Node, at int, word uint64) { n[at], n[at+1] = uint32(word), uint32(word>>32) }

// kids lays out the nodes below one.
func (l *layout) kids(n *Node, children []uint32) {
	filter, dots := l.filterOf(children)
	putWord64(n, nodeFilter, filter)
	n[nodeDots] = dots
	if filter == 0 {
		return
	}
	mask := l.maskFor(filter)
	kids := make([]uint32, mask+1)
	for _, child := range children {
		i := jsonscan.EndsBitOf(l.nodes[child].key) & mask
		kids[i], l.nodes[child].next = child, kids[i]
	}
	n[nodeKids] = l.put(kids)<<kidsShift | mask
}

// maskFor returns the smallest mask that tells the bits of a filter apart.
func (l *layout) maskFor(filter uint64) (mask uint32) {
	for mask = 1; ; mask = mask<<1 | 1 {
		seen, apart := uint64(0), true
		for bit := range uint32(64) {
			if filter>>bit&1 != 0 {
				apart = apart && seen>>(bit&mask)&1 == 0
				seen |= 1 << (bit & mask)
			}
		}
		if apart {
			return mask
		}
	}
}

// filterOf returns the filter and the nodeDots of a node that has these below it.
func (l *layout) filterOf(children []uint32) (filter uint64, dots uint32) {
	for _, child := range children {
		c := &l.nodes[child]
		filter |= 1 << jsonscan.EndsBitOf(c.key)
		if len(c.children) > 0 {
			dots |= 1 << firstByteOf(c.key)
		}
	}
	return filter, dots
}

// hash makes a hash table of so many keys, which fill puts in; hash.go says how it
// is laid out.
func (l *layout) hash(count int, fill func(put func(key string, value uint32))) (at, mask uint32) {
	size := 2
	for size < 2*count {
		size *= 2
	}
	slots, mask := make([]uint64, size), uint32(size-1)
	fill(func(key string, value uint32) {
		h := hash([]byte(key))
		i := slotOf(h) & mask
		for slots[i] != 0 {
			i = (i + 1) & mask
		}
		slots[i] = tagOf(h) | uint64(value)
	})
	at = uint32(len(l.slots))
	l.slots = append(l.slots, slots...)
	return at, mask
}

// hits encodes hits.
func (l *layout) hits(hits []uint32) uint32 {
	switch hits = compact(hits); len(hits) {
	case 0:
		return 0
	case 1:
		return hits[0]<<1 | oneHit
	}
	return l.list(hits) << 1
}

// list lays out a list of rules or hits, each list once.
func (l *layout) list(all []uint32) uint32 {
	key := string(bytesOf(all))
	at, ok := l.lists[key]
	if !ok {
		at = l.put(append([]uint32{uint32(len(all))}, all...))
		l.lists[key] = at
	}
	return at
}

// textIndex lays out a node's index of strings, if there is one.
func (l *layout) textIndex(n *Node, d *indexDraft) {
	var w [textIndexWords]uint32
	w[textOthers], w[textChecks], w[textAlways] = l.hits(sure(d.others)), l.checks(d.checks), l.checks(d.always)
	if d.others != nil || d.checks != nil || d.always != nil {
		n[nodeParent] |= hasChecks
	}
	l.filter(w[textHead:], d.affixes[prefixes], d.affixes[foldedPrefixes], false)
	l.filter(w[textTail:], d.affixes[suffixes], d.affixes[foldedSuffixes], true)
	if d.blocks != nil {
		w[textBlocks] = l.blocks(d.blocks)
	}
	pieces := d.blocks != nil
	for kind, hits := range d.affixes {
		if hits != nil {
			w[textAffixes+kind] = l.affixes(uint32(kind), hits)
			pieces = true
		}
	}
	if pieces {
		n[nodeParent] |= hasPieces
	}
	if d.exact != nil {
		marks := uint64(0)
		w[textExact], w[textMask] = l.hash(len(d.exact), func(put func(string, uint32)) {
			for _, text := range slices.Sorted(maps.Keys(d.exact)) {
				at, length := l.texts.add(text)
				put(text, l.put([]uint32{exactText: at, exactLen: length, exactHits: l.hits(d.exact[text])}))
				marks |= 1 << jsonscan.EndsBitOf(text)
			}
		})
		putWord64(n, nodeMarks, marks)
	}
	if d.exact != nil || n[nodeParent]&hasChecks != 0 || pieces {
		n[nodeTexts] = l.put(w[:])
	}
}

// sure returns sure hits of fields.
func sure(fields []uint32) (hits []uint32) {
	for _, field := range fields {
		hits = append(hits, field<<1|surely)
	}
	return hits
}

// checks lays out fields that values are held against; 0 if there are none.
func (l *layout) checks(fields []uint32) uint32 {
	if fields == nil {
		return 0
	}
	return l.list(fields)
}

// put lays out words.
func (l *layout) put(words []uint32) uint32 {
	at := uint32(len(l.words))
	l.words = append(l.words, words...)
	return at
}

// filter lays out the filter of two kinds of affixes, if there are any. It has 16 bits
// for each, so that few strings pass without reason.
func (l *layout) filter(w []uint32, a, b hitsOf[string], atEnd bool) {
	texts := slices.Concat(slices.Sorted(maps.Keys(a)), slices.Sorted(maps.Keys(b)))
	w[filterLength] = noAffix
	for _, text := range texts {
		w[filterLength] = min(w[filterLength], uint32(len(text)))
	}
	if len(texts) == 0 {
		return
	}
	size, shift := 64, uint32(64-6)
	for size < 16*len(texts) {
		size, shift = 2*size, shift-1
	}
	length := int(w[filterLength])
	w[filterShift], w[filterAt], w[filterLeft] = shift, uint32(max(length-8, 0)), uint32(max(64-8*length, 0))
	bits := make([]uint32, size/32)
	for _, text := range texts {
		at := int(w[filterAt])
		if atEnd {
			at = len(text) - length
		}
		bit := filterBit((*[filterWords]uint32)(w), wordAt([]byte(text), at))
		bits[bit>>5] |= 1 << (bit & 31)
	}
	w[filterBits] = l.put(bits)
}

// noAffix is longer than any string.
const noAffix = math.MaxInt32

func (l *layout) affixes(kind uint32, hits hitsOf[string]) uint32 {
	texts := slices.SortedFunc(maps.Keys(hits), func(a, b string) int {
		order, _ := compareAffix(kind, a, b)
		return cmp.Or(order, strings.Compare(a, b))
	})
	words := []uint32{uint32(len(texts))}
	parents := affixParents(kind, texts)
	for i, text := range texts {
		at, length := l.texts.add(text)
		words = append(words, at, length, parents[i], l.hits(hits[text]))
	}
	return l.put(words)
}

// affixParents returns for each affix the number, plus 1, of the longest one before
// it that is an affix of it too.
func affixParents(kind uint32, texts []string) []uint32 {
	parents := make([]uint32, len(texts))
	for i, text := range texts {
		parent := uint32(i)
		for parent > 0 {
			if _, within := compareAffix(kind, texts[parent-1], text); within {
				break
			}
			parent = parents[parent-1]
		}
		parents[i] = parent
	}
	return parents
}

func (l *layout) blocks(hits hitsOf[Block]) uint32 {
	words := []uint32{uint32(len(hits))}
	for _, b := range slices.SortedFunc(maps.Keys(hits), compareBlocks) {
		words = append(append(words, b.words()...), l.hits(hits[b]))
	}
	return l.put(words)
}

func compareBlocks(a, b Block) int {
	return cmp.Or(compareBytes(&a.From, &b.From), compareBytes(&a.To, &b.To), cmp.Compare(a.words()[0], b.words()[0]))
}

// otherIndex lays out the index of values that are no strings; 0 if there is none.
func (l *layout) otherIndex(d *indexDraft) uint32 {
	var w [otherIndexWords]uint32
	for i, rules := range d.literals {
		w[otherNull+i] = l.hits(rules)
	}
	if d.anyNumber != nil || d.singles != nil || d.ranges != nil {
		w[otherNumbers] = l.numbers(d)
		l.needs.Numbers = Numbers{}
	}
	if w == [otherIndexWords]uint32{} {
		return 0
	}
	return l.put(w[:])
}

func (l *layout) numbers(d *indexDraft) uint32 {
	words := []uint32{l.hits(d.anyNumber), uint32(len(d.singles))}
	for _, x := range slices.Sorted(maps.Keys(d.singles)) {
		words = append(append(words, halves(x)...), l.hits(d.singles[x]))
	}
	words = append(words, uint32(len(d.ranges)))
	for _, r := range slices.SortedFunc(maps.Keys(d.ranges), compareRanges) {
		words = append(append(append(words, halves(r.From)...), halves(r.To)...), l.hits(d.ranges[r]))
	}
	return l.put(words)
}

func compareRanges(a, b Range) int {
	return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
}

// Named returns the table with names for its patterns, by which Find finds them.
func Named(t *Table, names []string) *Table {
	named := *t
	l := layout{slots: slices.Clone(t.Slots)}
	at, mask := l.hash(len(names), func(put func(string, uint32)) {
		for i, name := range names {
			put(name, uint32(i+1))
		}
	})
	named.Slots, named.Words = l.slots, slices.Clone(t.Words)
	named.Words[headNames], named.Words[headNameMask] = at, mask
	return &named
}

// ForEvents returns the table for events that are known to have an object as their
// detail. A rule's fields in the detail itself need no Lists then.
func ForEvents(t *Table) *Table {
	for _, part := range partsOf(t) {
		detail := part.Words[headTop+slices.Index(EventKeys[:], "detail")]
		for rule := range part.Words[headRules] {
			if slices.ContainsFunc(part.shared(rule), func(node uint32) bool { return node != detail }) {
				return t
			}
		}
	}
	events := *t
	events.Lists = nil
	return &events
}

// partsOf returns the parts of a divided table; any other is one itself.
func partsOf(t *Table) (parts []Table) {
	if t.Parts == nil {
		return []Table{*t}
	}
	w := (*[guardWords]uint32)(t.Words[t.Words[headGuard]:])
	if w[guardOthers] != 0 {
		parts = append(parts, t.partAt(w[guardOthers]))
	}
	for _, slot := range t.Slots[w[guardTexts]:][:w[guardMask]+1] {
		if slot != 0 {
			parts = append(parts, t.partAt(t.Words[uint32(slot)+exactHits]))
		}
	}
	return parts
}
