package parse

import (
	"strings"
	"testing"

	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/gosource"
)

func TestWays(t *testing.T) {
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
		{"each branch at least", `{$or: ` + list(500) + `, c: {$or: ` + list(20) + `}}`, 500},
		{"more than are looked at", `{$or: ` + list(1200) + `}`, maxBranches},
		{"one without branches", `{a: [1], $or: []}`, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n, problems := directive.Parse(tt.pattern, directive.WantMap)
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			all := ways((&packageParser{}).treeOf(gosource.Line{}, n))
			if len(all) != tt.want {
				t.Errorf("%d ways, want %d", len(all), tt.want)
			}
		})
	}
}

// TestWaysKeepTheirFields checks that ways which share a beginning don't write
// over each other's fields.
func TestWaysKeepTheirFields(t *testing.T) {
	n, problems := directive.Parse(`{a: [1], $or: [{b: [1], d: [1]}, {c: [1], d: [1]}], g: [1]}`, directive.WantMap)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var got []string
	for _, w := range ways((&packageParser{}).treeOf(gosource.Line{}, n)) {
		var keys []string
		for _, f := range w.fields {
			keys = append(keys, f.key)
		}
		got = append(got, strings.Join(keys, ""))
	}
	if strings.Join(got, " ") != "abdg acdg" {
		t.Errorf("ways %q, want abdg and acdg", got)
	}
}
