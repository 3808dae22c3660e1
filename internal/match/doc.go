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
// and looked up in the node's index, which knows the rules that may match where
// such a value is. A rule is in the index of one node only: that of the field of
// which it is least likely that it holds, so that of a thousand rules few are
// looked at. For those all fields are tested, on the values that were recorded.
// The index may name a rule too many (it holds hashes and bounds), never one too
// few. What values can't be looked up for, such as anything-but, is a check: each
// value at the node is held against the test, once for all rules that have it.
//
// Most rules want certain texts of an event's source or detail-type. One of the two
// is made a guard: what it says of an event rules out the rules that want other texts,
// and their nodes are not looked at.
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
