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

// topOf finds the fields of an event that has no others.
func topOf(tape *jsonscan.Tape) *match.Top {
	var top match.Top
	for i := jsonscan.First(jsonscan.Root); i < tape.Next(jsonscan.Root); i = tape.Next(i + 1) {
		top[slices.Index(match.EventKeys[:], string(tape.Content(i)))] = int32(i + 1)
	}
	return &top
}

// names are keys of a detail: some of them end and begin alike, or have dots.
var names = []string{"a", "b", "c", "aa", "a.b", "aba", "aca", "bucket", "bracket", "b.c", "requestParameters", "requestBarameters", "x", "y"}

// detail makes a value that may be an object of names.
func detail(r *rand.Rand, depth int) string {
	switch kind := r.IntN(6); {
	case depth == 0 || kind == 0:
		return fmt.Sprintf("%q", names[r.IntN(3)])
	case kind == 1:
		return fmt.Sprintf("[%s,%s]", detail(r, depth-1), detail(r, depth-1))
	}
	var members []string
	for range 1 + r.IntN(4) {
		members = append(members, fmt.Sprintf("%q:%s", names[r.IntN(len(names))], detail(r, depth-1)))
	}
	return "{" + strings.Join(members, ",") + "}"
}

// manySenders makes a table of rules of several sources, which ask for fields of
// their own each.
func manySenders(r *rand.Rand) *match.Table {
	b := match.NewBuilder()
	for i := range 60 {
		fields := []match.Field{{Path: []string{"source"}, Alternatives: []match.Alternative{text(match.Equals, false, fmt.Sprint("s", i%6))}}}
		if i%20 == 7 { // it is for all sources
			fields = nil
		}
		path := []string{"detail"}
		for range 1 + r.IntN(3) {
			path = append(path, strings.Split(names[r.IntN(len(names))], ".")...)
		}
		operator := []match.Operator{match.Equals, match.Prefix, match.Suffix}[r.IntN(3)]
		fields = append(fields, match.Field{Path: path, Alternatives: []match.Alternative{text(operator, false, names[r.IntN(3)])}})
		slices.SortFunc(fields, func(a, b match.Field) int { return slices.Compare(a.Path, b.Path) })
		b.Rule(i, fields)
	}
	return b.Table()
}

// TestTheGuardRulesOutNoRuleThatMatches: what is known of an event's own fields
// spares work, and changes no answer.
func TestTheGuardRulesOutNoRuleThatMatches(t *testing.T) {
	var m match.Matcher
	matched := 0
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 2))
		table := manySenders(r)
		for range 100 {
			event := fmt.Sprintf(`{"source":"s%d","detail":%s}`, r.IntN(7), detail(r, 3))
			var tape jsonscan.Tape
			tape.Read([]byte(event))
			want, err := m.Match(table, nil, &tape, jsonscan.Root, nil)
			if err != nil {
				t.Fatal(err)
			}
			want = slices.Clone(want)
			matched += len(want)
			if got, err := m.Match(table, nil, &tape, jsonscan.Root, topOf(&tape)); err != nil || !slices.Equal(got, want) {
				t.Fatalf("seed %d, %s: got %v, %v, want %v", seed, event, got, err, want)
			}
		}
	}
	if matched < 300 {
		t.Errorf("only %d rules matched", matched)
	}
}

// TestKeysThatLookAlike: a key is what it is without its escapes, and keys of one
// length that begin and end alike are told apart.
func TestKeysThatLookAlike(t *testing.T) {
	keys := []string{`a\u0062`, "ab", "request-parameters-of-a", "request-paraneters-of-a", "request-paraoeters-of-a"}
	b := match.NewBuilder()
	for i, key := range keys {
		b.Rule(i, []match.Field{{Path: []string{key}, Alternatives: []match.Alternative{text(match.Equals, false, "x")}}})
	}
	table := b.Table()
	var m match.Matcher
	for event, want := range map[string][]int{
		`{"a\\u0062":"x","more":"of it"}`:                 {0},
		`{"a\u0062":"x","more":"of it"}`:                  {1},
		`{"request-parameters-of-a":"x"}`:                 {2},
		`{"request-paraneters-of-a":"x","y":"of no use"}`: {3},
		`{"request-paraxeters-of-a":"x"}`:                 nil,
	} {
		var tape jsonscan.Tape
		tape.Read([]byte(event))
		if got, err := m.Match(table, nil, &tape, jsonscan.Root, nil); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: got %v, %v, want %v", event, got, err, want)
		}
	}
}
