package pattern_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/jobgen/jobgen/pattern"
)

// FuzzParse checks Parse for any source: it doesn't panic, each problem has a position and
// a remedy, and the canonical form is stable and means the same.
func FuzzParse(f *testing.F) {
	for seed := range uint64(20) {
		f.Add([]byte(newGenerator(seed).pattern(2)))
	}
	f.Add([]byte(`{"a": [{"prefx": 1}, {"numeric": [">", 1e400]}], "$or": [{}]}`))
	f.Fuzz(func(t *testing.T, src []byte) {
		p, err := pattern.Parse(src)
		if err != nil {
			checkProblems(t, src, err)
			return
		}
		checkFields(t, p)
		checkRead(t, p)
		canonical := p.Canonical()
		if !json.Valid(canonical) {
			t.Fatalf("canonical form is not JSON: %s", canonical)
		}
		again, err := pattern.Parse(canonical)
		if err != nil {
			t.Fatalf("canonical form %s: %v", canonical, err)
		}
		if !bytes.Equal(again.Canonical(), canonical) || again.Combinations() != p.Combinations() || again.Describe() != p.Describe() {
			t.Errorf("%s reads as %s", canonical, again)
		}
	})
}

func checkProblems(t *testing.T, src []byte, err error) {
	t.Helper()
	var problems pattern.Problems
	if !errors.As(err, &problems) || len(problems) == 0 {
		t.Fatalf("not problems: %v", err)
	}
	last := 0
	for _, p := range problems {
		if p.Message == "" || p.Remedy == "" || p.Offset < last || p.End < p.Offset || p.End > len(src) {
			t.Errorf("ill-formed problem %+v", p)
		}
		last = p.Offset
	}
}

func checkFields(t *testing.T, p *pattern.Pattern) {
	t.Helper()
	for f := range p.Fields() {
		var key string
		if err := json.Unmarshal([]byte(p.Source()[f.Offset:f.End]), &key); err != nil || key != f.Path[len(f.Path)-1] {
			t.Errorf("the key of %s stands at %s", f.Name(), p.Source()[f.Offset:f.End])
		}
		for _, a := range f.Alternatives {
			if !json.Valid([]byte(p.Source()[a.Offset:a.End])) {
				t.Errorf("an alternative of %s is %s", f.Name(), p.Source()[a.Offset:a.End])
			}
		}
	}
}

// FuzzMatch compares the matcher with the reference, for any pattern and event.
func FuzzMatch(f *testing.F) {
	for seed := range uint64(20) {
		g := newGenerator(seed)
		f.Add(g.pattern(2), g.object(3))
	}
	f.Fuzz(func(t *testing.T, src, event string) {
		p, err := pattern.Parse([]byte(src))
		if err != nil || !forReference(p, event) {
			return
		}
		ok, err := p.Match([]byte(event))
		checkEvent(t, event, err)
		if err != nil {
			return
		}
		if want := refMatch(src, event); ok != want {
			t.Errorf("pattern %s\nevent %s\ngot %v, want %v", src, event, ok, want)
		}
		if why, err := p.Explain([]byte(event)); err != nil || why.Matched != ok || len(why.Reasons) == 0 || why.String() == "" {
			t.Errorf("pattern %s\nevent %s\nexplained as %+v, %v", src, event, why, err)
		}
	})
}

// forReference reports whether the reference is up to a pattern and an event.
func forReference(p *pattern.Pattern, event string) bool {
	if len(event) > 300 || p.Combinations() > 50 || !utf8.ValidString(event) {
		return false
	}
	for f := range p.Fields() {
		for _, a := range f.Alternatives {
			for _, o := range a.Operands {
				if a.IgnoreCase && strings.ContainsFunc(o.Text, func(r rune) bool { return r >= 0x80 && !strings.ContainsRune("ßſéÉ日本K", r) }) {
					return false // the reference has no table of special cases
				}
			}
		}
	}
	return true
}

// checkEvent checks that an event was taken just if it is a JSON object.
func checkEvent(t *testing.T, event string, err error) {
	t.Helper()
	want := error(nil)
	switch {
	case !json.Valid([]byte(event)):
		want = pattern.ErrNotJSON
	case strings.TrimLeft(event, " \t\r\n")[0] != '{':
		want = pattern.ErrNotObject
	}
	if !errors.Is(err, want) {
		t.Errorf("event %q: got %v, want %v", event, err, want)
	}
}

// FuzzEvent compares which events are valid with encoding/json, in values that are matched
// and in values that are skipped.
func FuzzEvent(f *testing.F) {
	for _, event := range jsonTexts {
		f.Add([]byte(event))
		f.Add([]byte(`{"a":` + event + `,"skipped":` + event + `}`))
	}
	set := pattern.Compile(mustParse(f, `{"a": {"b": [{"anything-but": "x"}, {"numeric": [">", 1]}], "c": [{"exists": false}, {"suffix": "é"}]}}`),
		mustParse(f, `{"a": [1, {"equals-ignore-case": "k"}, {"cidr": "::/0"}], "a.b.c": [{"wildcard": "*x*"}]}`))
	f.Fuzz(func(t *testing.T, event []byte) {
		_, err := set.Match(event, nil)
		if errors.Is(err, pattern.ErrAmbiguous) {
			return
		}
		checkEvent(t, string(event), err)
	})
}

// FuzzSet compares sets of generated patterns with the reference, for events that are similar
// to those that match.
func FuzzSet(f *testing.F) {
	for seed := range uint64(20) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) { compare(t, seed) })
}

// FuzzAnalysis checks what the analysis says against events.
func FuzzAnalysis(f *testing.F) {
	for seed := range uint64(20) {
		f.Add(seed)
	}
	f.Fuzz(checkAnalysis)
}

func checkAnalysis(t *testing.T, seed uint64) {
	g := newGenerator(seed)
	var patterns []*pattern.Pattern
	for len(patterns) < 2 {
		if p, err := pattern.Parse([]byte(g.pattern(1))); err == nil {
			patterns = append(patterns, p)
		}
	}
	a, b := patterns[0], patterns[1]
	overlap, both := pattern.Overlap(a, b)
	contains, escaped := pattern.Contains(a, b)
	if overlap == pattern.Yes && !(match(t, a, both) && match(t, b, both)) {
		t.Errorf("seed %d: no overlap: %s\n%s", seed, both, list(patterns))
	}
	if contains == pattern.No && (match(t, a, escaped) || !match(t, b, escaped)) {
		t.Errorf("seed %d: not outside: %s\n%s", seed, escaped, list(patterns))
	}
	for range 20 {
		event := []byte(g.flat(patterns))
		inA, inB := match(t, a, event), match(t, b, event)
		if overlap == pattern.No && inA && inB {
			t.Errorf("seed %d: %s is in both\n%s", seed, event, list(patterns))
		}
		if contains == pattern.Yes && inB && !inA {
			t.Errorf("seed %d: %s is in 1 alone\n%s", seed, event, list(patterns))
		}
	}
}
