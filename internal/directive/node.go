package directive

import (
	"github.com/jobgen/jobgen/internal/diag"
)

// Kind is the kind of a Node.
type Kind int

// The kinds of nodes are those of JSON.
const (
	Null Kind = iota
	Bool
	Number
	String
	List
	Map
)

// String returns the kind's name for messages.
func (k Kind) String() string {
	return [...]string{"null", "true or false", "a number", "text", "a list", "a mapping"}[k]
}

// Node is a value in a directive's arguments, with its offset.
type Node struct {
	Kind Kind
	// Offset is the offset of the value's first byte in the arguments: the quote of a
	// quoted value, the bracket of a list. If the outer bracket was left out, it is the
	// offset of the list's content.
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
	Found      string // what the suggestion replaces
	Suggestion string
	// Related, if it is not empty, is the message for RelatedOffset, another position.
	Related       string
	RelatedOffset int
	// Unfinished reports whether a quote or bracket is still open at the end of the
	// arguments, as in the first of several lines.
	Unfinished bool
}

// Shape is the kind of value that a directive's arguments are. It determines which
// outer braces or brackets are added if they were left out.
type Shape int

// The shapes of arguments.
const (
	// WantMap is a mapping, its braces optional.
	WantMap Shape = iota
	// WantListOrMap is a list of words, its brackets optional, or a mapping.
	WantListOrMap
)
