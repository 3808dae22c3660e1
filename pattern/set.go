package pattern

import "sync"

// Set is a set of patterns that an event is matched against at once, in one pass
// over its bytes. It may be used concurrently.
//
// How it works. The fields of all patterns make a tree of keys. What a pattern
// demands is broken up into items that the tree's nodes own:
//
//   - a test of a node is the item that some value at the node fulfils one of a
//     field's alternatives;
//   - a presence is the item that there is a value at a node at all;
//   - a group of a node is the item that one object at the node has all that a
//     pattern demands below it.
//
// An item holds or not in an object, the one that has its node's key, so that
// what is in a list is joined right by itself: the elements of a list contribute
// to the object around it, and a group comes from within one element. An object
// being read has a serial number; an item holds in it if it bears that number.
// When an object ends, the items that it got lead to the groups to look at:
// each group waits for the one of its items that is likely the rarest.
type Set struct {
	patterns []*Pattern
	nodes    []treeNode // the first is the root: the event
	tests    []tests

	items int // the number of items
	// leads holds, for each item that leads somewhere, what to do when an object
	// in which it holds ends: a group to look at, or, as ^item, an item that then
	// holds in the object around. Items from len(leads) on lead nowhere.
	leads  [][]int32
	groups []group
	always []int32 // groups of the root that no item leads to

	exclusions int // the number of all anything-but
	wildcards  []wildcardTest

	matchers sync.Pool
}

// treeNode is a key on the way to a field.
type treeNode struct {
	table    table   // the keys below
	children []int32 // their nodes
	inner    uint64  // bit c&63: a key below begins with byte c and has keys below itself
	tests    int32   // index of the node's tests, or -1
}

// group is what an object must have.
type group struct {
	item     int32   // the group's own, or -1 at the root
	pattern  int32   // at the root: the pattern that matches
	required []int32 // items that must hold
	choices  [][]variant
}

// variant is one way to fulfil a demand: an item holds, or none where item is
// -1, and others don't.
type variant struct {
	item   int32
	absent []int32
}

// Compile makes a set of patterns, which Match knows by their indexes.
func Compile(patterns ...*Pattern) *Set {
	s := &Set{patterns: patterns}
	c := newCompiler(s)
	for i, p := range patterns {
		for _, r := range p.rules {
			c.rule(int32(i), p, r)
		}
	}
	c.finish()
	s.matchers.New = func() any { return newMatcher(s) }
	return s
}

// Len returns the number of patterns.
func (s *Set) Len() int { return len(s.patterns) }

// Match appends to dst the indexes of the patterns that match the event, in
// increasing order, and allocates nothing if dst has room for them. The error is
// ErrNotJSON, ErrNotObject or ErrAmbiguous.
func (s *Set) Match(event []byte, dst []int) ([]int, error) {
	m := s.matchers.Get().(*matcher)
	dst, err := m.match(event, dst)
	s.matchers.Put(m)
	return dst, err
}
