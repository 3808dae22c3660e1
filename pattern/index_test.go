package pattern_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/jobgen/jobgen/pattern"
)

// TestIndexLosesNoOverlap compares the index with a comparison of all pairs, for random
// patterns.
func TestIndexLosesNoOverlap(t *testing.T) {
	sets, least := uint64(60), 1000
	if testing.Short() {
		sets, least = 6, 100
	}
	overlaps, skipped := 0, 0
	for seed := range sets {
		g := newGenerator(seed)
		var patterns []*pattern.Pattern
		for len(patterns) < 40 {
			if p, err := pattern.Parse([]byte(g.pattern(2))); err == nil {
				patterns = append(patterns, p)
			}
		}
		ix := pattern.NewIndex(patterns)
		for i, p := range patterns {
			candidates := slices.Collect(ix.Earlier(i))
			if !slices.IsSorted(candidates) || len(slices.Compact(slices.Clone(candidates))) != len(candidates) {
				t.Fatalf("the candidates are not in order: %v", candidates)
			}
			for j, earlier := range patterns[:i] {
				isCandidate := slices.Contains(candidates, j)
				answer, event := pattern.OverlapBySearch(earlier, p)
				switch {
				case answer == pattern.Yes && !isCandidate:
					t.Errorf("the index leaves out %s and %s, which both match %s", earlier.Source(), p.Source(), event)
				case answer == pattern.Yes:
					overlaps++
				case !isCandidate:
					skipped++
				}
			}
		}
	}
	if overlaps < least || skipped < least {
		t.Errorf("%d overlaps, %d pairs left out: too few to tell", overlaps, skipped)
	}
}

// TestIndexOfManyPatterns is a test of the index's effort: each of the patterns overlaps none
// of the others, or very few.
func TestIndexOfManyPatterns(t *testing.T) {
	for _, form := range []string{
		`{"source": ["s%d"]}`,
		`{"source": ["s"], "detail": {"state": ["s%d", "other%[1]d"]}}`,
		`{"source": ["s"], "detail": {"key": [{"prefix": "tenant%d/"}]}}`,
		`{"source": ["s"], "detail": {"key": [{"prefix": {"equals-ignore-case": "Tenant%d/"}}]}}`,
		`{"source": ["s"], "detail": {"key": [{"suffix": "-%d.csv"}]}}`,
		`{"source": ["s"], "detail": {"key": [{"wildcard": "t%d/*/x"}]}}`,
		`{"source": ["s"], "detail": {"total": [{"numeric": [">=", %d.1, "<", %[1]d.9]}]}}`,
		`{"source": ["s"], "$or": [{"a": ["x%d"], "b": [1]}, {"a": [{"prefix": "y%[1]d-"}]}]}`,
	} {
		t.Run(form, func(t *testing.T) {
			const n = 3000
			patterns := make([]*pattern.Pattern, n)
			for i := range patterns {
				patterns[i] = mustParse(t, fmt.Sprintf(form, i))
			}
			ix := pattern.NewIndex(patterns)
			candidates, compared := 0, 0
			for i := range patterns {
				for range ix.Earlier(i) {
					candidates++
				}
				for range ix.Candidates(i) {
					compared++
				}
			}
			if candidates > 0 {
				t.Errorf("%d candidates for %d patterns that don't overlap", candidates, n)
			}
			if compared > n {
				t.Errorf("the index compares %d pairs of %d patterns", compared, n)
			}
		})
	}
}
