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
		compareEvent(t, seed, set, patterns, g.event(patterns))
	}
}

// event makes an event that has something to do with one of the patterns, or
// that hasn't.
func (g generator) event(patterns []*pattern.Pattern) string {
	if len(patterns) == 0 || g.IntN(3) == 0 {
		return g.object(4)
	}
	sample, ok := patterns[g.IntN(len(patterns))].Sample()
	if !ok {
		return g.object(4)
	}
	for {
		if event := g.near(refDecode(string(sample))); event[0] == '{' {
			return event
		}
	}
}

func compareEvent(t *testing.T, seed uint64, set *pattern.Set, patterns []*pattern.Pattern, event string) {
	t.Helper()
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

func list(patterns []*pattern.Pattern) string {
	var all string
	for i, p := range patterns {
		all += fmt.Sprintf("%d: %s\n", i, p.Source())
	}
	return all
}

func TestSetAgreesWithReference(t *testing.T) {
	for seed := range uint64(500) {
		if compare(t, seed); t.Failed() {
			return
		}
	}
}
