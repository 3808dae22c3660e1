// Package match decides which rules an event matches. It is the only code that
// does. Package pattern makes a [Set] of the patterns that it has parsed; a dispatcher
// makes the same of their texts, which it need not check (read.go).
//
// # How it works
//
// The fields that the rules name form a tree of keys. What a field must be is a
// [Test], a list of alternatives. A rule is a list of fields that must all hold;
// package pattern multiplies out $or, so a pattern is one rule or more.
//
// An event is walked once, by the tokens of its tape, along the tree. Keys that
// no rule names are skipped. Each value at a node is recorded.
//
// Each rule is indexed by its most selective field: a field of whole strings is
// found by looking a value up, any other by holding its test against each value
// at the node. So a value leads to a few rules, and for those alone all fields
// are tested. Every distinct field is tested at most once per event.
//
// # Lists of objects
//
// Where an object is an element of a list, the fields of one rule must find
// their values in the same element. Such events are matched element by element
// (arrays.go), in time that is linear in the event.
//
// An event may have one field both with a dotted key and with nested keys. Then
// the values that hold together are searched for (backtrack.go). The search is
// bounded: see [ErrAmbiguous].
package match
