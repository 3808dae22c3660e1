package pattern

import (
	"slices"
	"testing"
)

// TestSerialsBeginAnew matches on when the serial numbers of objects and values
// run out.
func TestSerialsBeginAnew(t *testing.T) {
	var patterns []*Pattern
	for _, src := range []string{`{"a": {"b": ["x"]}}`, `{"a": {"b": [{"anything-but": "x"}]}}`, `{"a": {"b": [{"exists": false}]}}`} {
		p, err := Parse([]byte(src))
		if err != nil {
			t.Fatal(err)
		}
		patterns = append(patterns, p)
	}
	m := newMatcher(Compile(patterns...))
	m.serial, m.values = mostSerials-5, mostSerials-3
	for i := range 20 {
		for event, want := range map[string][]int{
			`{"a": {"b": "x"}}`:   {0},
			`{"a": {"b": "y"}}`:   {1},
			`{"a": [{"c": "x"}]}`: {2},
		} {
			if got, err := m.match([]byte(event), nil); err != nil || !slices.Equal(got, want) {
				t.Fatalf("round %d: %s: got %v, %v, want %v", i, event, got, err, want)
			}
		}
	}
	if m.serial > 1000 || m.values > 1000 {
		t.Errorf("the numbers have not begun anew: %d, %d", m.serial, m.values)
	}
}

// TestTable finds keys of any length, and no others.
func TestTable(t *testing.T) {
	var keys []string
	text := "arn:aws:iam::123456789012:role/service-role/x"
	for n := range len(text) {
		keys = append(keys, text[:n], text[:n]+"1", text[:n]+"2")
	}
	slices.Sort(keys)
	keys = slices.Compact(keys)
	table := newTable(keys)
	for i, key := range keys {
		for _, room := range []int{0, 20} { // whether there are bytes behind the key
			b := append(make([]byte, 0, len(key)+room), key...)
			if got := table.find(b); got != i {
				t.Errorf("%q: got %d, want %d", key, got, i)
			}
		}
		if got := table.find([]byte(key + "?")); got >= 0 {
			t.Errorf("%q: got %d", key+"3", got)
		}
	}
}

// TestAffixes finds the longest text that a string begins with, and by the
// parents the others.
func TestAffixes(t *testing.T) {
	a := newAffixes([]string{"a", "ab", "abc", "abd", "b", "bcd", "é"})
	tests := []struct {
		s    string
		want []string
	}{
		{"abcd", []string{"abc", "ab", "a"}},
		{"abz", []string{"ab", "a"}},
		{"ac", []string{"a"}},
		{"b", []string{"b"}},
		{"bc", []string{"b"}},
		{"bcdabc", []string{"bcd", "b"}},
		{"éa", []string{"é"}},
		{"", nil}, {"c", nil}, {"A", nil},
	}
	for _, tt := range tests {
		var got []string
		for i := a.find([]byte(tt.s)); i >= 0; i = a.parents[i] {
			got = append(got, a.texts[i])
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%q: got %q, want %q", tt.s, got, tt.want)
		}
	}
}
