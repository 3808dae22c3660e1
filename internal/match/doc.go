// Package match decides which rules match an event. No other package does so. Package
// pattern builds a [Set] from parsed patterns. A dispatcher builds it from the texts of
// the patterns, which jobgen has checked (read.go).
//
// # How it works
//
// A rule is a list of fields that must all match. A pattern is one rule or, after $or is
// multiplied out, several. The keys of all fields form a tree. Each field has a [Test],
// a list of alternatives.
//
// The matcher walks an event once, along the tree, by the tokens of its tape. It skips
// keys that are not in the tree, and records each value at a node.
//
// Each rule is indexed by its most selective field. If all alternatives of that field are
// strings, the matcher finds it by looking up the value, otherwise by testing each value
// at the node. A value selects few rules this way, and the matcher tests the other fields
// for these rules only. It tests each distinct field at most once per event.
//
// # Lists of objects
//
// If objects are elements of a list, the fields of a rule must match in the same element.
// Such events are matched element by element (arrays.go), in linear time.
//
// If an event has the same field with a dotted key and with nested keys, the matcher
// searches for values that match together (backtrack.go). The search is limited; see
// [ErrAmbiguous].
package match
