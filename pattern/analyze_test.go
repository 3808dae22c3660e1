package pattern_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/pattern"
)

func mustParse(t testing.TB, src string) *pattern.Pattern {
	t.Helper()
	p, err := pattern.Parse([]byte(src))
	if err != nil {
		t.Fatalf("%s: %v", src, err)
	}
	return p
}

func match(t testing.TB, p *pattern.Pattern, event []byte) bool {
	t.Helper()
	ok, err := p.Match(event)
	if err != nil {
		t.Fatalf("%s: %v", event, err)
	}
	return ok
}

func TestOverlap(t *testing.T) {
	tests := []struct {
		name, a, b string
		want       pattern.Answer
	}{
		{"same literal", `{"a": ["x", "y"]}`, `{"a": ["y", "z"]}`, pattern.Yes},
		{"other literals", `{"a": ["x"]}`, `{"a": ["z"]}`, pattern.No},
		{"other fields", `{"a": ["x"]}`, `{"b": ["x"]}`, pattern.Yes},
		{"string and number", `{"a": ["1"]}`, `{"a": [1]}`, pattern.No},
		{"equal numbers", `{"a": [1.0]}`, `{"a": [1]}`, pattern.Yes},
		{"prefix in prefix", `{"a": [{"prefix": "ab"}]}`, `{"a": [{"prefix": "abc"}]}`, pattern.Yes},
		{"prefix beside prefix", `{"a": [{"prefix": "ab"}]}`, `{"a": [{"prefix": "ac"}]}`, pattern.No},
		{"prefix and suffix that share", `{"a": [{"prefix": "ab"}]}`, `{"a": [{"suffix": "bc"}]}`, pattern.Yes},
		{"wildcards that cross", `{"a": [{"wildcard": "x*y"}]}`, `{"a": [{"wildcard": "*z*"}]}`, pattern.Yes},
		{"wildcards that don't", `{"a": [{"wildcard": "x*y"}]}`, `{"a": [{"wildcard": "*z"}]}`, pattern.No},
		{"case", `{"a": [{"equals-ignore-case": "AbC"}]}`, `{"a": [{"prefix": "aB"}]}`, pattern.Yes},
		{"ß is SS", `{"a": [{"equals-ignore-case": "ß"}]}`, `{"a": ["SS"]}`, pattern.Yes},
		{"ß is SS within", `{"a": [{"equals-ignore-case": "aß"}]}`, `{"a": [{"wildcard": "*S"}]}`, pattern.Yes},
		{"SS is not ß", `{"a": [{"equals-ignore-case": "SS"}]}`, `{"a": ["ß"]}`, pattern.No},
		{"ranges that touch", `{"a": [{"numeric": ["<=", 5]}]}`, `{"a": [{"numeric": [">=", 5]}]}`, pattern.Yes},
		{"ranges that don't", `{"a": [{"numeric": ["<", 5]}]}`, `{"a": [{"numeric": [">=", 5]}]}`, pattern.No},
		{"nothing between", `{"a": [{"numeric": [">", 0.1]}]}`, `{"a": [{"numeric": ["<", 0.10000000000000002]}]}`, pattern.No},
		{"negation", `{"a": [{"anything-but": {"prefix": "a"}}]}`, `{"a": ["a1", "a2"]}`, pattern.No},
		{"negation of nearly all", `{"a": [{"anything-but": {"wildcard": "*"}}]}`, `{"a": [{"prefix": "x"}]}`, pattern.No},
		{"negation takes other types", `{"a": [{"anything-but": {"wildcard": "*"}}]}`, `{"a": [{"anything-but": "x"}]}`, pattern.Yes},
		{"absent and there", `{"a": [{"exists": false}]}`, `{"a": [{"exists": true}]}`, pattern.No},
		{"both absent", `{"a": [{"exists": false}]}`, `{"a": [{"exists": false}, "x"]}`, pattern.Yes},
		{"block in block", `{"a": [{"cidr": "10.0.0.0/8"}]}`, `{"a": [{"cidr": "10.1.0.0/16"}]}`, pattern.Yes},
		{"blocks apart", `{"a": [{"cidr": "11.0.0.0/8"}, "x"]}`, `{"a": [{"cidr": "10.1.0.0/16"}, 1]}`, pattern.No},
		{"block and prefix", `{"a": [{"cidr": "10.0.0.0/8"}, "x", 1]}`, `{"a": [{"prefix": "10.77."}, 2]}`, pattern.Unknown},
		{"branches", `{"$or": [{"a": ["x"]}, {"b": ["x"]}], "c": ["1"]}`, `{"a": ["y"], "c": ["1"]}`, pattern.Yes},
		{"branches apart", `{"$or": [{"a": ["x"]}, {"a": ["z"]}]}`, `{"a": ["y"]}`, pattern.No},
		{"dotted", `{"a": {"b": ["x"]}}`, `{"a.b": ["y"]}`, pattern.No},
		{"a value and one below it", `{"a": ["x"]}`, `{"a": {"b": ["y"]}}`, pattern.Yes},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a, b := mustParse(t, tt.a), mustParse(t, tt.b)
			got, event := pattern.Overlap(a, b)
			if got != tt.want {
				t.Fatalf("got %v, want %v", got, tt.want)
			}
			if got == pattern.Yes && !(match(t, a, event) && match(t, b, event)) {
				t.Errorf("the witness %s doesn't match both", event)
			}
			if again, _ := pattern.Overlap(b, a); again != got {
				t.Errorf("the other way round it is %v", again)
			}
		})
	}
}

func TestContains(t *testing.T) {
	tests := []struct {
		name, outer, inner string
		want               pattern.Answer
	}{
		{"itself", `{"a": ["x", {"prefix": "y"}]}`, `{"a": [{"prefix": "y"}, "x"]}`, pattern.Yes},
		{"more fields", `{"a": ["x"]}`, `{"a": ["x"], "b": ["y"]}`, pattern.Yes},
		{"fewer fields", `{"a": ["x"], "b": ["y"]}`, `{"a": ["x"]}`, pattern.No},
		{"literal in prefix", `{"a": [{"prefix": "st"}]}`, `{"a": ["stop", "start"]}`, pattern.Yes},
		{"prefix in literals", `{"a": ["stop", "start"]}`, `{"a": [{"prefix": "st"}]}`, pattern.No},
		{"union covers", `{"a": [{"numeric": ["<", 5]}, {"numeric": [">=", 5]}]}`, `{"a": [{"numeric": [">", -1]}]}`, pattern.Yes},
		{"union with a gap", `{"a": [{"numeric": ["<", 5]}, {"numeric": [">", 5]}]}`, `{"a": [{"numeric": [">", -1]}]}`, pattern.No},
		{"branches cover", `{"$or": [{"a": [{"prefix": "x"}]}, {"a": [{"anything-but": {"prefix": "x"}}]}]}`, `{"a": [{"exists": true}]}`, pattern.Yes},
		{"one of the branches", `{"$or": [{"a": ["x"]}, {"b": ["y"]}]}`, `{"b": ["y"], "a": ["z"]}`, pattern.Yes},
		{"none of the branches", `{"$or": [{"a": ["x"]}, {"b": ["y"]}]}`, `{"b": ["x"]}`, pattern.No},
		{"never matches", `{"a": ["x"]}`, `{"a": [{"anything-but": {"wildcard": "*"}}], "b": ["x"]}`, pattern.No},
		{"absence", `{"a": [{"exists": false}, "x"]}`, `{"a": [{"exists": false}]}`, pattern.Yes},
		{"no constraint", `{"a": [{"exists": false}, {"exists": true}]}`, `{"b": ["x"]}`, pattern.Yes},
		{"blocks", `{"a": [{"cidr": "10.0.0.0/8"}]}`, `{"a": [{"cidr": "10.1.0.0/16"}]}`, pattern.Yes},
		{"blocks that numbers fall in", `{"a": [{"cidr": "16.0.0.0/4"}]}`, `{"a": [{"cidr": "17.0.0.0/8"}]}`, pattern.Unknown},
		{"blocks not", `{"a": [{"cidr": "10.1.0.0/16"}]}`, `{"a": [{"cidr": "10.0.0.0/8"}]}`, pattern.No},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			outer, inner := mustParse(t, tt.outer), mustParse(t, tt.inner)
			got, event := pattern.Contains(outer, inner)
			if got != tt.want {
				t.Fatalf("got %v (%s), want %v", got, event, tt.want)
			}
			if got == pattern.No && (match(t, outer, event) || !match(t, inner, event)) {
				t.Errorf("the witness %s is none", event)
			}
		})
	}
}

// TestSatisfiableWithParams checks that a pattern whose value is unknown until deployment
// is not reported as one that can't match.
func TestSatisfiableWithParams(t *testing.T) {
	for _, src := range []string{`{"a": [{"cidr": "${Net}"}]}`, `{"a": [{"cidr": "${Net}"}, "x"]}`, `{"a": ["${Net}"]}`} {
		p, err := pattern.ParseWithParams([]byte(src), []string{"Net"})
		if err != nil {
			t.Fatal(err)
		}
		if p.Satisfiable() == pattern.No {
			t.Errorf("%s: got %v", src, pattern.No)
		}
	}
}

func TestSatisfiable(t *testing.T) {
	tests := []struct {
		name, pattern string
		want          pattern.Answer
		sample        string
	}{
		{"literals", `{"source": ["aws.ec2"], "detail": {"state": ["stopping", "stopped"]}}`, pattern.Yes,
			`{"detail":{"state":"stopping"},"source":"aws.ec2"}`},
		{"operators", `{"a": [{"prefix": "in/"}], "b": [{"suffix": ".csv"}], "c": [{"wildcard": "x*y"}], "d": [{"anything-but": "x"}]}`, pattern.Yes,
			`{"a":"in/","b":".csv","c":"xy","d":"other"}`},
		{"numbers", `{"a": [{"numeric": [">", 10, "<", 20]}], "b": [{"numeric": ["<", 0]}], "c": [{"numeric": [">", 0.1, "<", 0.2]}]}`, pattern.Yes,
			`{"a":11,"b":-1,"c":0.15000000000000002}`},
		{"address", `{"a": [{"cidr": "10.0.0.0/8"}]}`, pattern.Yes, `{"a":"10.0.0.0"}`},
		{"absence", `{"a": [{"exists": false}], "b": [null]}`, pattern.Yes, `{"b":null}`},
		{"a value and one below it", `{"a": ["x"], "a.b": ["y"]}`, pattern.Yes, `{"a":"x","a.b":"y"}`},
		{"no float between", `{"a": [{"numeric": [">", 0.1, "<", 0.10000000000000002]}]}`, pattern.No, ``},
		{"second branch, the first has no float between", `{"$or": [{"a": [{"numeric": [">", 0.1, "<", 0.10000000000000002]}]}, {"b": ["x"]}]}`, pattern.Yes,
			`{"b":"x"}`},
		{"large numbers", `{"a": [{"numeric": [">", 1e300]}], "b": [{"anything-but": 1e17}], "c": [1e999]}`, pattern.Yes,
			`{"a":1.0000000000000002e+300,"b":0,"c":1e999}`},
		{"second branch", `{"$or": [{"a": [{"anything-but": {"wildcard": "*"}}]}, {"b": [1]}]}`, pattern.Yes, `{"a":0}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := mustParse(t, tt.pattern)
			if got := p.Satisfiable(); got != tt.want {
				t.Fatalf("got %v, want %v", got, tt.want)
			}
			event, _ := p.Sample()
			if string(event) != tt.sample {
				t.Errorf("got sample %s, want %s", event, tt.sample)
			}
		})
	}
}

func TestNearMissesOfNothing(t *testing.T) {
	if got := mustParse(t, `{"a": [{"numeric": [">", 0.1, "<", 0.10000000000000002]}]}`).NearMisses(); got != nil {
		t.Errorf("got %s", got)
	}
}

// TestAnalysisGivesUp on patterns of very many combinations.
func TestAnalysisGivesUp(t *testing.T) {
	var many string
	for i := range 9 {
		many += fmt.Sprintf(`"k%d": {"$or": [{"a": [{"prefix": "x"}]}, {"b": ["y"]}]},`, i)
	}
	a, b := mustParse(t, `{`+many+`"z": ["x"]}`), mustParse(t, `{`+many+`"z": ["y"]}`)
	if got, _ := pattern.Overlap(a, b); got != pattern.Unknown {
		t.Errorf("overlap: got %v", got)
	}
	if got, _ := pattern.Contains(a, a); got != pattern.Unknown {
		t.Errorf("contains: got %v", got)
	}
}

// TestComparerGivesUpSooner compares patterns with many wildcards, which would take minutes
// without a limit. An easy comparison after them still has a result.
func TestComparerGivesUpSooner(t *testing.T) {
	var all []*pattern.Pattern
	patterns := 10
	if testing.Short() {
		patterns = 2
	}
	for i := range patterns {
		var wildcards []string
		for j := range 4 {
			text := "*"
			for k := range 15 {
				text += string("abcdefghijklmnopqrstuvwxyz0123456789"[(k*[]int{1, 5, 7, 11}[j]+i*(j+1))%36])
				if k%3 == 2 {
					text += "*"
				}
			}
			wildcards = append(wildcards, fmt.Sprintf(`{"wildcard": %q}`, text))
		}
		all = append(all, mustParse(t, `{"a": [`+strings.Join(wildcards, ", ")+`]}`))
	}
	easy, other := mustParse(t, `{"a": [{"wildcard": "a*b*c"}]}`), mustParse(t, `{"a": [{"wildcard": "*b*d"}, {"prefix": "aa"}]}`)
	allocs := testing.AllocsPerRun(1, func() {
		var c pattern.Comparer
		for i, a := range all {
			for _, b := range all[:i] {
				if got, _ := c.Overlap(a, b); got == pattern.No {
					t.Errorf("%s and %s don't overlap", a, b)
				}
			}
		}
		if got, witness := c.Overlap(easy, other); got != pattern.Yes {
			t.Errorf("afterwards: got %v, %s", got, witness)
		}
	})
	if allocs > 50e6 {
		t.Errorf("%.0f allocations", allocs)
	}
}

func TestNearMisses(t *testing.T) {
	p := mustParse(t, `{"source": ["aws.ec2"], "detail": {"state": [{"prefix": "stop"}], "size": [{"numeric": [">=", 10]}],
		"dry": [{"exists": false}], "any": [{"exists": true}, {"exists": false}]}}`)
	want := map[string]string{
		"source":       `{"detail":{"any":"other","size":10,"state":"stop"},"source":"other"}`,
		"detail.state": `{"detail":{"any":"other","size":10,"state":"other"},"source":"aws.ec2"}`,
		"detail.size":  `{"detail":{"any":"other","size":0,"state":"stop"},"source":"aws.ec2"}`,
		"detail.dry":   `{"detail":{"any":"other","dry":"other","size":10,"state":"stop"},"source":"aws.ec2"}`,
	}
	misses := p.NearMisses()
	for _, m := range misses {
		if string(m.Event) != want[m.Path] {
			t.Errorf("%s: got %s, want %s", m.Path, m.Event, want[m.Path])
		}
		if match(t, p, m.Event) {
			t.Errorf("%s: %s matches", m.Path, m.Event)
		}
	}
	if len(misses) != len(want) {
		t.Errorf("got %d near misses, want %d", len(misses), len(want))
	}
}

func TestFieldTakesAll(t *testing.T) {
	tests := []struct {
		alternatives     string
		always, anyValue pattern.Answer
	}{
		{`[{"exists": true}]`, pattern.No, pattern.Yes},
		{`[{"exists": true}, {"exists": false}]`, pattern.Yes, pattern.Yes},
		{`[{"anything-but": "a"}, {"anything-but": "b"}]`, pattern.No, pattern.Yes},
		{`[{"anything-but": "a"}, "a", {"exists": false}]`, pattern.Yes, pattern.Yes},
		{`[{"anything-but": ["a", "b"]}, {"anything-but": ["b", "c"]}]`, pattern.No, pattern.No},
		{`[{"wildcard": "*"}]`, pattern.No, pattern.No},
		{`[{"wildcard": "*"}, {"anything-but": {"prefix": ["a"]}}]`, pattern.No, pattern.Yes},
		{`[{"numeric": ["<", 5]}, {"numeric": [">=", 5]}, {"anything-but": 5}]`, pattern.No, pattern.Yes},
	}
	for _, tt := range tests {
		for f := range mustParse(t, `{"a": `+tt.alternatives+`}`).Fields() {
			if got := f.Always(); got != tt.always {
				t.Errorf("%s: always: got %v, want %v", tt.alternatives, got, tt.always)
			}
			if got := f.AnyValue(); got != tt.anyValue {
				t.Errorf("%s: any value: got %v, want %v", tt.alternatives, got, tt.anyValue)
			}
		}
	}
}
