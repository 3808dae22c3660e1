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
	at     int    // its token, in a Matcher's hands
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

// takes returns the index of the alternative of a test that a value fulfils, -1 if it
// fulfils none.
func (m *tester) takes(test uint32, v *Value) int {
	head := m.Words[test]
	if head&testTexts != 0 { // what most tests are
		return m.textOf(test+2, head&testCount, 1+operandWords, v)
	}
	at := test + 1
	for i := range int(head & testCount) {
		alternative := m.Words[at]
		if m.holds(at+1, alternative, v) == (alternative&altNot == 0) {
			return i
		}
		at += alternative >> altLength
	}
	if head&testDigits != 0 && v.IsNumber() {
		return m.Rare.takesDigits(m, test, v.Text)
	}
	return -1
}

// textOf returns which of some texts a value is, -1 if it is none. They are operands
// that begin at a place, each so many words behind the one before it.
//
//go:noinline
func (t *Table) textOf(at, count, stride uint32, v *Value) int {
	if v.Kind != '"' {
		return -1
	}
	for i := range int(count) {
		w := (*[operandWords]uint32)(t.Words[at:])
		if int(w[2]) == len(v.Text) && t.text(w[1], w[2]) == string(v.Text) {
			return i
		}
		at += stride
	}
	return -1
}

// holds reports whether the operator of an alternative, which begins so, holds for a
// value and one of its operands, which begin at a place.
func (m *tester) holds(at, head uint32, v *Value) bool {
	switch {
	case head&altTexts != 0:
		return m.textOf(at, head>>altLength/operandWords, operandWords, v) >= 0
	case head&altOperator == uint32(Exists):
		return m.Words[at] == operandTrue
	case head&altOperator == uint32(Numeric):
		return v.IsNumber() && m.Numbers.inRange(m, at, v)
	case head&altOperator == uint32(CIDR):
		return v.Kind == '"' && m.Rare.inBlock(m, at, v.Text)
	}
	for end := at + head>>altLength - 1; at < end; at += operandWords {
		if m.compare(head, (*[operandWords]uint32)(m.Words[at:]), v) {
			return true
		}
	}
	return false
}

// compare reports whether an operator holds for a value and an operand that may be a
// text.
func (m *tester) compare(head uint32, operand *[operandWords]uint32, v *Value) bool {
	var text string
	switch operand[0] {
	case operandText:
		text = m.text(operand[1], operand[2])
	case operandParam:
		text = m.params[operand[1]]
	case operandNumber:
		return v.IsNumber() && m.Numbers.equals(v, float(operand[1], operand[2]))
	case operandSpelling:
		return v.IsNumber() && string(v.Text) == m.text(operand[1], operand[2])
	default:
		return v.Kind == "ntf"[operand[0]-operandNull]
	}
	if v.Kind != '"' {
		return false
	}
	switch s := v.Text; head & (altOperator | altFold) {
	case uint32(Wildcard):
		return m.Rare.wildcard(m, text, s)
	case uint32(Prefix):
		return hasPrefix(s, text)
	case uint32(Suffix):
		return hasSuffix(s, text)
	case uint32(Equals):
		return string(s) == text
	case uint32(Prefix) | altFold:
		return m.Rare.foldedPrefix(text, s) >= 0
	case uint32(Suffix) | altFold:
		return m.Rare.foldedSuffix(text, s)
	default:
		return m.Rare.foldedPrefix(text, s) == len(s)
	}
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
func (RareOperators) wildcard(m *tester, text string, s []byte) bool {
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
		i := bytes.IndexByte(s, piece[0]) // which rules out most
		if i < 0 {
			return false
		}
		s = s[i:]
		if !hasPrefix(s, piece) {
			m.piece = append(m.piece[:0], piece...)
			if i = bytes.Index(s, m.piece); i < 0 {
				return false
			}
			s = s[i:]
		}
		s = s[len(piece):]
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

// inBlock reports whether a string is an address in the block of the operand at a
// place.
func (m *tester) inBlock(at uint32, s []byte) bool {
	ip, ok := ParseIP(s)
	if !ok {
		return false
	}
	b, ok := m.block(at)
	return ok && b.Contains(ip)
}

// block returns the block of the CIDR operand at a place.
func (m *tester) block(at uint32) (Block, bool) {
	if m.Words[at] == operandParam {
		b, err := ParseBlock(m.params[m.Words[at+1]])
		return b, err == nil
	}
	return readBlock(m.Words[at+1:]), true
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
			if b, ok := m.block(at + 1); ok && b.ContainsDigits(number) {
				return i
			}
		}
		at += m.Words[at] >> altLength
	}
	return -1
}

// readValue reads the value at a token of the tape that all of a Value's tokens are of,
// unless that is the one it has read last.
//
//go:noinline
func readValue(v *Value, tape *jsonscan.Tape, i int) {
	if v.at == i {
		return
	}
	token := tape.Tokens[i]
	v.Kind, v.read, v.at = tape.KindOf(token), false, i
	switch {
	case v.Kind != '"':
		v.Text = tape.Data[token.Start():token.End()]
	case token.Escaped():
		v.space = unescape(v.space, tape, i)
		v.Text = v.space
	default:
		v.Text = tape.Text(token)
	}
}

// unescape returns the string at a token without its escapes, in space.
//
//go:noinline
func unescape(space []byte, tape *jsonscan.Tape, i int) []byte {
	return jsonscan.Unescape(space[:0], tape.Content(i))
}
