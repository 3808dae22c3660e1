package lint

import (
	"strings"
	"testing"
)

func TestConjuncts(t *testing.T) {
	list := func(n int) string { return "[" + strings.TrimSuffix(strings.Repeat("{b: [1]}, ", n), ", ") + "]" }
	tests := []struct {
		name, pattern string
		want          int
	}{
		{"no $or", `{a: [1], b: [2]}`, 1},
		{"one", `{a: [1], $or: [{b: [1]}, {c: [1]}]}`, 2},
		{"one in another", `{$or: [{$or: [{a: [1]}, {b: [1]}]}, {c: [1]}]}`, 3},
		{"an ordinary field of that name", `{$or: {a: [1]}}`, 1},
		{"below a field", `{detail: {a: [1], $or: [{b: [1]}, {c: [1]}]}}`, 2},
		{"below a branch's field", `{$or: [{detail: {$or: [{b: [1]}, {c: [1]}]}}, {d: [1]}]}`, 3},
		{"each branch at least once", `{$or: ` + list(500) + `, c: {$or: ` + list(20) + `}}`, 500},
		{"more than maxBranches", `{$or: ` + list(1200) + `}`, maxBranches},
		{"one without branches", `{a: [1], $or: []}`, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			all := ruleOf(t, tt.pattern).conjuncts()
			if len(all) != tt.want {
				t.Errorf("%d conjuncts, want %d", len(all), tt.want)
			}
		})
	}
}

// TestConjunctsKeepTheirMembers checks that conjuncts with common members don't overwrite
// each other's members.
func TestConjunctsKeepTheirMembers(t *testing.T) {
	var got []string
	for _, c := range ruleOf(t, `{a: [1], $or: [{b: [1], d: [1]}, {c: [1], d: [1]}], g: [1]}`).conjuncts() {
		var keys []string
		for _, m := range c.members {
			keys = append(keys, m.Key)
		}
		got = append(got, strings.Join(keys, ""))
	}
	if strings.Join(got, " ") != "abdg acdg" {
		t.Errorf("conjuncts %q, want abdg and acdg", got)
	}
}
