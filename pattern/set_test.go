package pattern_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/pattern"
)

// compare compares a set of generated patterns with the reference.
func compare(t *testing.T, seed uint64) *pattern.Set {
	t.Helper()
	g := newGenerator(seed)
	count, senders := 1+g.IntN(6), 0
	if g.IntN(8) == 0 { // enough of them to be divided by their sources
		count, senders = 8+g.IntN(16), 2+g.IntN(10)
	}
	var patterns []*pattern.Pattern
	for range count {
		p, err := pattern.Parse([]byte(g.from(senders, g.pattern(3))))
		if err != nil {
			continue
		}
		patterns = append(patterns, p)
	}
	set := pattern.Compile(patterns...)
	for range 6 {
		compareEvent(t, seed, set, patterns, g.sent(senders, g.event(patterns)))
	}
	return set
}

// from lets a pattern ask for a source, if there are senders: mostly for one or two of
// theirs.
func (g generator) from(senders int, src string) string {
	if senders == 0 || g.IntN(12) == 0 {
		return src
	}
	sources := g.sender(senders)
	switch g.IntN(12) {
	case 0:
		sources += `,` + g.sender(senders)
	case 1:
		sources = `{"prefix":"s1"}`
	case 2:
		sources = `{"anything-but":` + sources + `}`
	}
	return `{"source":[` + sources + `],` + src[1:]
}

func (g generator) sender(senders int) string { return fmt.Sprintf(`"s%d"`, g.IntN(senders)) }

// sent gives an event, if there are senders, the source of one in place of that which it
// may have: once in a while several, or none.
func (g generator) sent(senders int, event string) string {
	if senders == 0 || g.IntN(6) == 0 || event == `{}` {
		return event
	}
	source := g.sender(senders)
	switch g.IntN(10) {
	case 0:
		source = `[` + source + `,[` + g.sender(senders) + `],{"source":"s0"},1]`
	case 1:
		source = g.value(1)
	case 2:
		source = strings.Replace(source, `s`, `\u0073`, 1)
	}
	if g.IntN(2) == 0 {
		return `{"source":` + source + `,` + event[1:]
	}
	return event[:len(event)-1] + `,"source":` + source + `}`
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
	seeds := uint64(500)
	if testing.Short() {
		seeds = 50
	}
	for seed := range seeds {
		compare(t, seed)
		if t.Failed() {
			return
		}
	}
}
