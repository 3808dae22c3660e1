package match

import (
	"cmp"
	"encoding/binary"
	"math/bits"

	"github.com/jobgen/jobgen/internal/jsonscan"
)

// hits notes that a value may fulfil the fields that hits name.
//
//go:noinline
func (m *Matcher) hits(hits uint32) {
	if hits&oneHit != 0 {
		m.hit(hits >> 1)
		return
	}
	if hits == 0 {
		return
	}
	at := hits >> 1
	for range m.Words[at] {
		at++
		m.hit(m.Words[at])
	}
}

// hit makes candidates of the rules that a field leads to.
//
//go:noinline
func (m *Matcher) hit(hit uint32) {
	n := hit >> 1
	if hit&surely != 0 {
		m.bits[m.facts+n/factsInWord] |= (known | holds) << (n % factsInWord * 2)
	}
	at := m.Words[m.Words[headFieldAt]+n*fieldWords+fieldRules]
	for range m.Words[at] {
		at++
		rule := m.Words[at]
		m.bits[rule/64] |= 1 << (rule % 64)
	}
}

// check looks up the value at a token as one of others than the whole strings of a node's
// index, if it is none of them, and holds it against the tests of the node's checks. Exact
// is its place among those strings; 0 if it is none of them.
//
//go:noinline
func (m *Matcher) check(index, exact uint32, token int) {
	if exact == 0 {
		m.hits(m.Words[index+textOthers])
		m.checkAll(m.Words[index+textChecks], token)
	}
	m.checkAll(m.Words[index+textAlways], token)
}

// checkAll holds the value at a token against the tests of checks at a place, if there
// are any.
func (m *Matcher) checkAll(at uint32, token int) {
	if at == 0 {
		return
	}
	readValue(&m.value, m.tape, token)
	for range m.Words[at] {
		at++
		n := m.Words[at]
		if m.takes(m.field(n)[fieldTest], &m.value) >= 0 {
			m.hit(n<<1 | surely)
		}
	}
}

// lookUpExact looks a string up among the whole strings of an index. It returns its place;
// 0 if it is none of them.
//
//go:noinline
func (m *Matcher) lookUpExact(at uint32, s []byte) (exact uint32) {
	if exact = m.find(m.Words[at+textExact], m.Words[at+textMask], s); exact != 0 {
		m.hits(m.Words[exact+exactHits])
	}
	return exact
}

// lookUpPieces looks a string up by what else than the whole of it is wanted.
//
//go:noinline
func (m *Matcher) lookUpPieces(at uint32, s []byte) {
	index := (*[textIndexWords]uint32)(m.Words[at : at+textIndexWords : at+textIndexWords])
	if head := (*[filterWords]uint32)(index[textHead:]); len(s) >= int(head[filterLength]) && m.passes(head, wordAt(s, int(head[filterAt]))) {
		m.lookUpAffix(index[textAffixes+prefixes], prefixes, s)
		m.lookUpAffix(index[textAffixes+foldedPrefixes], foldedPrefixes, s)
	}
	if tail := (*[filterWords]uint32)(index[textTail:]); len(s) >= int(tail[filterLength]) && m.passes(tail, wordAt(s, len(s)-int(tail[filterLength]))) {
		m.lookUpAffix(index[textAffixes+suffixes], suffixes, s)
		m.lookUpAffix(index[textAffixes+foldedSuffixes], foldedSuffixes, s)
	}
	if index[textBlocks] != 0 && mayBeAddress(wordAt(s, 0)) {
		m.Rare.lookUpAddress(m, index[textBlocks], s)
	}
}

// passes reports whether a string, whose bytes that a filter looks at are in a word, may
// have one of its affixes.
func (m *Matcher) passes(filter *[filterWords]uint32, word uint64) bool {
	bit := filterBit(filter, word)
	return m.Words[filter[filterBits]+bit>>5]>>(bit&31)&1 != 0
}

// filterBit is the number of a word's bit in a filter.
func filterBit(filter *[filterWords]uint32, word uint64) uint32 {
	return uint32((word<<(filter[filterLeft]&63) | jsonscan.CaseBits) * mix >> (filter[filterShift] & 63))
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
		if order, _ := m.compareAffix(at, middle, kind, s); order <= 0 {
			low = middle + 1
		} else {
			high = middle
		}
	}
	for low > 0 {
		if _, within := m.compareAffix(at, low-1, kind, s); within {
			return low
		}
		low = m.Words[at+(low-1)*affixWords+affixParent]
	}
	return 0
}

// compareAffix compares the affix of a number with a string.
func (m *Matcher) compareAffix(at, i, kind uint32, s []byte) (order int, within bool) {
	entry := m.Words[at+i*affixWords:][:affixWords]
	return compareAffix(kind, m.text(entry[affixText], entry[affixLen]), s)
}

// compareAffix compares an affix with a string in the order of affixes, and tells
// whether the string has it. Case is folded for ASCII letters, and for a few
// other characters that look like them then: an index may name too many.
func compareAffix[T string | []byte](kind uint32, affix string, s T) (order int, within bool) {
	fromEnd, fold := kind == suffixes || kind == foldedSuffixes, uint64(0)
	if kind >= foldedPrefixes {
		fold = jsonscan.CaseBits
	}
	n := min(len(affix), len(s))
	i := 0
	for ; i+8 <= n; i += 8 {
		var a, b uint64 // the byte that counts first in the uppermost bits
		if fromEnd {
			a, b = jsonscan.Word(affix[len(affix)-8-i:]), jsonscan.Word(s[len(s)-8-i:])
		} else {
			a, b = bits.ReverseBytes64(jsonscan.Word(affix[i:])), bits.ReverseBytes64(jsonscan.Word(s[i:]))
		}
		if order = cmp.Compare(a|fold, b|fold); order != 0 {
			return order, false
		}
	}
	for ; i < n; i++ {
		a, b := i, i
		if fromEnd {
			a, b = len(affix)-1-i, len(s)-1-i
		}
		if order = cmp.Compare(affix[a]|byte(fold), s[b]|byte(fold)); order != 0 {
			return order, false
		}
	}
	return len(affix) - len(s), len(affix) <= len(s)
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

// lookUpOther looks the number, true, false or null at a token up in a node's index.
func (m *Matcher) lookUpOther(n *Node, token int) {
	if n[nodeOthers] == 0 {
		return
	}
	index := (*[otherIndexWords]uint32)(m.Words[n[nodeOthers]:])
	hits := index[otherNull]
	switch m.tape.Kind(token) {
	case 'n':
	case 't':
		hits = index[otherTrue]
	case 'f':
		hits = index[otherFalse]
	default:
		if hits = 0; index[otherNumbers] != 0 {
			m.Numbers.lookUp(m, index[otherNumbers], m.tape.Raw(token))
		}
	}
	m.hits(hits)
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
