package pattern

import (
	"iter"
	"slices"
	"sync"

	"github.com/jobgen/jobgen/internal/match"
)

// Limits of a pattern.
const (
	// MaxLength is the maximum number of characters of a pattern (PutRule's EventPattern
	// in the service's API model).
	MaxLength = 4096
	// DefaultLength is an account's default quota of characters per pattern (quota
	// L-664C5505). A longer pattern gets a warning.
	DefaultLength = 2048
	// MaxCombinations is the maximum number of combinations of the branches of $or
	// (EventBridge user guide, "Comparison operators").
	MaxCombinations = 1000
)

// Pattern is an event pattern. Its methods may be called concurrently.
type Pattern struct {
	source   string
	root     *node
	top      *Object
	fields   []*Field
	rules    []rule // empty only for a pattern with problems
	warnings Problems

	compile sync.Once
	set     *Set // of this pattern alone
}

// Field is a field that a pattern constrains. One of its alternatives must match.
type Field struct {
	// Path holds the unescaped keys from the top down to the field, without $or. A key may
	// contain dots: {"a.b": …} and {"a": {"b": …}} are the same field.
	Path []string
	// Offset and End are the range of the field's key in the source, including quotes.
	Offset, End int
	// Branches lists the branches of $or that contain the field, outermost first.
	Branches     []Branch
	Alternatives []Alternative // including invalid ones

	name   string
	test   *match.Test
	extent extent // of a field of a valid pattern
}

// Branch is one branch of a $or.
type Branch struct {
	Offset int // of the key $or in the source
	Index  int // of the branch, from 0
}

// Name returns the path joined with dots, which is how EventBridge compares it.
func (f *Field) Name() string { return f.name }

// Operator is the way in which an alternative compares values with its operands.
type Operator uint8

// The operators. Equals with IgnoreCase is equals-ignore-case. With Not, the operator is
// the one that anything-but negates.
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

// String returns the operator's name, for Equals "equals".
func (o Operator) String() string { return operatorNames[o] }

// Alternative is one member of a field's list: a literal, or an object with an
// operator.
type Alternative struct {
	// Offset and End are the range of the alternative in the source. OperatorOffset is the
	// offset of the operator's key (for a literal, Offset).
	Offset, End, OperatorOffset int
	// Invalid reports whether the alternative has problems. Then its other fields are not
	// set.
	Invalid bool

	Operator   Operator
	Not        bool // anything-but: matches if no operand does
	IgnoreCase bool // equals-ignore-case, alone or in prefix or suffix
	// Operands holds one operand; anything-but may have several, and numeric two.
	Operands []Operand

	word string // the operator as written; empty for a literal
	// inner is the offset of the operator's key in anything-but, or 0.
	inner int
}

// Operand is a literal in an alternative.
type Operand struct {
	Offset, End int
	Type        Type
	// Text is a string's value, or the literal as written.
	Text string
	// Comparison is the comparison of numeric: "=", "<", "<=", ">" or ">=".
	Comparison string

	// Param reports whether Text refers to parameters; see ParseWithParams.
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

// String returns JSON's name of the type.
func (t Type) String() string { return typeNames[t] }

// Valid reports whether the pattern has no problems.
func (p *Pattern) Valid() bool { return len(p.rules) > 0 }

// Source returns the text that the pattern was parsed from.
func (p *Pattern) Source() string { return p.source }

// Fields yields the fields that the pattern constrains, in source order. If there is a
// $or, several fields may have the same name. The fields must not be changed.
func (p *Pattern) Fields() iter.Seq[*Field] { return slices.Values(p.fields) }

// Combinations returns the number of combinations of branches of the pattern's $or, which
// is 1 without $or.
func (p *Pattern) Combinations() int { return len(p.rules) }

// Warnings returns the warnings about a valid pattern, sorted by offset.
func (p *Pattern) Warnings() []Problem { return slices.Clone(p.warnings) }
