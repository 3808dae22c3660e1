package pattern

import (
	"iter"

	"github.com/jobgen/jobgen/internal/match"
)

// Rules returns the set in the form that events are matched by.
func (s *Set) Rules() *match.Set { return s.rules }

// Candidates yields the patterns that Earlier compares with one.
func (ix *Index) Candidates(pattern int) iter.Seq[int] { return ix.candidates(pattern) }

// OverlapBySearch is Overlap without extents.
func OverlapBySearch(a, b *Pattern) (Answer, []byte) {
	s := newSolver()
	for _, ra := range a.rules {
		for _, rb := range b.rules {
			d := demands{}
			d.rule(ra)
			d.rule(rb)
			if w, answer := s.solve(d); answer == Yes && w.matches(a) == Yes && w.matches(b) == Yes {
				return Yes, w.event()
			}
		}
	}
	return No, nil
}
