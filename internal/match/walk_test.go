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

// manySenders makes a builder of rules of several sources, which ask for fields of
// their own each, and of others. Where shift differs they want other values, but alike.
func manySenders(r *rand.Rand, rules, senders, others, shift int) *match.Builder {
	b := match.NewBuilder()
	for i := range rules {
		fields := []match.Field{{Path: []string{"source"}, Alternatives: []match.Alternative{text(match.Equals, false, fmt.Sprint("s", i%senders))}}}
		switch {
		case i%13 == 0: // it wants one of two
			fields[0].Alternatives = append(fields[0].Alternatives, text(match.Equals, false, fmt.Sprint("s", (i+1)%senders)))
		case i%20 < others: // it is for all sources
			fields = nil
		case i%7 == 0: // it wants nothing else
			b.Rule(i, fields)
			continue
		case i%11 == 0: // it wants an object for a source
			fields = []match.Field{{Path: []string{"source", "a"}, Alternatives: fields[0].Alternatives}}
		}
		path := []string{"detail"}
		for range 1 + r.IntN(3) {
			path = append(path, strings.Split(names[r.IntN(len(names))], ".")...)
		}
		operator := []match.Operator{match.Equals, match.Prefix, match.Suffix}[r.IntN(3)]
		fields = append(fields, match.Field{Path: path, Alternatives: []match.Alternative{text(operator, false, names[(r.IntN(3)+shift)%3])}})
		slices.SortFunc(fields, func(a, b match.Field) int { return slices.Compare(a.Path, b.Path) })
		b.Rule(i, fields)
	}
	return b
}

// TestPartsHaveEveryRule: a divided table gives the answers of one that isn't, whatever
// the guard's value is, and whether or not the event's own fields are known.
func TestPartsHaveEveryRule(t *testing.T) {
	var m match.Matcher
	matched, parted := 0, 0
	for seed := range uint64(80) {
		r := rand.New(rand.NewPCG(seed, 2))
		rules, senders, others := 20+r.IntN(200), 2+r.IntN(80), r.IntN(12)
		whole := manySenders(rand.New(rand.NewPCG(seed, 3)), rules, senders, others, 0).Table()
		divided := manySenders(rand.New(rand.NewPCG(seed, 3)), rules, senders, others, 0).Divided()
		other := manySenders(rand.New(rand.NewPCG(seed, 3)), rules, senders, others, 1).Divided()
		if divided.Parts != nil {
			parted++
		}
		for range 100 {
			event := fmt.Sprintf(`{"source":%s,"detail":%s}`, source(r, senders), detail(r, 3))
			var tape jsonscan.Tape
			tape.Read([]byte(event))
			want, err := m.Match(whole, nil, &tape, jsonscan.Root, nil)
			if err != nil {
				t.Fatal(err)
			}
			want = slices.Clone(want)
			matched += len(want)
			for _, top := range []*match.Top{nil, topOf(&tape)} {
				if got, err := m.Match(divided, nil, &tape, jsonscan.Root, top); err != nil || !slices.Equal(got, want) {
					t.Fatalf("seed %d, %s: got %v, %v, want %v", seed, event, got, err, want)
				}
				// A matcher serves tables by turns.
				if _, err := m.Match(other, nil, &tape, jsonscan.Root, top); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if matched < 1000 || parted < 60 {
		t.Errorf("only %d rules matched, and %d tables were divided", matched, parted)
	}
}

// source makes the value of an event's source: nearly always a string.
func source(r *rand.Rand, senders int) string {
	one := func() string { return fmt.Sprintf(`"s%d"`, r.IntN(senders+1)) }
	switch r.IntN(12) {
	case 0:
		return "[" + one() + ",[" + one() + "," + one() + "],{},null]"
	case 1:
		return []string{"null", "12", "[]", `{"a":"s1"}`, `[{"a":"s1"}]`, `["s1",{"a":"s0"}]`}[r.IntN(6)]
	case 2:
		return strings.Replace(one(), "s", `\u0073`, 1)
	}
	return one()
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
