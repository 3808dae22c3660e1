package pattern

import (
	"slices"

	"github.com/jobgen/jobgen/internal/jsonscan"
)

// text reads a string, whose quote is at i, and notes what it fulfils.
func (m *matcher) text(i int, t *tests, object uint32) int {
	start := i + 1
	end, escaped := jsonscan.StringEnd(m.data, start)
	if end < 0 {
		return -1
	}
	m.begin(t, object)
	content := m.data[start:end]
	if escaped {
		m.space = jsonscan.Unescape(m.space[:0], content)
		content = m.space
	}
	if i := t.text.exact.find(content); i >= 0 {
		m.hits(t.text.exactHits[i], object)
	}
	if t.text.kinds&^hasExact != 0 {
		m.string(content, &t.text, object)
	}
	if len(t.negated) > 0 {
		m.holdNegated(t, object)
	}
	return end + 1
}

// begin begins the tests of a value.
func (m *matcher) begin(t *tests, object uint32) {
	for _, item := range t.always {
		m.hold(item, object)
	}
	if len(t.negated) > 0 {
		m.values++
		m.excluding = false
	}
}

// literal reads a number, true, false or null, and notes what it fulfils.
func (m *matcher) literal(i int, t *tests, object uint32) int {
	end := jsonscan.SkipLiteral(m.data, i)
	if end < 0 {
		return -1
	}
	m.begin(t, object)
	switch m.data[i] {
	case 'n':
		m.hits(t.null, object)
	case 't':
		m.hits(t.yes, object)
	case 'f':
		m.hits(t.no, object)
	default:
		if t.number.used {
			m.number(m.data[i:end], &t.number, object)
		}
	}
	if len(t.negated) > 0 {
		m.holdNegated(t, object)
	}
	return end
}

// holdNegated notes the anything-but that the value at hand fulfils.
func (m *matcher) holdNegated(t *tests, object uint32) {
	if !m.excluding {
		for _, item := range t.allNegated {
			m.hold(item, object)
		}
		return
	}
	for i, items := range t.negated {
		if m.excluded[int(t.exclusion)+i] == m.values {
			continue
		}
		for _, item := range items {
			m.hold(item, object)
		}
	}
}

// hits notes what hits lead to.
func (m *matcher) hits(hits []int32, object uint32) {
	for _, h := range hits {
		switch number := h >> hitBits; h & (1<<hitBits - 1) {
		case hitItem:
			m.hold(number, object)
		case hitExclude:
			m.excluded[number] = m.values
			m.excluding = true
		case hitWildcard:
			if w := &m.set.wildcards[number]; matchPieces(w.pieces, m.content) {
				m.hits(w.hits, object)
			}
		}
	}
}

// string notes what the content of a string fulfils but exact texts.
func (m *matcher) string(content []byte, t *textTests, object uint32) {
	m.content = content
	if t.kinds&hasPrefixes != 0 {
		m.affixes(&t.prefixes, t.prefixHits, content, object)
	}
	if t.kinds&hasSuffixes != 0 && len(content) >= t.suffixes.shortest && t.suffixes.filter.mayHave(lastWord(content)) {
		m.space2 = appendReversed(m.space2[:0], content, t.suffixes.longest)
		m.affixes(&t.suffixes, t.suffixHits, m.space2, object)
	}
	if t.kinds&^(hasExact|hasPrefixes|hasSuffixes) != 0 {
		m.rareStrings(content, t, object)
	}
}

// rareStrings does the tests of strings that few patterns have.
func (m *matcher) rareStrings(content []byte, t *textTests, object uint32) {
	m.hits(t.any, object)
	m.hits(t.inner, object)
	if t.kinds&hasFolded != 0 {
		m.folded(content, &t.folded, object)
	}
	for i := range t.odd {
		if t.odd[i].takes(content) {
			m.hits(t.odd[i].hits, object)
		}
	}
	if t.kinds&hasBlocks != 0 {
		m.address(content, t, object)
	}
}

// affixes notes the texts that s begins with.
func (m *matcher) affixes(a *affixes, hits [][]int32, s []byte, object uint32) {
	if head, _ := words(s); len(s) < a.shortest || !a.filter.mayHave(head) {
		return
	}
	for i := a.find(s); i >= 0; i = a.parents[i] {
		m.hits(hits[i], object)
	}
}

// folded notes what the string is without regard to case. Only as much of it is
// put in lower case as any text is long.
func (m *matcher) folded(s []byte, t *foldedTests, object uint32) {
	m.space2 = appendLower(m.space2[:0], s[:min(len(s), t.longest)])
	if len(s) <= t.longest {
		if i := t.exact.find(m.space2); i >= 0 {
			m.hits(t.exactHits[i], object)
		}
	}
	m.affixes(&t.prefixes, t.prefixHits, m.space2, object)
	if len(t.suffixHits) > 0 {
		m.space2 = appendLower(m.space2[:0], s[max(0, len(s)-t.longest):])
		slices.Reverse(m.space2)
		m.affixes(&t.suffixes, t.suffixHits, m.space2, object)
	}
}

func (m *matcher) address(s []byte, t *textTests, object uint32) {
	ip, ok := parseIP(s)
	if !ok {
		return
	}
	for i := range t.blocks {
		if t.blocks[i].contains(ip) {
			m.hits(t.blockHits[i], object)
		}
	}
}

func (m *matcher) number(s []byte, t *numberTests, object uint32) {
	for i := range t.blocks {
		if t.blocks[i].containsDigits(s) {
			m.hits(t.blockHits[i], object)
		}
	}
	n := parseNumber(s)
	if !n.comparable {
		if i := t.spellings.find(s); i >= 0 {
			m.hits(t.spellingHits[i], object)
		}
		return
	}
	if i, found := slices.BinarySearch(t.exact, n.value); found {
		m.hits(t.exactHits[i], object)
	}
	for i := range t.ranges {
		if t.ranges[i].from > n.value {
			return
		}
		if t.ranges[i].contains(n.value) {
			m.hits(t.rangeHits[i], object)
		}
	}
}
