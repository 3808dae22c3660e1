// Package match decides which rules an event matches. It is the only code that
// does: package pattern compiles patterns for it, and the dispatchers that jobgen
// generates have them compiled already, as static data.
//
// # How it works
//
// A [Table] is what a set of patterns comes to. The fields that they name make a
// tree of keys, whose nodes have numbers; what a field must be is a test, a list
// of alternatives. $or is multiplied out, so that a pattern is one or more rules:
// lists of fields, each a node and its test, that must all hold.
//
// An event is gone through once, by the tokens of its tape, along the tree; what
// no rule asks for is passed over in one step. Each value at a node is recorded
// and looked up in the node's index, which leads to the fields that such a value
// may fulfil, and from there to rules. Of a rule's fields only one leads to it: the
// one of which it is least likely that it holds, so that of a thousand rules few are
// looked at. For those all fields are tested, on the values that were recorded, each
// field once for all rules that have it; what the index is sure of is known already.
// The index may name a field too many (it holds bounds), never one too few. What
// values can't be looked up for, such as most of anything-but, is a check: each
// value at the node is held against it.
//
// # Parts
//
// Most rules want certain texts of an event's source or detail-type. A table with
// rules for several is divided by the one of the two that tells them best apart, the
// guard: each part is a table for the rules of a text, or of some, whose tree and
// indexes know of no others. An event is matched against the part for its text. Rules
// that want no certain text there are in all parts, or have one of their own if there
// are too many for that.
//
// # Lists of objects
//
// Of a list of objects, fields of one rule must find their values in the same
// element. That can matter only where an object with keys of the tree stands in a
// list; then the rules' fields are tested element by element (spread.go), in time
// that is linear in the event.
//
// An event may have one field both with dotted keys and with nested ones. It is
// then searched (search.go), which is bounded: see [ErrAmbiguous].
package match
