package match

import (
	"math"
	"strconv"

	"github.com/jobgen/jobgen/internal/jsonscan"
)

// Operator is the way in which an alternative compares values with its operands.
type Operator uint8

// The operators.
const (
	Equals Operator = iota
	Prefix
	Suffix
	Wildcard
	Numeric
	CIDR
	Exists
)

// Alternative is one of the alternatives of a test.
type Alternative struct {
	Operator  Operator
	Not, Fold bool // anything-but; equals-ignore-case
	Operands  []Operand
	Range     Range // of Numeric
	Block     Block // of CIDR, which a literal that is an address becomes
}

// Operand is a literal in an alternative.
type Operand struct {
	Kind byte // the first byte of its JSON
	// Text is a string's value, a wildcard as WildcardOperand returns it, or the literal
	// as written.
	Text string

	number Number // of a number
}

// Literal returns the alternative for a literal. A string that is an IP address matches
// every spelling of that address.
func Literal(kind byte, text string) Alternative {
	a := Alternative{Operands: []Operand{{Kind: kind, Text: text}}}
	if kind != '"' {
		return a
	}
	if ip, ok := ParseIP([]byte(text)); ok {
		a.Operator, a.Block = CIDR, ip.block(ip.digits()*4)
	}
	return a
}

// Range is a range of numbers.
type Range struct {
	From, To         float64
	FromOpen, ToOpen bool // the bound itself is excluded
}

// AllNumbers returns the range of all numbers.
func AllNumbers() Range { return Range{From: math.Inf(-1), To: math.Inf(1)} }

// Restrict restricts the range by a comparison of numeric.
func (r *Range) Restrict(comparison string, bound float64) {
	switch comparison {
	case "=":
		r.From, r.To = bound, bound
	case "<", "<=":
		r.To, r.ToOpen = bound, comparison == "<"
	default:
		r.From, r.FromOpen = bound, comparison == ">"
	}
}

func (r *Range) contains(n Number) bool {
	return n.Comparable && (r.From < n.Value || r.From == n.Value && !r.FromOpen) &&
		(n.Value < r.To || n.Value == r.To && !r.ToOpen)
}

// Test is a list of alternatives, one of which must match.
type Test struct {
	alternatives []Alternative
	absence      bool   // an alternative is exists: false
	values       bool   // an alternative matches values
	onlyTexts    bool   // all alternatives are strings without an operator
	digits       bool   // cidr blocks match numbers; see Block.ContainsDigits
	key          string // equal for equal tests only
}

// NewTest returns a test with the given alternatives.
func NewTest(alternatives []Alternative) *Test {
	t := &Test{alternatives: alternatives, onlyTexts: true}
	comparesNumbers, hasBlock := false, false
	for i := range alternatives {
		a := &alternatives[i]
		for j := range a.Operands {
			if o := &a.Operands[j]; o.isNumber() {
				o.number = ParseNumber([]byte(o.Text))
			}
		}
		if a.isAbsence() {
			t.absence = true
		} else {
			t.values = true
		}
		t.onlyTexts = t.onlyTexts && a.isText()
		comparesNumbers = comparesNumbers || a.Operator == Numeric || a.Operands[0].isNumber()
		hasBlock = hasBlock || a.Operator == CIDR
	}
	t.digits = hasBlock && !comparesNumbers
	t.key = t.describe()
	return t
}

func (o *Operand) isNumber() bool { return o.Kind == '-' || '0' <= o.Kind && o.Kind <= '9' }

func (a *Alternative) isAbsence() bool { return a.Operator == Exists && a.Operands[0].Kind == 'f' }

// isText reports whether the alternative is a string without an operator.
func (a *Alternative) isText() bool {
	return a.Operator == Equals && !a.Fold && !a.Not && a.Operands[0].Kind == '"'
}

// describe returns the test's key.
func (t *Test) describe() string {
	var key []byte
	for i := range t.alternatives {
		a := &t.alternatives[i]
		key = append(key, '0'+byte(a.Operator))
		key = strconv.AppendBool(strconv.AppendBool(key, a.Not), a.Fold)
		for _, o := range a.Operands {
			key = strconv.AppendQuote(append(key, o.Kind), o.Text)
		}
		if a.Operator == Numeric {
			key = strconv.AppendFloat(strconv.AppendFloat(key, a.Range.From, 'b', -1, 64), a.Range.To, 'b', -1, 64)
			key = strconv.AppendBool(strconv.AppendBool(key, a.Range.FromOpen), a.Range.ToOpen)
		}
	}
	return string(key)
}

// Value is a value in an event that is neither an object nor a list.
type Value struct {
	Kind byte   // the first byte of its JSON
	Text []byte // a string's content, or the literal as written

	number Number // the value of a number, if read is set
	read   bool
	at     int    // the token, in a Matcher
	space  []byte // the memory for a string without escapes
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

// load reads the value at a token, unless it has just read that token. All tokens of a
// Value must be of the same tape.
func (v *Value) load(tape *jsonscan.Tape, i int) {
	if v.at == i {
		return
	}
	token := tape.Tokens[i]
	v.Kind, v.read, v.at = tape.KindOf(token), false, i
	switch {
	case v.Kind != '"':
		v.Text = tape.Data[token.Start():token.End()]
	case token.Escaped():
		v.space = jsonscan.Unescape(v.space[:0], tape.Content(i))
		v.Text = v.space
	default:
		v.Text = tape.Text(token)
	}
}

// Match returns the index of the first alternative that matches a value, or -1.
func (t *Test) Match(v *Value) int {
	for i := range t.alternatives {
		if a := &t.alternatives[i]; a.matchesOperands(v) != a.Not {
			return i
		}
	}
	if t.digits && v.IsNumber() {
		return t.matchDigits(v.Text)
	}
	return -1
}

// matchDigits returns the index of the first alternative whose cidr block contains the
// digits of a number, or -1; see Block.ContainsDigits.
func (t *Test) matchDigits(number []byte) int {
	for i := range t.alternatives {
		if a := &t.alternatives[i]; a.Operator == CIDR && a.Block.ContainsDigits(number) {
			return i
		}
	}
	return -1
}

// matchesOperands reports whether a value matches the operator with one of its operands.
func (a *Alternative) matchesOperands(v *Value) bool {
	switch a.Operator {
	case Exists:
		return a.Operands[0].Kind == 't'
	case Numeric:
		return v.IsNumber() && a.Range.contains(v.Number())
	case CIDR:
		return v.Kind == '"' && a.Block.containsText(v.Text)
	}
	for i := range a.Operands {
		if a.compare(&a.Operands[i], v) {
			return true
		}
	}
	return false
}

// compare reports whether a value matches the operator with an operand.
func (a *Alternative) compare(o *Operand, v *Value) bool {
	switch {
	case o.isNumber() && o.number.Comparable:
		return v.IsNumber() && v.Number().Comparable && v.Number().Value == o.number.Value
	case o.isNumber():
		return v.IsNumber() && string(v.Text) == o.Text
	case v.Kind != o.Kind || o.Kind != '"':
		return v.Kind == o.Kind
	case a.Operator == Wildcard:
		return MatchesWildcard(o.Text, v.Text)
	case a.Operator == Prefix && a.Fold:
		return foldedPrefix(o.Text, v.Text) >= 0
	case a.Operator == Prefix:
		return hasPrefix(v.Text, o.Text)
	case a.Operator == Suffix && a.Fold:
		return foldedSuffix(o.Text, v.Text)
	case a.Operator == Suffix:
		return hasSuffix(v.Text, o.Text)
	case a.Fold:
		return foldedPrefix(o.Text, v.Text) == len(v.Text)
	}
	return string(v.Text) == o.Text
}

func hasPrefix(s []byte, prefix string) bool {
	return len(s) >= len(prefix) && string(s[:len(prefix)]) == prefix
}

func hasSuffix(s []byte, suffix string) bool {
	return len(s) >= len(suffix) && string(s[len(s)-len(suffix):]) == suffix
}

func (b *Block) containsText(s []byte) bool {
	ip, ok := ParseIP(s)
	return ok && b.Contains(ip)
}
