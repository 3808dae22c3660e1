package match

import (
	"bytes"
	"encoding/binary"
	"math"

	"github.com/jobgen/jobgen/internal/jsonscan"
)

// Value is a value in an event that is neither an object nor a list.
type Value struct {
	Kind byte   // the first byte of its JSON
	Text []byte // a string's content, or the literal as written
	// number is that of a number, once it was wanted.
	number Number
	read   bool
	space  []byte // for a string without its escapes
}

// Number returns a number's value.
func (v *Value) Number() Number {
	if !v.read {
		v.number, v.read = ParseNumber(v.Text), true
	}
	return v.number
}

// IsNumber reports whether the value is one.
func (v *Value) IsNumber() bool { return v.Kind == '-' || '0' <= v.Kind && v.Kind <= '9' }

// tester tells whether values fulfil tests.
type tester struct {
	*Table
	params []string // the values of the table's Params
	piece  []byte   // of a wildcard
}

// Takes returns the index of the alternative of a test that a value fulfils, -1
// if it fulfils none. The test has no parameters.
func (t *Table) Takes(test uint32, v *Value) int {
	return (&tester{Table: t}).takes(test, v)
}

// Absence returns the index of the alternative of a test that is exists: false,
// or -1.
func (t *Table) Absence(test uint32) int {
	if t.Words[test]&testAbsence == 0 {
		return -1
	}
	at := test + 1
	for i := range int(t.Words[test] & testCount) {
		if t.isAbsence(at) {
			return i
		}
		at += t.Words[at] >> altLength
	}
	return -1
}

func (t *Table) isAbsence(at uint32) bool {
	return Operator(t.Words[at]&altOperator) == Exists && t.Words[at+1] == operandFalse
}

func (m *tester) takes(test uint32, v *Value) int {
	head := m.Words[test]
	at := test + 1
	count := int(head & testCount)
	for i := range count {
		alternative := m.Words[at]
		length := alternative >> altLength
		var took bool
		if alternative&altTexts != 0 { // what most alternatives are
			is := v.Kind == '"' && m.hasText(at+1, length/operandWords, operandWords, v.Text)
			took = is != (alternative&altNot != 0)
		} else {
			took = m.takesOne(at, alternative, v)
		}
		if took {
			return i
		}
		at += length
	}
	if head&testDigits != 0 && v.IsNumber() {
		return m.Rare.takesDigits(m, test, v.Text)
	}
	return -1
}

// hasText reports whether a string is one of some texts, operands that begin at a place,
// each so many words behind the one before it.
//
//go:noinline
func (t *Table) hasText(at, count, stride uint32, s []byte) bool {
	for range count {
		w := (*[operandWords]uint32)(t.Words[at:])
		if int(w[2]) == len(s) && t.text(w[1], w[2]) == string(s) {
			return true
		}
		at += stride
	}
	return false
}

// takesOne reports whether a value fulfils the alternative at a place.
func (m *tester) takesOne(at, head uint32, v *Value) bool {
	operator := Operator(head & altOperator)
	switch operator {
	case Exists:
		return m.Words[at+1] == operandTrue
	case Numeric:
		return v.IsNumber() && m.Numbers.inRange(m, at+1, v)
	case CIDR:
		return v.Kind == '"' && m.Rare.inBlock(m, at, v.Text)
	}
	end := at + head>>altLength
	for at++; at < end; at += operandWords {
		if m.holds(operator, head&altFold != 0, at, v) {
			return head&altNot == 0
		}
	}
	return head&altNot != 0
}

// holds reports whether a comparison with the operand at a place holds.
func (m *tester) holds(operator Operator, fold bool, at uint32, v *Value) bool {
	a, b := m.Words[at+1], m.Words[at+2]
	switch m.Words[at] {
	case operandNumber:
		return v.IsNumber() && m.Numbers.equals(v, float(a, b))
	case operandSpelling:
		return v.IsNumber() && string(v.Text) == m.text(a, b)
	case operandNull, operandTrue, operandFalse:
		return v.Kind == "ntf"[m.Words[at]-operandNull]
	}
	if v.Kind != '"' {
		return false
	}
	var text string
	if m.Words[at] == operandParam {
		text = m.params[a]
	} else {
		text = m.text(a, b)
	}
	return m.holdsText(operator, fold, text, v.Text)
}

func (m *tester) holdsText(operator Operator, fold bool, text string, s []byte) bool {
	switch {
	case operator == Wildcard:
		return m.Rare.wildcard(m, text, s)
	case operator == Prefix && fold:
		return m.Rare.foldedPrefix(text, s) >= 0
	case operator == Prefix:
		return hasPrefix(s, text)
	case operator == Suffix && fold:
		return m.Rare.foldedSuffix(text, s)
	case operator == Suffix:
		return hasSuffix(s, text)
	case fold:
		return m.Rare.foldedPrefix(text, s) == len(s)
	}
	return string(s) == text
}

func hasPrefix(s []byte, prefix string) bool {
	return len(s) >= len(prefix) && string(s[:len(prefix)]) == prefix
}

func hasSuffix(s []byte, suffix string) bool {
	return len(s) >= len(suffix) && string(s[len(s)-len(suffix):]) == suffix
}

// wildcard reports whether s is a text with anything for its stars. Taking each
// piece between two stars where it first occurs is enough, so there is nothing to
// go back to.
func (m *tester) wildcard(text string, s []byte) bool {
	first, rest, more := cutStar(text)
	if !more {
		return string(s) == text
	}
	if !hasPrefix(s, first) {
		return false
	}
	s = s[len(first):]
	for {
		var piece string
		piece, rest, more = cutStar(rest)
		if !more {
			return hasSuffix(s, piece)
		}
		m.piece = append(m.piece[:0], piece...)
		i := bytes.Index(s, m.piece)
		if i < 0 {
			return false
		}
		s = s[i+len(piece):]
	}
}

// cutStar cuts a wildcard's text at its first star.
func cutStar(text string) (before, after string, found bool) {
	for i := range len(text) {
		if text[i] == star {
			return text[:i], text[i+1:], true
		}
	}
	return text, "", false
}

func float(low, high uint32) float64 {
	return math.Float64frombits(uint64(high)<<32 | uint64(low))
}

// inRange reports whether a number is in the range of Numeric.
func (m *tester) inRange(at uint32, n Number) bool {
	w := m.Words[at:][:5]
	from, to := float(w[1], w[2]), float(w[3], w[4])
	return n.Comparable &&
		(from < n.Value || from == n.Value && w[0]&fromOpen == 0) && (n.Value < to || n.Value == to && w[0]&toOpen == 0)
}

// inBlock reports whether a string is an address in the block of the alternative
// at a place.
func (m *tester) inBlock(at uint32, s []byte) bool {
	ip, ok := ParseIP(s)
	if !ok {
		return false
	}
	b, ok := m.block(at)
	return ok && b.Contains(ip)
}

// block returns the block of the CIDR alternative at a place.
func (m *tester) block(at uint32) (Block, bool) {
	if m.Words[at+1] == operandParam {
		b, err := ParseBlock(m.params[m.Words[at+2]])
		return b, err == nil
	}
	return readBlock(m.Words[at+2:]), true
}

// readBlock reads a family and two bounds.
func readBlock(w []uint32) Block {
	b := Block{V6: w[0] != 0}
	for i := range 4 {
		binary.BigEndian.PutUint32(b.From[4*i:], w[1+i])
		binary.BigEndian.PutUint32(b.To[4*i:], w[5+i])
	}
	return b
}

// takesDigits returns the alternative whose block of addresses takes a number by
// its digits; see Block.ContainsDigits.
func (m *tester) takesDigits(test uint32, number []byte) int {
	at := test + 1
	for i := range int(m.Words[test] & testCount) {
		if Operator(m.Words[at]&altOperator) == CIDR {
			if b, ok := m.block(at); ok && b.ContainsDigits(number) {
				return i
			}
		}
		at += m.Words[at] >> altLength
	}
	return -1
}

// readValue reads the value at a token.
func readValue(v *Value, tape *jsonscan.Tape, i int) {
	v.Kind, v.Text, v.read = tape.Kind(i), tape.Raw(i), false
	switch {
	case v.Kind != '"':
	case tape.Tokens[i].Escaped():
		v.space = unescape(v.space, tape, i)
		v.Text = v.space
	default:
		v.Text = v.Text[1 : len(v.Text)-1]
	}
}

// unescape returns the string at a token without its escapes, in space.
//
//go:noinline
func unescape(space []byte, tape *jsonscan.Tape, i int) []byte {
	return jsonscan.Unescape(space[:0], tape.Content(i))
}
