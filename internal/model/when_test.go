package model

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
)

var stages = []string{"dev", "staging", "prod"}

func randomWhen(g *rand.Rand) When {
	var w When
	for _, param := range []string{"Stage", "Other"} {
		if g.IntN(2) == 0 {
			continue
		}
		t := Term{Param: param, Not: g.IntN(2) == 0, Values: []string{stages[g.IntN(3)]}}
		if v := stages[g.IntN(3)]; !slices.Contains(t.Values, v) {
			t.Values = append(t.Values, v)
		}
		w = append(w, t)
	}
	return w
}

// holds evaluates a condition. The values are those of Stage and of Other.
func (w When) holds(stage, other string) bool {
	return !slices.ContainsFunc(w, func(t Term) bool {
		value := stage
		if t.Param == "Other" {
			value = other
		}
		return slices.Contains(t.Values, value) == t.Not
	})
}

// TestWhen compares what is said of conditions with their values for all values of parameters.
// A parameter that may have any value also has one that no condition names.
func TestWhen(t *testing.T) {
	p := &Package{Parameters: []*Parameter{{Name: "Stage", Allowed: stages}}}
	others := append([]string{"elsewhere"}, stages...)
	g := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		a, b := randomWhen(g), randomWhen(g)
		both := a.And(b)
		together, implied := false, true
		for _, stage := range others {
			for _, other := range others {
				x, y := a.holds(stage, other), b.holds(stage, other)
				if both.holds(stage, other) != (x && y) {
					t.Fatalf("%q and %q is %q, which differs for %s and %s", a, b, both, stage, other)
				}
				together = together || x && y && stage != "elsewhere"
				implied = implied && (!x || y)
			}
		}
		if p.Exclusive(a, b) == together {
			t.Fatalf("%q and %q are exclusive: %t", a, b, !together)
		}
		if got := a.Implies(b); got != implied {
			t.Fatalf("%q implies %q: %t, want %t", a, b, got, implied)
		}
		for _, term := range a {
			if want := !slices.ContainsFunc(stages, func(v string) bool { return slices.Contains(term.Values, v) == term.Not }); term.Always(stages) != want {
				t.Fatalf("%q always holds: %t", term, !want)
			}
		}
	}
}

func TestWhenString(t *testing.T) {
	for want, w := range map[string]When{
		"":                                     nil,
		"Stage is dev or prod":                 {{Param: "Stage", Values: []string{"dev", "prod"}}},
		`Stage is not prod, and Place is ""`:   {{Param: "Stage", Not: true, Values: []string{"prod"}}, {Param: "Place", Values: []string{""}}},
		`Stage is "a, b" or "\"" or eu-west-1`: {{Param: "Stage", Values: []string{"a, b", `"`, "eu-west-1"}}},
	} {
		if got := w.String(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	a := When{{Param: "A", Values: []string{"x", "y"}}, {Param: "B", Values: []string{"z"}}}
	b := When{{Param: "B", Values: []string{"z"}}, {Param: "A", Values: []string{"y", "x"}}}
	if a.Key() != b.Key() || a.Key() == a[:1].Key() {
		t.Errorf("the keys are %q, %q and %q", a.Key(), b.Key(), a[:1].Key())
	}
}

// TestPackagePolicies gives a statement of the package layout's function the conditions of the
// jobs that need it.
func TestPackagePolicies(t *testing.T) {
	prod := When{{Param: "Stage", Values: []string{"prod"}}}
	one := &Receiver{Function: Function{Policies: []Statement{{Sid: "one"}}, When: prod}, Jobs: []*Job{
		{Own: Function{Policies: []Statement{{Sid: "method"}}}, Function: Function{When: prod}},
	}}
	two := &Receiver{Function: Function{Policies: []Statement{{Sid: "two"}}}, Jobs: []*Job{
		{Function: Function{When: prod}}, {Own: Function{Policies: []Statement{{Sid: "always"}}}},
	}}
	f := (&Package{Layout: PerPackage, Receivers: []*Receiver{one, two}}).Function()
	got := map[string]int{}
	for _, st := range f.Policies {
		got[st.Sid] = len(st.AnyOf)
	}
	if f.When != nil || len(got) != 4 || got["one"] != 1 || got["method"] != 1 || got["two"] != 0 || got["always"] != 0 {
		t.Errorf("the function has the condition %q, and its statements this many: %v", f.When, got)
	}
}

// TestCoexisting compares the sets of rules that exist together with the conditions' values.
func TestCoexisting(t *testing.T) {
	p := &Package{Parameters: []*Parameter{{Name: "Stage", Allowed: stages}}}
	condition := func(w When) When { return w }
	for seed := range uint64(50) {
		g := rand.New(rand.NewPCG(seed, 0))
		var rules []When
		for range 4 {
			rules = append(rules, randomWhen(g))
		}
		want, got := map[string]bool{}, map[string]bool{}
		for _, stage := range stages {
			for _, other := range append(stages, "another") {
				var set []When
				for _, w := range rules {
					if w.holds(stage, other) {
						set = append(set, w)
					}
				}
				want[fmt.Sprint(set)] = true
			}
		}
		for set := range Coexisting(p, rules, condition) {
			got[fmt.Sprint(set)] = true
		}
		if !maps.Equal(want, got) {
			t.Fatalf("rules %v: got the sets %v, want %v", rules, got, want)
		}
	}
	many := slices.Repeat([]When{{{Param: "Stage", Values: []string{"dev"}}}}, 8)
	for i := range many {
		many[i] = When{{Param: fmt.Sprint("P", i), Values: []string{"a", "b"}}}
	}
	for set := range Coexisting(p, many, condition) {
		if len(set) != len(many) {
			t.Errorf("with too many combinations, a set has %d rules", len(set))
		}
	}
}
