package pattern

import (
	"maps"
	"slices"
)

// testsDraft is a node's tests in the making. Hits bear the items' old numbers,
// and the numbers of the node's own anything-but.
type testsDraft struct {
	set      *Set
	always   []int32
	literals map[string][]int32 // hits of null, true and false
	any      []int32

	// The hits of texts; those of endings are reversed.
	exact, prefixes, suffixes                   map[string][]int32
	foldedExact, foldedPrefixes, foldedSuffixes map[string][]int32
	odd                                         []oddTest
	inner                                       []int32
	wildcards                                   []int // indexes into the set's

	numbers   map[float64][]int32
	spellings map[string][]int32
	ranges    []rangeDraft
	blocks    []blockDraft
	digits    []blockDraft

	negated  [][]int32
	negation map[string]int32 // index into negated, by the alternative's key
}

type rangeDraft struct {
	interval
	hits []int32
}

type blockDraft struct {
	addressBlock
	hits []int32
}

func newTestsDraft(s *Set) *testsDraft {
	return &testsDraft{
		set:      s,
		literals: make(map[string][]int32),
		exact:    make(map[string][]int32), prefixes: make(map[string][]int32), suffixes: make(map[string][]int32),
		foldedExact: make(map[string][]int32), foldedPrefixes: make(map[string][]int32), foldedSuffixes: make(map[string][]int32),
		numbers: make(map[float64][]int32), spellings: make(map[string][]int32),
		negation: make(map[string]int32),
	}
}

// add adds the alternatives of a field that take values, of which one is enough
// for the item.
func (d *testsDraft) add(f *Field, item int32) {
	digits := !f.comparesNumbers()
	for i := range f.Alternatives {
		a := &f.Alternatives[i]
		switch {
		case a.isAbsence():
		case a.Operator == Exists:
			d.always = append(d.always, item)
		case a.Not:
			d.addNegated(a, item)
		case a.Operator == Numeric:
			d.addInterval(a.interval(), hitOf(hitItem, item))
		case a.Operator == CIDR:
			d.addBlock(a, hitOf(hitItem, item), digits)
		default:
			d.addOperand(a, &a.Operands[0], hitOf(hitItem, item))
		}
	}
}

// comparesNumbers reports whether an alternative compares numbers.
func (f *Field) comparesNumbers() bool {
	return slices.ContainsFunc(f.Alternatives, func(a Alternative) bool { return a.Operands[0].Type == Number })
}

// addNegated adds an anything-but; each of its operands excludes it.
func (d *testsDraft) addNegated(a *Alternative, item int32) {
	key := a.key()
	if i, ok := d.negation[key]; ok {
		d.negated[i] = append(d.negated[i], item)
		return
	}
	number := int32(len(d.negated))
	d.negation[key] = number
	d.negated = append(d.negated, []int32{item})
	for i := range a.Operands {
		d.addOperand(a, &a.Operands[i], hitOf(hitExclude, number))
	}
}

// addOperand adds what a comparison with one operand hits.
func (d *testsDraft) addOperand(a *Alternative, o *Operand, hit int32) {
	switch {
	case o.Type == Number:
		d.addNumber(o, hit)
	case o.Type != String:
		d.literals[o.Text] = append(d.literals[o.Text], hit)
	case a.Operator == Wildcard:
		d.addWildcard(o.Text, hit)
	case a.IgnoreCase:
		d.addFolded(a.Operator, o.Text, hit)
	case a.Operator == Prefix:
		d.addText(d.prefixes, o.Text, hit)
	case a.Operator == Suffix:
		d.addText(d.suffixes, reversed(o.Text), hit)
	default:
		d.exact[o.Text] = append(d.exact[o.Text], hit)
	}
}

// addText adds an affix. The empty one is any string's.
func (d *testsDraft) addText(hits map[string][]int32, text string, hit int32) {
	if text == "" {
		d.any = append(d.any, hit)
		return
	}
	hits[text] = append(hits[text], hit)
}

func reversed(s string) string { return string(appendReversed(nil, []byte(s), len(s))) }

func (d *testsDraft) addFolded(op Operator, text string, hit int32) {
	lower, ascii := lowerASCII(text)
	switch {
	case !ascii:
		d.odd = append(d.odd, oddTest{operator: op, text: fold(text), hits: []int32{hit}})
	case op == Prefix:
		d.addText(d.foldedPrefixes, lower, hit)
	case op == Suffix:
		d.addText(d.foldedSuffixes, reversed(lower), hit)
	default:
		d.foldedExact[lower] = append(d.foldedExact[lower], hit)
	}
}

// lowerASCII gives text in lower case if it is all ASCII.
func lowerASCII(text string) (lower string, ascii bool) {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return "", false
		}
	}
	return string(appendLower(nil, []byte(text))), true
}

// addWildcard files a wildcard under its beginning or its end, so that it is
// only looked at where that is right.
func (d *testsDraft) addWildcard(text string, hit int32) {
	pieces := splitWildcard(text)
	first, last := string(pieces[0]), string(pieces[len(pieces)-1])
	switch {
	case len(pieces) == 1:
		d.exact[first] = append(d.exact[first], hit)
		return
	case len(pieces) == 2 && last == "":
		d.addText(d.prefixes, first, hit)
		return
	case len(pieces) == 2 && first == "":
		d.addText(d.suffixes, reversed(last), hit)
		return
	}
	number := len(d.set.wildcards)
	d.set.wildcards = append(d.set.wildcards, wildcardTest{pieces: pieces, hits: []int32{hit}})
	d.wildcards = append(d.wildcards, number)
	look := hitOf(hitWildcard, int32(number))
	switch {
	case first != "":
		d.prefixes[first] = append(d.prefixes[first], look)
	case last != "":
		d.suffixes[reversed(last)] = append(d.suffixes[reversed(last)], look)
	default:
		d.inner = append(d.inner, look)
	}
}

func (d *testsDraft) addNumber(o *Operand, hit int32) {
	if o.number.comparable {
		d.numbers[o.number.value] = append(d.numbers[o.number.value], hit)
		return
	}
	d.spellings[o.Text] = append(d.spellings[o.Text], hit)
}

func (d *testsDraft) addInterval(v interval, hit int32) {
	if v.from == v.to {
		d.numbers[v.from] = append(d.numbers[v.from], hit)
		return
	}
	d.ranges = append(d.ranges, rangeDraft{interval: v, hits: []int32{hit}})
}

func (d *testsDraft) addBlock(a *Alternative, hit int32, digits bool) {
	b, err := parseBlock(a.Operands[0].Text)
	if err != nil {
		return // Parse has refused it
	}
	d.blocks = append(d.blocks, blockDraft{addressBlock: b, hits: []int32{hit}})
	if digits {
		d.digits = append(d.digits, d.blocks[len(d.blocks)-1])
	}
}

// recoder turns the hits of a draft into those of the set.
type recoder struct {
	order     []int32 // new numbers of the items
	exclusion int32   // number of the node's first anything-but
}

func (r recoder) hits(old []int32) []int32 {
	hits := make([]int32, len(old))
	for i, h := range old {
		hits[i] = h
		switch number := h >> hitBits; h & (1<<hitBits - 1) {
		case hitItem:
			hits[i] = hitOf(hitItem, r.order[number])
		case hitExclude:
			hits[i] = hitOf(hitExclude, number+r.exclusion)
		}
	}
	return hits
}

func (r recoder) items(old []int32) []int32 {
	items := make([]int32, len(old))
	for i, item := range old {
		items[i] = r.order[item]
	}
	slices.Sort(items)
	return slices.Compact(items)
}

// texts gives the sorted keys of a map, and their hits.
func (r recoder) texts(m map[string][]int32) (texts []string, hits [][]int32) {
	texts = slices.Sorted(maps.Keys(m))
	for _, text := range texts {
		hits = append(hits, r.hits(m[text]))
	}
	return texts, hits
}

// finish makes the tests; present is the item that there is a value, or -1.
func (d *testsDraft) finish(order []int32, present int32) tests {
	r := recoder{order: order, exclusion: int32(d.set.exclusions)}
	if present >= 0 {
		d.always = append(d.always, present)
	}
	t := tests{
		always: r.items(d.always),
		null:   r.hits(d.literals["null"]), yes: r.hits(d.literals["true"]), no: r.hits(d.literals["false"]),
		text: d.finishText(r), number: d.finishNumber(r), exclusion: r.exclusion,
	}
	var all []int32
	for _, items := range d.negated {
		t.negated = append(t.negated, r.items(items))
		all = append(all, items...)
	}
	t.allNegated = r.items(all)
	d.set.exclusions += len(d.negated)
	for _, i := range d.wildcards {
		d.set.wildcards[i].hits = r.hits(d.set.wildcards[i].hits)
	}
	return t
}

func (d *testsDraft) finishText(r recoder) textTests {
	t := textTests{any: r.hits(d.any), inner: r.hits(d.inner), folded: d.finishFolded(r)}
	t.exact, t.exactHits = r.table(d.exact)
	t.prefixes, t.prefixHits = r.affixes(d.prefixes)
	t.suffixes, t.suffixHits = r.affixes(d.suffixes)
	for _, o := range d.odd {
		o.hits = r.hits(o.hits)
		t.odd = append(t.odd, o)
	}
	t.blocks, t.blockHits = r.blocks(d.blocks)
	t.kinds = t.kindsOf()
	return t
}

func (d *testsDraft) finishFolded(r recoder) foldedTests {
	var f foldedTests
	f.exact, f.exactHits = r.table(d.foldedExact)
	f.prefixes, f.prefixHits = r.affixes(d.foldedPrefixes)
	f.suffixes, f.suffixHits = r.affixes(d.foldedSuffixes)
	f.longest = max(f.prefixes.longest, f.suffixes.longest)
	for _, text := range f.exact.keys {
		f.longest = max(f.longest, len(text))
	}
	return f
}

func (r recoder) table(m map[string][]int32) (table, [][]int32) {
	texts, hits := r.texts(m)
	return newTable(texts), hits
}

func (r recoder) affixes(m map[string][]int32) (affixes, [][]int32) {
	texts, hits := r.texts(m)
	return newAffixes(texts), hits
}

func (r recoder) blocks(drafts []blockDraft) (blocks []addressBlock, hits [][]int32) {
	for _, b := range drafts {
		blocks = append(blocks, b.addressBlock)
		hits = append(hits, r.hits(b.hits))
	}
	return blocks, hits
}

func (d *testsDraft) finishNumber(r recoder) numberTests {
	t := numberTests{exact: slices.Sorted(maps.Keys(d.numbers))}
	for _, x := range t.exact {
		t.exactHits = append(t.exactHits, r.hits(d.numbers[x]))
	}
	t.spellings, t.spellingHits = r.table(d.spellings)
	slices.SortStableFunc(d.ranges, func(a, b rangeDraft) int {
		switch {
		case a.from < b.from:
			return -1
		case a.from > b.from:
			return 1
		}
		return 0
	})
	for _, v := range d.ranges {
		t.ranges = append(t.ranges, v.interval)
		t.rangeHits = append(t.rangeHits, r.hits(v.hits))
	}
	t.blocks, t.blockHits = r.blocks(d.digits)
	t.used = len(t.exact)+len(t.spellingHits)+len(t.ranges)+len(t.blocks) > 0
	return t
}
