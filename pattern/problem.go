package pattern

import (
	"fmt"
	"slices"
	"strings"
)

// Kind is the kind of a Problem. Tools can assign it a code.
type Kind uint8

// The kinds of problems. Those up to TooManyCombinations make a pattern invalid. Those
// from DuplicateKey on are warnings. TooLong and WildcardComplexity are warnings below
// the limit.
const (
	Syntax              Kind = iota // not JSON
	NotObject                       // the pattern, or a branch of $or, is not an object
	NotList                         // a field's value is neither a list nor an object
	EmptyList                       // a list without alternatives
	EmptyObject                     // an object without fields
	UnknownOperator                 // no such operator
	OneOperator                     // an alternative with no operator, or with several
	BadOperand                      // an operand that the operator doesn't take
	EmptyRange                      // numeric bounds that no number is between
	WildcardSyntax                  // two stars in a row, a wrong escape
	WildcardComplexity              // too many stars
	TooLong                         // too many characters
	TooManyCombinations             // $or multiplies out to too many rules
	DuplicateKey                    // an object has a key twice: the last one counts
	Replaced                        // a field inside $or and outside it: one replaces the other
	OrIsField                       // $or that EventBridge reads as an ordinary field
	InexactNumber                   // a number that can't be compared by value
	Repeated                        // an alternative, or an operand of anything-but, occurs twice
	LiteralStar                     // a star that is an ordinary character, probably by mistake
	NoCase                          // a character that equals-ignore-case never matches
)

var kindNames = [...]string{
	"Syntax", "NotObject", "NotList", "EmptyList", "EmptyObject", "UnknownOperator", "OneOperator", "BadOperand",
	"EmptyRange", "WildcardSyntax", "WildcardComplexity", "TooLong", "TooManyCombinations", "DuplicateKey",
	"Replaced", "OrIsField", "InexactNumber", "Repeated", "LiteralStar", "NoCase",
}

// String returns the constant's name.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return fmt.Sprintf("Kind(%d)", uint8(k))
}

// Problem is an error in a pattern or a warning about it.
type Problem struct {
	Kind Kind
	// Offset and End are the range of the problem in the source. A key or operator begins
	// at its opening quote, a value at its first byte.
	Offset, End int
	Message     string // what is wrong, naming the bad value
	Remedy      string // what to do about it, naming what is allowed
	Found       string // the bad value as written, shortened; "" if there is none
	Suggestion  string // the most similar valid word, or ""
	// Related is the offset of the other position of a DuplicateKey, Replaced or
	// Repeated, or -1.
	Related int
}

// Error returns offset, message, remedy and suggestion in one line.
func (p Problem) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "offset %d: %s", p.Offset, p.Message)
	if p.Suggestion != "" {
		fmt.Fprintf(&b, "; did you mean %q?", p.Suggestion)
	}
	if p.Remedy != "" {
		b.WriteString("; " + p.Remedy)
	}
	return b.String()
}

// Problems are the problems of a pattern, sorted by offset. Parse returns them as its
// error.
type Problems []Problem

// Error returns one problem per line.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}

func (ps Problems) sort() {
	slices.SortStableFunc(ps, func(a, b Problem) int { return a.Offset - b.Offset })
}

// shown formats a string for a message.
func shown(s string) string { return excerpt([]byte(quote(s))) }

// excerpt shortens a part of the source for a message.
func excerpt(src []byte) string {
	const limit = 40
	text := strings.Join(strings.Fields(string(src)), " ")
	if runes := []rune(text); len(runes) > limit {
		return string(runes[:limit-1]) + "…"
	}
	return text
}
