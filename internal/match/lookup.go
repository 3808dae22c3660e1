package match

import (
	"encoding/binary"

	"github.com/jobgen/jobgen/internal/jsonscan"
)

// hits makes candidates of the rules that hits name.
//
//go:noinline
func (m *Matcher) hits(hits uint32) {
	if hits&oneHit != 0 {
		m.candidate(hits >> 1)
		return
	}
	if hits == 0 {
		return
	}
	at := hits >> 1
	for _, rule := range m.Words[at+1:][:m.Words[at]] {
		m.candidate(rule)
	}
}

func (m *Matcher) candidate(rule uint32) { m.bits[rule/64] |= 1 << (rule % 64) }

// lookUpText looks the string at a token up in an index. What few indexes have is in a
// function of its own, so that what every event executes stays small.
func (m *Matcher) lookUpText(at uint32, token int) {
	s := m.tape.Content(token)
	if m.tape.Tokens[token].Escaped() {
		m.space = jsonscan.Unescape(m.space[:0], s)
		s = m.space
	}
	index := (*[textIndexWords]uint32)(m.Words[at : at+textIndexWords : at+textIndexWords])
	if mark := jsonscan.EndsBitOf(s); index[textMarks+mark>>5]>>(mark&31)&1 != 0 {
		m.lookUpExact(index[textExact], index[textMask], s)
	}
	if index[textAny]|index[textHead]|index[textTail]|index[textBlocks] != 0 {
		m.lookUpParts(index, s)
	}
}

// lookUpExact takes every text of a string's hash for the string itself.
//
//go:noinline
func (m *Matcher) lookUpExact(at, mask uint32, s []byte) {
	h := hash(s)
	for step := uint32(0); ; {
		var hits uint32
		if hits, step = m.find(at, mask, h, step); hits == 0 {
			return
		}
		m.hits(hits)
	}
}

// lookUpParts looks a string up by what else than the whole of it is wanted.
//
//go:noinline
func (m *Matcher) lookUpParts(index *[textIndexWords]uint32, s []byte) {
	m.hits(index[textAny])
	head, _ := words(s)
	if filter := index[textHead]; filter != 0 && m.passes(filter, head, len(s)) {
		m.lookUpAffix(index[textAffixes+prefixes], prefixes, s)
		m.lookUpAffix(index[textAffixes+foldedPrefixes], foldedPrefixes, s)
	}
	if filter := index[textTail]; filter != 0 && m.passes(filter, lastWord(s), len(s)) {
		m.lookUpAffix(index[textAffixes+suffixes], suffixes, s)
		m.lookUpAffix(index[textAffixes+foldedSuffixes], foldedSuffixes, s)
	}
	if index[textBlocks] != 0 && mayBeAddress(head) {
		m.Rare.lookUpAddress(m, index[textBlocks], s)
	}
}

// passes reports whether a string of this length, of which the word is the
// beginning or the end, may have one of a filter's affixes.
func (m *Matcher) passes(filter uint32, word uint64, length int) bool {
	w := m.Words[filter:]
	if length < int(w[filterLength]) {
		return false
	}
	bit := filterBit(word, w[filterLength], w[filterShift])
	return w[filterBits+bit>>5]>>(bit&31)&1 != 0
}

// filterBit is the bit of a filter for the first bytes of a word.
func filterBit(word uint64, length, shift uint32) uint32 {
	word = (word | 0x2020202020202020) & (^uint64(0) >> (64 - 8*length))
	return uint32(word * mix >> shift)
}

// lookUpAffix finds the affixes that s has, if there are any of the kind.
func (m *Matcher) lookUpAffix(at, kind uint32, s []byte) {
	if at == 0 {
		return
	}
	for i := m.findAffix(at+1, m.Words[at], kind, s); i != 0; {
		entry := m.Words[at+1+(i-1)*affixWords:][:affixWords]
		m.hits(entry[affixHits])
		i = entry[affixParent]
	}
}

// findAffix returns the number plus 1 of the longest affix that s has, 0 if it has
// none. Its parents are the others. What s begins with sorts before it, and
// whatever sorts in between begins with the same: so it is the last text up to s,
// or one of its parents.
func (m *Matcher) findAffix(at, count, kind uint32, s []byte) uint32 {
	low, high := uint32(0), count
	for low < high {
		middle := (low + high) / 2
		if order, _ := compareAffix(kind, m.affix(at, middle), s); order <= 0 {
			low = middle + 1
		} else {
			high = middle
		}
	}
	for low > 0 {
		if _, within := compareAffix(kind, m.affix(at, low-1), s); within {
			return low
		}
		low = m.Words[at+(low-1)*affixWords+affixParent]
	}
	return 0
}

func (m *Matcher) affix(at, i uint32) string {
	entry := m.Words[at+i*affixWords:][:affixWords]
	return m.text(entry[affixText], entry[affixLen])
}

// compareAffix compares an affix with a string in the order of affixes, and tells
// whether the string has it. Case is folded for ASCII letters, and for a few
// other characters that look like them then: an index may name too many.
func compareAffix[T string | []byte](kind uint32, affix string, s T) (order int, within bool) {
	if kind == prefixes {
		return comparePrefix(affix, s)
	}
	fromEnd, fold := kind == suffixes || kind == foldedSuffixes, byte(0)
	if kind >= foldedPrefixes {
		fold = 0x20
	}
	for i := range min(len(affix), len(s)) {
		a, b := i, i
		if fromEnd {
			a, b = len(affix)-1-i, len(s)-1-i
		}
		if d := int(affix[a]|fold) - int(s[b]|fold); d != 0 {
			return d, false
		}
	}
	return len(affix) - len(s), len(affix) <= len(s)
}

func comparePrefix[T string | []byte](prefix string, s T) (order int, within bool) {
	if len(s) > len(prefix) {
		s = s[:len(prefix)]
	}
	switch {
	case prefix == string(s):
		return 0, true
	case prefix < string(s):
		return -1, false
	}
	return 1, false
}

// mayBeAddress reports whether a string that begins so may be an address: whether one
// of the first five bytes is a dot or a colon, or the first number begins with zeros.
func mayBeAddress(head uint64) bool {
	if byte(head) == '0' { // of which there may be more
		return true
	}
	dots, colons := head^ones*'.'|others, head^ones*':'|others
	return ((dots-ones)&^dots|(colons-ones)&^colons)&(ones<<7) != 0
}

const (
	ones   = 0x0101010101010101
	others = 0xffffff0000000000 // the bytes behind the first five
)

// lookUpAddress finds the blocks that a string is an address in. They are sorted by
// their first addresses.
func (m *Matcher) lookUpAddress(at uint32, s []byte) {
	ip, ok := ParseIP(s)
	if !ok {
		return
	}
	family, first := uint32(0), binary.BigEndian.Uint32(ip.Bytes[:])
	if ip.V6 {
		family = 1
	}
	blocks := m.Words[at+1:][:blockWords*m.Words[at]]
	for ; len(blocks) > 0; blocks = blocks[blockWords:] {
		w := (*[blockWords]uint32)(blocks)
		if w[1] > first {
			return
		}
		// An address is in a block if its first word is; of IPv6 the rest may decide.
		if w[0] == family && first <= w[5] && (family == 0 || m.blockHas(w[:], ip)) {
			m.hits(w[blockWords-1])
		}
	}
}

func (m *Matcher) blockHas(w []uint32, ip Address) bool {
	b := readBlock(w)
	return b.Contains(ip)
}

// lookUpOther looks the number, true, false or null at a token up in an index.
func (m *Matcher) lookUpOther(at uint32, token int) {
	index := (*[otherIndexWords]uint32)(m.Words[at:])
	m.hits(index[otherAny])
	switch m.tape.Kind(token) {
	case 'n':
		m.hits(index[otherNull])
	case 't':
		m.hits(index[otherTrue])
	case 'f':
		m.hits(index[otherFalse])
	default:
		if index[otherNumbers] != 0 {
			m.Numbers.lookUp(m, index[otherNumbers], m.tape.Raw(token))
		}
	}
}

func (m *Matcher) lookUpNumber(at uint32, s []byte) {
	m.hits(m.Words[at])
	n := ParseNumber(s)
	if !n.Comparable {
		return
	}
	singles := m.Words[at+1]
	at += 2
	low, high := uint32(0), singles
	for low < high {
		middle := (low + high) / 2
		w := m.Words[at+middle*singleWords:][:singleWords]
		x := float(w[0], w[1])
		if x == n.Value {
			m.hits(w[2])
			break
		}
		if x < n.Value {
			low = middle + 1
		} else {
			high = middle
		}
	}
	at += singles * singleWords
	for i := range m.Words[at] {
		w := m.Words[at+1+i*rangeWords:][:rangeWords]
		if float(w[0], w[1]) > n.Value {
			return
		}
		if n.Value <= float(w[2], w[3]) {
			m.hits(w[4])
		}
	}
}
