package match_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/internal/jsonscan"
	"github.com/jobgen/jobgen/internal/match"
)

// set makes a set of patterns.
func set(t *testing.T, patterns ...string) *match.Set {
	t.Helper()
	b := match.NewBuilder()
	for i, p := range patterns {
		if err := b.Read(i, p); err != nil {
			t.Fatalf("%s: %v", p, err)
		}
	}
	return b.Set()
}

func matches(t *testing.T, m *match.Matcher, s *match.Set, event string) []int {
	t.Helper()
	var tape jsonscan.Tape
	if !tape.Read([]byte(event)) {
		t.Fatalf("not JSON: %s", event)
	}
	found, err := m.Match(s, &tape, jsonscan.Root)
	if err != nil {
		t.Fatalf("%s: %v", event, err)
	}
	return slices.Clone(found)
}

// TestKeysThatLookAlike checks that keys are compared without their escapes, and that
// keys of the same length with the same first and last letter are different keys.
func TestKeysThatLookAlike(t *testing.T) {
	var patterns []string
	for _, key := range []string{`a\\u0062`, "ab", "request-parameters-of-a", "request-paraneters-of-a", "request-paraoeters-of-a"} {
		patterns = append(patterns, fmt.Sprintf(`{"%s":["x"]}`, key))
	}
	s := set(t, patterns...)
	for event, want := range map[string][]int{
		`{"a\\u0062":"x","more":"of it"}`:                 {0},
		`{"a\u0062":"x","more":"of it"}`:                  {1},
		`{"request-parameters-of-a":"x"}`:                 {2},
		`{"request-paraneters-of-a":"x","y":"of no use"}`: {3},
		`{"request-paraxeters-of-a":"x"}`:                 nil,
	} {
		if got := matches(t, new(match.Matcher), s, event); !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", event, got, want)
		}
	}
}

// word is made of few letters, so that many begin or end alike, and of every length
// around those that are compared at once.
func word(r *rand.Rand) string {
	var b strings.Builder
	for range r.IntN(20) {
		b.WriteByte("abA"[r.IntN(3)])
	}
	return b.String()
}

func alternative(r *rand.Rand) string {
	text := word(r) + "b"
	switch r.IntN(8) {
	case 0:
		return fmt.Sprintf(`{"prefix":%q}`, text[:1+r.IntN(len(text))])
	case 1:
		return fmt.Sprintf(`{"suffix":%q}`, text[r.IntN(len(text)):])
	case 2:
		return fmt.Sprintf(`{"equals-ignore-case":%q}`, text)
	case 3:
		return fmt.Sprintf(`{"wildcard":"*%s*"}`, text[:1])
	case 4:
		return fmt.Sprintf(`{"anything-but":[%q]}`, text)
	case 5:
		return fmt.Sprintf(`{"numeric":["<",%d]}`, r.IntN(5))
	case 6:
		return fmt.Sprintf(`{"exists":%t}`, r.IntN(2) == 0)
	}
	return fmt.Sprintf("%q", text)
}

func randomPattern(r *rand.Rand) string {
	var fields []string
	for _, key := range []string{"a", "b", "c"}[:1+r.IntN(3)] {
		fields = append(fields, fmt.Sprintf(`"%s":[%s,%s]`, key, alternative(r), alternative(r)))
	}
	return `{"d":{` + strings.Join(fields, ",") + `}}`
}

func randomEvent(r *rand.Rand) string {
	var fields []string
	for _, key := range []string{"a", "b", "c", "a"} {
		switch r.IntN(5) {
		case 0:
		case 1:
			fields = append(fields, fmt.Sprintf(`"%s":%d`, key, r.IntN(6)))
		case 2:
			fields = append(fields, fmt.Sprintf(`"%s":[%q,%q]`, key, word(r), word(r)+"b"))
		default:
			fields = append(fields, fmt.Sprintf(`"%s":%q`, key, word(r)+"b"))
		}
	}
	return `{"d":{` + strings.Join(fields, ",") + `}}`
}

// TestTheIndexFindsEveryRule compares sets of many rules with sets of one rule each. One
// matcher matches all large sets in turn, so state that an event leaves would show in the
// next.
func TestTheIndexFindsEveryRule(t *testing.T) {
	var shared match.Matcher
	found := 0
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 1))
		patterns := make([]string, 1+r.IntN(100))
		alone := make([]*match.Set, len(patterns))
		for i := range patterns {
			patterns[i] = randomPattern(r)
			alone[i] = set(t, patterns[i])
		}
		all, other := set(t, patterns...), set(t, patterns[:1+len(patterns)/2]...)
		for range 30 {
			event := randomEvent(r)
			var want []int
			for i := range alone {
				if len(matches(t, new(match.Matcher), alone[i], event)) > 0 {
					want = append(want, i)
				}
			}
			if got := matches(t, &shared, all, event); !slices.Equal(got, want) {
				t.Fatalf("seed %d, %s: got %v, want %v", seed, event, got, want)
			}
			matches(t, &shared, other, randomEvent(r))
			found += len(want)
		}
	}
	if found < 1000 {
		t.Errorf("only %d rules matched", found)
	}
}
