package pattern

import (
	"iter"
	"math"
	"slices"
	"sort"
)

// Index finds which of many patterns may overlap, without comparing each pattern with all
// others. A pattern that no other one overlaps costs about as much as a search in a sorted
// list.
type Index struct {
	patterns []*Pattern
	axes     map[axisKey]*axis
}

type axisKey struct {
	field     string
	direction int
}

// NewIndex returns an index of valid patterns.
func NewIndex(patterns []*Pattern) *Index {
	ix := &Index{patterns: patterns, axes: map[axisKey]*axis{}}
	for i, p := range patterns {
		for key, spans := range p.constraints() {
			a := ix.axes[key]
			if a == nil {
				a = &axis{}
				ix.axes[key] = a
			}
			a.add(i, spans)
		}
	}
	for _, a := range ix.axes {
		a.sort()
	}
	return ix
}

// Earlier yields the indexes of the patterns before the given one that may overlap it, in
// increasing order. The others surely don't.
func (ix *Index) Earlier(pattern int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range ix.candidates(pattern) {
			if !ix.patterns[i].apart(ix.patterns[pattern]) && !yield(i) {
				return
			}
		}
	}
}

// candidates yields the earlier patterns that may overlap the given one, judged by a single
// field: the one with the fewest such patterns.
func (ix *Index) candidates(pattern int) iter.Seq[int] {
	best, least := before(pattern), pattern
	for key, spans := range ix.patterns[pattern].constraints() {
		a := ix.axes[key]
		if n := a.count(pattern, spans); n < least {
			best, least = a.earlier(pattern, spans), n
		}
	}
	return best
}

func before(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

// constraints returns the spans of the fields that each event needs to match the pattern. A
// field that takes nearly all values is not among them.
func (p *Pattern) constraints() map[axisKey][]span {
	all := map[axisKey][]span{}
	for direction := range directions {
		uses := map[string]int{}
		for _, r := range p.rules {
			for _, f := range r {
				key := axisKey{f.name, direction}
				all[key] = append(all[key], f.extent[direction]...)
				if uses[f.name]++; uses[f.name] == len(p.rules) {
					all[key] = joined(all[key])
				}
			}
		}
		for name, n := range uses {
			key := axisKey{name, direction}
			if n < len(p.rules) || slices.ContainsFunc(all[key], span.isWide) {
				delete(all, key)
			}
		}
	}
	return all
}

// isWide reports whether the span meets the spans of nearly all fields in other patterns.
func (s span) isWide() bool { return s.from.compare(anyText.from) <= 0 && s.to == anyText.to }

// axis holds the spans of one field of many patterns.
type axis struct {
	entries []entry // sorted by their beginnings
	// last holds the last end in a subtree of entries, which form a binary tree: the root of
	// the entries from lo to hi is in the middle.
	last []point
	ends []point // sorted
	// members are the patterns with an entry, and gaps the ranges of patterns between them.
	members []int
	gaps    [][2]int
}

type entry struct {
	span
	pattern int
}

// add adds a pattern's spans. The patterns must be added in order.
func (a *axis) add(pattern int, spans []span) {
	next := 0
	if len(a.members) > 0 {
		next = a.members[len(a.members)-1] + 1
	}
	if next < pattern {
		a.gaps = append(a.gaps, [2]int{next, pattern})
	}
	a.members = append(a.members, pattern)
	for _, s := range spans {
		a.entries = append(a.entries, entry{s, pattern})
		a.ends = append(a.ends, s.to)
	}
}

func (a *axis) sort() {
	slices.SortStableFunc(a.entries, func(x, y entry) int { return x.from.compare(y.from) })
	slices.SortFunc(a.ends, point.compare)
	a.gaps = append(a.gaps, [2]int{a.members[len(a.members)-1] + 1, math.MaxInt})
	a.last = make([]point, len(a.entries))
	a.setLast(0, len(a.entries))
}

func (a *axis) setLast(lo, hi int) (last point) {
	if lo >= hi {
		return point{}
	}
	root := (lo + hi) / 2
	last = a.entries[root].to
	for _, below := range []point{a.setLast(lo, root), a.setLast(root+1, hi)} {
		if below.compare(last) > 0 {
			last = below
		}
	}
	a.last[root] = last
	return last
}

// count returns the number of the patterns to compare one with, if it is compared with those
// that meet its spans and those that have none. It counts later patterns with the former.
func (a *axis) count(pattern int, spans []span) int {
	members := sort.SearchInts(a.members, pattern)
	n := pattern - members
	for _, s := range spans {
		begun := sort.Search(len(a.entries), func(i int) bool { return a.entries[i].from.compare(s.to) > 0 })
		ended := sort.Search(len(a.ends), func(i int) bool { return a.ends[i].compare(s.from) >= 0 })
		n += begun - ended
	}
	return n
}

// earlier yields the patterns before the given one that meet its spans, and those that have
// none, in increasing order.
func (a *axis) earlier(pattern int, spans []span) iter.Seq[int] {
	return func(yield func(int) bool) {
		var found []int
		for _, s := range spans {
			a.meeting(0, len(a.entries), s, func(i int) {
				if i < pattern {
					found = append(found, i)
				}
			})
		}
		slices.Sort(found)
		found = slices.Compact(found)
		for _, gap := range a.gaps {
			for len(found) > 0 && found[0] < gap[0] {
				if !yield(found[0]) {
					return
				}
				found = found[1:]
			}
			for i := gap[0]; i < min(gap[1], pattern); i++ {
				if !yield(i) {
					return
				}
			}
		}
	}
}

// meeting calls visit for the entries from lo to hi that meet a span.
func (a *axis) meeting(lo, hi int, s span, visit func(pattern int)) {
	if lo >= hi {
		return
	}
	root := (lo + hi) / 2
	if a.last[root].compare(s.from) < 0 {
		return
	}
	a.meeting(lo, root, s, visit)
	if e := &a.entries[root]; e.from.compare(s.to) <= 0 {
		if e.to.compare(s.from) >= 0 {
			visit(e.pattern)
		}
		a.meeting(root+1, hi, s, visit)
	}
}
