package pattern

import "slices"

// scalar reads a value that is neither an object nor a list, and notes what it
// fulfils.
func (m *matcher) scalar(i int, t *tests, object uint32) int {
	start := i
	var end int
	var escaped bool
	if m.data[i] == '"' {
		if end, escaped = stringEnd(m.data, i+1); end < 0 {
			return -1
		}
		i = end + 1
	} else if i = skipLiteral(m.data, i); i < 0 {
		return -1
	}
	for _, item := range t.always {
		m.hold(item, object)
	}
	m.values++
	m.excluding = false
	switch m.data[start] {
	case '"':
		if t.text.used {
			m.string(m.data[start+1:end], escaped, &t.text, object)
		}
	case 'n':
		m.hits(t.null, object)
	case 't':
		m.hits(t.yes, object)
	case 'f':
		m.hits(t.no, object)
	default:
		if t.number.used {
			m.number(m.data[start:i], &t.number, object)
		}
	}
	m.holdNegated(t, object)
	return i
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
			if w := &m.set.wildcards[number]; matchPieces(w.pieces, m.text) {
				m.hits(w.hits, object)
			}
		}
	}
}

func (m *matcher) string(content []byte, escaped bool, t *textTests, object uint32) {
	if escaped {
		m.space = unescape(m.space[:0], content)
		content = m.space
	}
	m.text = content
	m.hits(t.any, object)
	if i := t.exact.find(content); i >= 0 {
		m.hits(t.exactHits[i], object)
	}
	m.affixes(&t.prefixes, t.prefixHits, content, object)
	if t.suffixes.longest > 0 {
		m.fold = appendReversed(m.fold[:0], content, t.suffixes.longest)
		m.affixes(&t.suffixes, t.suffixHits, m.fold, object)
	}
	if t.folded.used {
		m.folded(content, &t.folded, object)
	}
	for i := range t.odd {
		if t.odd[i].takes(content) {
			m.hits(t.odd[i].hits, object)
		}
	}
	m.hits(t.inner, object)
	if len(t.blocks) > 0 {
		m.address(content, t, object)
	}
}

// affixes notes the texts that s begins with.
func (m *matcher) affixes(a *affixes, hits [][]int32, s []byte, object uint32) {
	for i := a.find(s); i >= 0; i = a.parents[i] {
		m.hits(hits[i], object)
	}
}

// folded notes what the string is without regard to case. Only as much of it is
// put in lower case as any text is long.
func (m *matcher) folded(s []byte, t *foldedTests, object uint32) {
	m.fold = appendLower(m.fold[:0], s[:min(len(s), t.longest)])
	if len(s) <= t.longest {
		if i := t.exact.find(m.fold); i >= 0 {
			m.hits(t.exactHits[i], object)
		}
	}
	m.affixes(&t.prefixes, t.prefixHits, m.fold, object)
	if t.suffixes.longest > 0 {
		head := len(m.fold)
		m.fold = appendReversed(m.fold, s, t.suffixes.longest)
		m.fold = appendLower(m.fold, m.fold[head:])
		m.affixes(&t.suffixes, t.suffixHits, m.fold[len(m.fold)-(len(m.fold)-head)/2:], object)
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
