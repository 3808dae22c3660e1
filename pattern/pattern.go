package pattern

import (
	"iter"
	"slices"
	"strings"
	"sync"

	"github.com/jobgen/jobgen/internal/match"
)

// Limits of a pattern.
const (
	// MaxLength is the most characters that a pattern may have (PutRule's
	// EventPattern in the service's API model).
	MaxLength = 4096
	// DefaultLength is an account's quota of characters per pattern unless it was
	// raised (quota L-664C5505). A longer pattern gets a warning.
	DefaultLength = 2048
	// MaxCombinations is the most rules that a pattern's $or may multiply out to
	// (EventBridge user guide, "Comparison operators").
	MaxCombinations = 1000
)

// Pattern is an event pattern. Its methods may be called concurrently.
type Pattern struct {
	source   string
	root     *node
	top      *Object
	fields   []*Field
	rules    []rule // empty for a pattern with problems only
	warnings Problems

	compile sync.Once
	set     *Set // of this pattern alone
}

// Field is a field that a pattern constrains, with the alternatives of which
// one must hold.
type Field struct {
	// Path holds the keys from the top down to the field, unescaped; a $or on the
	// way is left out. A key may itself hold dots: {"a.b": …} and {"a": {"b": …}}
	// are the same field.
	Path []string
	// Offset and End are the bytes of the field's own key in the source, with its
	// quotes.
	Offset, End int
	// Branches tells in which branches of $or the field stands, outermost first.
	Branches     []Branch
	Alternatives []Alternative // those with problems too

	test *match.Test
}

// Branch is one branch of a $or.
type Branch struct {
	Offset int // of the key $or in the source
	Index  int // of the branch, from 0
}

// Name is the path joined with dots, as EventBridge compares it.
func (f *Field) Name() string { return strings.Join(f.Path, ".") }

// Operator is what an alternative does with its operands.
type Operator uint8

// The operators. With IgnoreCase, Equals is equals-ignore-case; with Not,
// each is what anything-but negates.
const (
	Equals   = Operator(match.Equals)
	Prefix   = Operator(match.Prefix)
	Suffix   = Operator(match.Suffix)
	Wildcard = Operator(match.Wildcard)
	Numeric  = Operator(match.Numeric)
	CIDR     = Operator(match.CIDR)
	Exists   = Operator(match.Exists)
)

var operatorNames = [...]string{"equals", "prefix", "suffix", "wildcard", "numeric", "cidr", "exists"}

// String gives the operator's word; that of Equals, which is written without
// one, is "equals".
func (o Operator) String() string { return operatorNames[o] }

// Alternative is one member of a field's list: a literal, or an object with an
// operator.
type Alternative struct {
	// Offset and End are the bytes of the whole alternative in the source,
	// OperatorOffset is where its operator's key stands (Offset for a literal).
	Offset, End, OperatorOffset int
	// Invalid says that the alternative has problems, and that nothing else is known
	// of it.
	Invalid bool

	Operator   Operator
	Not        bool // anything-but: holds if no operand does
	IgnoreCase bool // equals-ignore-case, alone or in prefix or suffix
	// Operands holds one operand, except that anything-but may have several and
	// numeric two.
	Operands []Operand

	word string // the operator as it is written; empty for a literal
	// inner is where the key of anything-but's own operator begins, 0 without one.
	inner int
}

// Operand is a literal in an alternative.
type Operand struct {
	Offset, End int
	Type        Type
	// Text is a string's value, or the literal as written.
	Text string
	// Comparison is what numeric compares the operand with: "=", "<", "<=", ">"
	// or ">=".
	Comparison string

	// Param says that there are parameters in Text; see ParseWithParams.
	Param bool

	number match.Number // of a Number
}

// Type is the type of an operand or of a value in an event.
type Type uint8

// The types of values.
const (
	Null Type = iota
	Bool
	Number
	String
)

var typeNames = [...]string{"null", "boolean", "number", "string"}

// String gives JSON's word for the type.
func (t Type) String() string { return typeNames[t] }

// Valid reports whether the pattern has no problems.
func (p *Pattern) Valid() bool { return len(p.rules) > 0 }

// Source returns the text that the pattern was parsed from.
func (p *Pattern) Source() string { return p.source }

// Fields yields the fields that the pattern constrains, in source order. A
// field of the same name may come more than once where $or has branches. The
// fields must not be changed.
func (p *Pattern) Fields() iter.Seq[*Field] {
	return func(yield func(*Field) bool) {
		for _, f := range p.fields {
			if !yield(f) {
				return
			}
		}
	}
}

// Combinations is the number of rules that the pattern's $or multiply out to: 1
// for a pattern without.
func (p *Pattern) Combinations() int { return len(p.rules) }

// Warnings returns what is worth knowing of a valid pattern, sorted by offset.
func (p *Pattern) Warnings() []Problem { return slices.Clone(p.warnings) }
