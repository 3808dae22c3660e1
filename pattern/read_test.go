package pattern_test

import (
	"reflect"
	"strings"
	"testing"

	matcher "github.com/jobgen/jobgen/internal/match"
	"github.com/jobgen/jobgen/pattern"
)

// checkRead compares the set that a dispatcher builds from the texts of patterns with the set
// that Compile builds from the patterns.
func checkRead(t *testing.T, patterns ...*pattern.Pattern) {
	t.Helper()
	b := matcher.NewBuilder()
	for i, p := range patterns {
		if err := b.Read(i, p.Source()); err != nil {
			t.Fatalf("%s: %v", p.Source(), err)
		}
	}
	if !reflect.DeepEqual(b.Set(), pattern.Compile(patterns...).Rules()) {
		t.Errorf("dispatchers read these patterns otherwise:\n%s", list(patterns))
	}
}

func TestDispatchersReadPatternsAsParseDoes(t *testing.T) {
	for _, src := range []string{
		`{"a":[1,"x",true,null,1.0,12345678901234567890,{"exactly":"y"}]}`,
		`{"a":[{"prefix":"p"},{"suffix":"s"},{"prefix":{"equals-ignore-case":"P"}},{"suffix":{"equals-ignore-case":"S"}},{"equals-ignore-case":"e"}]}`,
		`{"a":[{"wildcard":"*x\\\\*y*"},{"cidr":"10.0.0.0/8"},{"cidr":"2001:db8::/32"},{"exists":true}],"b":[{"exists":false}]}`,
		`{"a":[{"numeric":["=",1]},{"numeric":["<",2]},{"numeric":["<=",2]},{"numeric":[">",2]},{"numeric":[">=",2,"<",5]}]}`,
		`{"a":[{"anything-but":"x"}],"b":[{"anything-but":["x","y"]}],"c":[{"anything-but":[1,2]}]}`,
		`{"a":[{"anything-but":{"prefix":"x"}}],"b":[{"anything-but":{"wildcard":["x*","*y"]}}],"c":[{"anything-but":{"equals-ignore-case":"x"}}]}`,
		`{"$or":[{"a":["x"]},{"b":{"$or":[{"c":["y"]},{"d":["z"]}]}}],"a":["w"],"e":["v"]}`,
		`{"$or":["x"],"a":{"$or":{"b":["y"]}}}`,
		`{"a.b":["x"],"a":{"b":["y"]},"\u0061":{"b":["z"]},"\ud83d\ude00":["s"],"\uffff":["t"]}`,
	} {
		p, err := pattern.Parse([]byte(src))
		if err != nil {
			t.Fatalf("%s: %v", src, err)
		}
		checkRead(t, p)
	}
	for seed := range uint64(400) {
		g := newGenerator(seed)
		var patterns []*pattern.Pattern
		for range 1 + g.IntN(4) {
			if p, err := pattern.Parse([]byte(g.pattern(3))); err == nil {
				patterns = append(patterns, p)
			}
		}
		checkRead(t, patterns...)
		if t.Failed() {
			return
		}
	}
}

// TestDispatchersRefuseWhatParametersSpoil has texts that are no patterns because of
// the value of a parameter, or because generated code was edited.
func TestDispatchersRefuseWhatParametersSpoil(t *testing.T) {
	for src, want := range map[string]string{
		`{"a":[{"cidr":"10.0.0.0"}]}`:                 `cidr "10.0.0.0": it has no mask`,
		`{"a":[{"wildcard":"x**"}]}`:                  "two stars in a row",
		`{"a":[{"anything-but":{"wildcard":"\\x"}}]}`: "a backslash that escapes neither",
		`{"a":[{"anything-but":{"suffix":""}}]}`:      "would match no string",
		`{"a":[{"numeric":["<"]}]}`:                   "not an event pattern",
		`{"a":[{"less":1}]}`:                          "not an event pattern",
		`{"a":[[1]]}`:                                 "not an event pattern",
		`{"a":[{}]}`:                                  "not an event pattern",
		`{"a":[]}`:                                    "not an event pattern",
		`{"a":"x"}`:                                   "not an event pattern",
		`["a"]`:                                       "not an event pattern",
		`{"a"`:                                        "not an event pattern",
	} {
		if err := matcher.NewBuilder().Read(0, src); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %s", src, err, want)
		}
	}
}
