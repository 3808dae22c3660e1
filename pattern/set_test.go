package pattern_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/jobgen/jobgen/pattern"
)

// compare holds a set of generated patterns against the reference.
func compare(t *testing.T, seed uint64) {
	t.Helper()
	g := newGenerator(seed)
	var patterns []*pattern.Pattern
	for range 1 + g.IntN(6) {
		src := g.pattern(3)
		p, err := pattern.Parse([]byte(src))
		if err != nil {
			continue
		}
		patterns = append(patterns, p)
	}
	set := pattern.Compile(patterns...)
	for range 6 {
		event := g.object(4)
		var want []int
		for i, p := range patterns {
			if refMatch(p.Source(), event) {
				want = append(want, i)
			}
		}
		got, err := set.Match([]byte(event), nil)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("seed %d: got %v, %v, want %v\nevent %s\n%s", seed, got, err, want, event, list(patterns))
		}
	}
}

func list(patterns []*pattern.Pattern) string {
	var all string
	for i, p := range patterns {
		all += fmt.Sprintf("%d: %s\n", i, p.Source())
	}
	return all
}

func TestSetAgreesWithReference(t *testing.T) {
	for seed := range uint64(1500) {
		if compare(t, seed); t.Failed() {
			return
		}
	}
}
