package directive

import (
	"github.com/jobgen/jobgen/internal/diag"
)

// Kind is the kind of a Node.
type Kind int

// The kinds of nodes, which are JSON's.
const (
	Null Kind = iota
	Bool
	Number
	String
	List
	Map
)

// String names the kind as messages do.
func (k Kind) String() string {
	return [...]string{"null", "true or false", "a number", "text", "a list", "a mapping"}[k]
}

// Node is a value in a directive's arguments, with its place.
type Node struct {
	Kind Kind
	// Offset is the value's first byte in the arguments: a quoted value's quote,
	// a list's bracket. If the outer bracket was left out it is the first byte of the
	// content.
	Offset int
	// Text is a string's content, a number as written, "true" or "false".
	Text   string
	Quoted bool
	Items  []*Node // List
	Pairs  []Pair  // Map, in source order
}

// Pair is a key of a mapping and its value.
type Pair struct {
	Key, Value *Node
}

// Problem is a finding in a directive's arguments; offsets count bytes in them.
type Problem struct {
	Code       diag.Code
	Offset     int
	Message    string
	Suggestion string
	// RelatedOffset, where Related is set, is a second place.
	Related       string
	RelatedOffset int
	// Unfinished says that a quote or bracket is open at the end of the arguments, as in
	// the first of several lines.
	Unfinished bool
}

// Shape says what a directive's arguments are, so that outer braces or brackets
// that were left out can be put back.
type Shape int

// The shapes of arguments.
const (
	// WantMap is a mapping, its braces optional.
	WantMap Shape = iota
	// WantListOrMap is a list of words, its brackets optional, or a mapping.
	WantListOrMap
)
