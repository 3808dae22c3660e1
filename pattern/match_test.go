package pattern_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/pattern"
)

// TestAlternatives tells of one field what takes which values.
func TestAlternatives(t *testing.T) {
	tests := []struct {
		alternatives string
		takes        []string
		leaves       []string
	}{
		{`["a"]`, []string{`"a"`, `"\u0061"`, `["b", "a"]`, `[["a"]]`}, []string{`"A"`, `"aa"`, `""`, `{"a": "a"}`, `[]`, `null`}},
		{`[""]`, []string{`""`}, []string{`" "`, `null`, `[]`, `false`}},
		{`["é", "🚀", "\ud83d\ude80!"]`, []string{`"\u00e9"`, `"🚀"`, `"\uD83D\uDE80"`, `"🚀!"`}, []string{`"e\u0301"`, `"\ud83d"`}},
		{`["a\"\\/\n\t"]`, []string{`"a\"\\\/\n\t"`, `"a\u0022\u005c/\u000a\u0009"`}, []string{`"a\"\\"`}},
		{`["300"]`, []string{`"300"`}, []string{`300`}},
		{`[300]`, []string{`300`, `300.0`, `3.0e2`, `3E+2`, `30000e-2`}, []string{`"300"`, `301`, `-300`, `300.0000001`}},
		{`[0]`, []string{`0`, `-0`, `0.0`, `0e9`, `0e-999999999999`}, []string{`1e-9`, `""`, `null`, `false`}},
		{`[0.1]`, []string{`0.1`, `1e-1`, `0.10000000000000000`}, []string{`0.10000000000000002`}},
		{`[9007199254740993]`, []string{`9007199254740993`}, []string{`9007199254740992`, `9007199254740993.0`}},
		{`[9007199254740992]`, []string{`9007199254740992`, `9007199254740992.0`}, []string{`9007199254740993`}},
		{`[0.12345678901234567]`, []string{`0.12345678901234567`}, []string{`0.12345678901234568`, `0.123456789012345670`}},
		{`[12345678901234567890]`, []string{`12345678901234567890`}, []string{`12345678901234567891`, `1.2345678901234567890e19`}},
		{`[1e999]`, []string{`1e999`}, []string{`1E999`, `1e998`}},
		{`[true]`, []string{`true`}, []string{`false`, `"true"`, `1`}},
		{`[null]`, []string{`null`, `[null]`}, []string{`"null"`, `false`, `{}`, `[]`}},
		{`[{"exactly": "a"}]`, []string{`"a"`}, []string{`"ab"`}},

		{`[{"prefix": "ab"}]`, []string{`"ab"`, `"abc"`, `"a\u0062"`, `["x", "abx"]`}, []string{`"a"`, `"xab"`, `"AB"`, `12`}},
		{`[{"prefix": ""}]`, []string{`""`, `"x"`}, []string{`1`, `null`}},
		{`[{"prefix": "1"}]`, []string{`"12"`}, []string{`12`}},
		{`[{"suffix": "ab"}]`, []string{`"ab"`, `"xab"`}, []string{`"b"`, `"abx"`, `"xAB"`}},
		{`[{"suffix": ""}]`, []string{`""`, `"x"`}, []string{`1`, `true`}},
		{`[{"suffix": "é"}]`, []string{`"é"`, `"caf\u00e9"`}, []string{`"\u00c9"`}},
		{`[{"prefix": {"equals-ignore-case": "aB"}}]`, []string{`"AbX"`, `"ab"`}, []string{`"a"`, `"xab"`}},
		{`[{"suffix": {"equals-ignore-case": "aB"}}]`, []string{`"xAb"`, `"AB"`}, []string{`"abx"`}},
		{`[{"prefix": "a"}, {"prefix": "abc"}, {"prefix": "abd"}]`, []string{`"a"`, `"abe"`}, []string{`"b"`}},

		{`[{"equals-ignore-case": "aB-1"}]`, []string{`"AB-1"`, `"ab-1"`}, []string{`"ab-"`, `"ab-11"`}},
		{`[{"equals-ignore-case": ""}]`, []string{`""`}, []string{`"a"`, `[]`}},
		{`[{"equals-ignore-case": "É"}]`, []string{`"é"`, `"É"`}, []string{`"e"`, `"E"`}},
		{`[{"equals-ignore-case": "ß"}]`, []string{`"ß"`, `"SS"`}, []string{`"ss"`, `"ẞ"`}},
		{`[{"equals-ignore-case": "ss"}]`, []string{`"SS"`, `"sS"`}, []string{`"ß"`, `"ſs"`}},
		{`[{"equals-ignore-case": "ſ"}]`, []string{`"ſ"`, `"S"`}, []string{`"s"`}},
		{`[{"equals-ignore-case": "k"}]`, []string{`"K"`, `"k"`}, []string{`"\u212a"`}},
		{`[{"equals-ignore-case": "İ"}]`, []string{`"İ"`, `"i̇"`}, []string{`"i"`, `"I"`}},
		{`[{"equals-ignore-case": "x😀"}]`, []string{`"x??"`}, []string{`"x😀"`, `"X😀"`}},
		{`[{"equals-ignore-case": "𐐀"}]`, nil, []string{`"𐐀"`, `"𐐨"`}},
		{`[{"suffix": {"equals-ignore-case": "😀"}}]`, nil, []string{`"😀"`}},
		{`[{"equals-ignore-case": "ﬁne"}]`, []string{`"ﬁNE"`, `"FIne"`}, []string{`"fine"`}},

		{`[{"wildcard": "*"}]`, []string{`""`, `"x"`}, []string{`1`, `null`, `[]`}},
		{`[{"wildcard": "a*"}]`, []string{`"a"`, `"ab"`}, []string{`"ba"`}},
		{`[{"wildcard": "*a"}]`, []string{`"a"`, `"ba"`}, []string{`"ab"`}},
		{`[{"wildcard": "a*a"}]`, []string{`"aa"`, `"aba"`}, []string{`"a"`}},
		{`[{"wildcard": "*a*b*"}]`, []string{`"ab"`, `"xaxbx"`, `"aab"`}, []string{`"ba"`}},
		{`[{"wildcard": "a*bc*bd"}]`, []string{`"abcbd"`, `"abcbcbd"`}, []string{`"abcd"`, `"abd"`}},
		{`[{"wildcard": "a\\*b"}]`, []string{`"a*b"`}, []string{`"axb"`}},
		{`[{"wildcard": "a\\\\*"}]`, []string{`"a\\b"`, `"a\\"`}, []string{`"ab"`}},
		{`[{"wildcard": "a"}]`, []string{`"a"`}, []string{`"ab"`}},
		{`[{"wildcard": "日*"}]`, []string{`"日本"`}, []string{`"本日"`}},

		{`[{"anything-but": "a"}]`, []string{`"b"`, `1`, `null`, `true`, `["a", "b"]`}, []string{`"a"`, `["a", "a"]`, `[]`, `{}`, `{"x": 1}`}},
		{`[{"anything-but": ["a", "b"]}]`, []string{`"c"`, `""`}, []string{`"a"`, `"b"`}},
		{`[{"anything-but": 5}]`, []string{`6`, `"5"`, `null`}, []string{`5`, `5.0`}},
		{`[{"anything-but": [5, 6]}]`, []string{`7`}, []string{`5`, `6e0`}},
		{`[{"anything-but": {"prefix": "a"}}]`, []string{`"ba"`, `1`, `null`}, []string{`"a"`, `"ab"`}},
		{`[{"anything-but": {"suffix": ["a", "b"]}}]`, []string{`"ac"`}, []string{`"xa"`, `"b"`}},
		{`[{"anything-but": {"equals-ignore-case": ["a", "É"]}}]`, []string{`"b"`}, []string{`"A"`, `"é"`}},
		{`[{"anything-but": {"wildcard": ["*a*", "b"]}}]`, []string{`"c"`, `1`}, []string{`"xax"`, `"b"`}},
		{`[{"anything-but": {"wildcard": "*"}}]`, []string{`1`, `true`}, []string{`""`, `"x"`}},
		{`[{"anything-but": "a"}, "a"]`, []string{`"a"`, `"b"`}, []string{`[]`}},

		{`[{"numeric": ["=", 5]}]`, []string{`5`, `5.0`}, []string{`"5"`, `5.1`, `null`}},
		{`[{"numeric": [">", 0, "<=", 5]}]`, []string{`5`, `0.0001`, `[9, 1]`}, []string{`0`, `5.0001`, `[9, -1]`}},
		{`[{"numeric": [">=", -1.5, "<", 1e3]}]`, []string{`-1.5`, `999.9`}, []string{`-1.6`, `1000`}},
		{`[{"numeric": ["<", 5]}]`, []string{`4`, `-1e300`}, []string{`5`}},
		{`[{"numeric": [">", 5]}]`, []string{`1e300`}, []string{`5`, `1e999`, `123456789012345678`}},

		{`[{"cidr": "10.0.0.0/24"}]`, []string{`"10.0.0.0"`, `"10.0.0.255"`, `"010.000.000.007"`}, []string{`"10.0.1.0"`, `"10.0.0"`, `"10.0.0.256"`, `"x"`, `123`}},
		{`[{"cidr": "10.0.0.77/24"}]`, []string{`"10.0.0.1"`}, []string{`"10.0.1.77"`}},
		{`[{"cidr": "0.0.0.0/0"}]`, []string{`"1.2.3.4"`, `1`, `1.5`, `"2001:db8::1"`}, []string{`0`, `-1`, `"1"`}},
		{`[{"cidr": "32.1.13.184/31"}]`, []string{`"2001:db8::1"`, `"2001:db9::1"`}, []string{`"2001:dba::1"`}},
		{`[{"cidr": "10.0.0.0/+24"}]`, []string{`"10.0.0.1"`}, []string{`"10.0.1.1"`}},
		{`[{"cidr": "16.0.0.0/8"}]`, []string{`105`, `"16.1.2.3"`}, []string{`115`, `10`}},
		{`[{"cidr": "0.0.0.0/0"}, 7]`, []string{`7`, `"1.2.3.4"`}, []string{`1`}},
		{`[{"cidr": "2001:db8::/32"}]`, []string{`"2001:db8::1"`, `"2001:0DB8:0:0:0:0:0:1"`}, []string{`"2001:db9::"`, `"10.0.0.1"`, `"2001:db8::1%eth0"`}},
		{`[{"cidr": "10.0.0.0/8"}]`, []string{`"::ffff:0a00:1"`}, []string{`"::ffff:10.0.0.1"`, `"::0a00:1"`}},
		{`[{"cidr": "::/0"}]`, []string{`"::"`, `"ffff::"`, `"1.2.3.4"`}, []string{`":"`, `"0.0.0.0"`}},

		{`["10.0.0.7"]`, []string{`"10.0.0.7"`, `"010.000.000.007"`, `"::ffff:a00:7"`}, []string{`"10.0.0.8"`, `"10.0.0.70"`, `"0A000007"`}},
		{`["2001:db8::1"]`, []string{`"2001:DB8:0::1"`}, []string{`"2001:db8::2"`, `"32.1.13.184"`}},
		{`["16.0.0.1"]`, []string{`"16.0.0.1"`, `"1000:1::"`, `10000001`, `100000015`}, []string{`1000000`, `10000002`}},
		{`["16.0.0.1", 5]`, []string{`"16.0.0.1"`, `5`}, []string{`10000001`}},
		{`[{"exactly": "10.0.0.7"}]`, []string{`"10.0.0.7"`}, []string{`"010.0.0.7"`}},
		{`[{"anything-but": "10.0.0.7"}]`, []string{`"010.0.0.7"`}, []string{`"10.0.0.7"`}},

		{`[{"exists": true}]`, []string{`"a"`, `null`, `0`, `[[], 1]`}, []string{`{}`, `{"x": 1}`, `[]`, `[[]]`}},
		{`[{"exists": false}]`, []string{`{}`, `{"x": 1}`, `[]`, `[{"x": 1}]`}, []string{`"a"`, `null`, `[1]`}},
		{`[{"exists": false}, "a"]`, []string{`[]`, `"a"`}, []string{`"b"`}},
		{`[{"exists": false}, {"exists": true}]`, []string{`[]`, `"a"`}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.alternatives, func(t *testing.T) {
			p := mustParse(t, `{"f": `+tt.alternatives+`}`)
			for _, value := range tt.takes {
				if !match(t, p, []byte(`{"f": `+value+`}`)) {
					t.Errorf("does not take %s", value)
				}
			}
			for _, value := range tt.leaves {
				if match(t, p, []byte(`{"f": `+value+`}`)) {
					t.Errorf("takes %s", value)
				}
			}
			absent := strings.Contains(tt.alternatives, `"exists": false`)
			if match(t, p, []byte(`{"g": 1}`)) != absent {
				t.Errorf("an absent field: got %v, want %v", !absent, absent)
			}
		})
	}
}

// TestMatch tells of fields together.
func TestMatch(t *testing.T) {
	tests := []struct {
		name, pattern string
		matches       []string
		misses        []string
	}{
		{"all fields", `{"a": ["x"], "b": {"c": ["y"]}}`,
			[]string{`{"b": {"c": "y", "d": 1}, "a": "x"}`, "\t{ \"a\" : [ \"x\" ] ,\r\n\"b\":[{\"c\":\"y\"}] } \n"},
			[]string{`{"a": "x"}`, `{"a": "x", "b": "y"}`, `{}`}},
		{"keys with escapes", `{"\u0061": ["x"], "é": ["x"], "\"": ["x"]}`, []string{`{"a": "x", "\u00e9": "x", "\u0022": "x"}`}, nil},
		{"the empty key", `{"": ["x"]}`, []string{`{"": "x"}`}, []string{`{"a": "x"}`, `{".": "x"}`}},
		{"dots join keys", `{"a": {"b.c": ["x"]}}`,
			[]string{`{"a": {"b": {"c": "x"}}}`, `{"a.b.c": "x"}`, `{"a.b": {"c": "x"}}`, `{"a": {"b.c": "x"}}`, `{"a": [{"b.c": ["x"]}]}`},
			[]string{`{"a": {"b": "x"}}`, `{"a.b": "x"}`, `{"a..b.c": "x"}`}},
		{"dots at the ends", `{"a..b": ["x"], ".": ["y"]}`, []string{`{"a": {"": {"b": "x"}}, "": {"": "y"}}`, `{"a..b": "x", ".": "y"}`}, []string{`{"a.b": "x", ".": "y"}`}},
		{"dotted beside nested", `{"a": {"b": ["x"], "c": ["y"]}}`,
			[]string{`{"a.b": "x", "a": {"c": "y"}}`, `{"a.b": "x", "a.c": "y"}`, `{"a": [{"b": "z"}, {"c": "y"}], "a.b": "x"}`},
			[]string{`{"a": [{"b": "x"}, {"c": "y"}], "a.b": "z"}`}},
		{"a value and one below it", `{"a": ["x"], "a.b": ["y"]}`, []string{`{"a": "x", "a.b": "y"}`}, []string{`{"a": ["x", {"b": "y"}]}`}},

		{"the last of a key twice, in the pattern", `{"a": ["x"], "a": ["y"]}`, []string{`{"a": "y"}`}, []string{`{"a": "x"}`}},
		{"the last of a key twice, in the event", `{"a": ["x"]}`, []string{`{"a": "y", "a": "x"}`, `{"a": {"b": 1}, "\u0061": "x"}`}, []string{`{"a": "x", "a": "y"}`, `{"a": "x", "a": []}`}},
		{"an object twice", `{"a": {"b": ["x"]}}`, []string{`{"a": 1, "a": {"b": "x"}}`}, []string{`{"a": {"b": "x"}, "a": {"c": 1}}`}},
		{"absence of what was replaced", `{"a": [{"exists": false}]}`, []string{`{"a": 1, "a": []}`}, []string{`{"a": [], "a": 1}`}},

		{"one element has all", `{"l": {"a": ["x"], "b": ["y"]}}`,
			[]string{`{"l": [{"a": "x", "b": "z"}, {"a": "x", "b": "y"}]}`, `{"l": [[{"a": ["x"], "b": "y"}]]}`},
			[]string{`{"l": [{"a": "x"}, {"b": "y"}]}`, `{"l": [[{"a": "x"}, {"b": "y"}]]}`}},
		{"one element at each depth", `{"l": {"a": ["x"], "m": {"b": ["y"], "c": ["z"]}}}`,
			[]string{`{"l": [{"a": 1}, {"a": "x", "m": [{"b": "y"}, {"b": "y", "c": "z"}]}]}`},
			[]string{`{"l": [{"a": "x", "m": [{"b": "y"}]}, {"m": [{"b": "y", "c": "z"}]}]}`, `{"l": [{"a": "x", "m": [{"b": "y"}, {"c": "z"}]}]}`}},
		{"lists apart", `{"l": {"a": ["x"]}, "m": {"b": ["y"]}}`, []string{`{"l": [{}, {"a": "x"}], "m": [{"b": "y"}, {}]}`}, nil},
		{"rules don't mix elements", `{"$or": [{"l": {"a": ["x"], "b": ["y"]}}, {"l": {"a": ["z"], "c": ["y"]}}]}`,
			[]string{`{"l": [{"a": "z", "c": "y"}, {"a": "x"}]}`}, []string{`{"l": [{"a": "x", "c": "y"}, {"a": "z", "b": "y"}]}`}},

		{"absence after a value, in its element", `{"l": {"a": ["x"], "b": [{"exists": false}]}}`,
			[]string{`{"l": [{"a": "x"}, {"b": 1}]}`}, []string{`{"l": [{"a": "x", "b": 1}, {"a": "y"}]}`}},
		{"absence before a value, in all elements", `{"l": {"a": [{"exists": false}], "b": ["x"]}}`,
			[]string{`{"l": [{"b": "x"}, {"c": 1}]}`}, []string{`{"l": [{"b": "x"}, {"a": 1}]}`}},
		{"absence or a value, before a value", `{"l": {"a": [{"exists": false}, 1], "b": ["x"]}}`,
			[]string{`{"l": [{"b": "x", "a": 1}, {"a": 2}]}`, `{"l": [{"b": "x"}, {}]}`}, []string{`{"l": [{"b": "x"}, {"a": 1}]}`}},
		{"absence of what an object would have", `{"a": {"b": [{"exists": false}]}}`,
			[]string{`{"a": "x"}`, `{}`, `{"a": {"b": {"c": 1}}}`, `{"a": [1, {"c": 2}]}`}, []string{`{"a": [1, {"b": 2}]}`, `{"a.b": 1}`}},

		{"$or", `{"a": ["x"], "$or": [{"b": ["y"]}, {"c": ["z"], "d": ["z"]}]}`,
			[]string{`{"a": "x", "b": "y"}`, `{"a": "x", "c": "z", "d": "z"}`}, []string{`{"a": "x"}`, `{"a": "x", "c": "z"}`, `{"b": "y"}`}},
		{"$or in an object", `{"a": {"$or": [{"b": ["y"]}, {"c": ["z"]}]}}`, []string{`{"a": {"c": "z"}}`}, []string{`{"c": "z"}`}},
		{"$or in $or", `{"$or": [{"a": ["x"], "$or": [{"b": ["y"]}, {"c": ["y"]}]}, {"d": ["z"]}]}`,
			[]string{`{"a": "x", "c": "y"}`, `{"d": "z"}`}, []string{`{"a": "x", "d": "y"}`, `{"b": "y"}`}},
		{"two $or", `{"p": {"$or": [{"a": ["x"]}, {"b": ["x"]}]}, "q": {"$or": [{"a": ["x"]}, {"b": ["x"]}]}}`,
			[]string{`{"p": {"b": "x"}, "q": {"a": "x"}}`}, []string{`{"p": {"b": "x", "a": "x"}}`}},
		{"a branch replaces what is outside", `{"a": ["x"], "$or": [{"a": ["y"]}, {"b": ["z"]}]}`,
			[]string{`{"a": "y"}`, `{"a": "x", "b": "z"}`}, []string{`{"a": "x"}`, `{"b": "z"}`}},
		{"what is outside and later replaces a branch", `{"$or": [{"a": ["y"]}, {"b": ["z"]}], "a": ["x"]}`,
			[]string{`{"a": "x"}`}, []string{`{"a": "y"}`, `{"b": "z"}`}},
		{"the last of $or twice", `{"$or": [{"a": ["x"]}, {"b": ["x"]}], "c": ["x"], "$or": [{"d": ["x"]}, {"e": ["x"]}]}`,
			[]string{`{"c": "x", "e": "x"}`}, []string{`{"c": "x", "a": "x"}`}},
		{"$or as a field", `{"$or": [{"prefix": "x"}, {"suffix": "y"}]}`, []string{`{"$or": "xa"}`, `{"$or": "ay"}`}, []string{`{"$or": "a"}`}},
		{"$or as an object's name", `{"$or": {"a": ["x"]}}`, []string{`{"$or": {"a": "x"}}`, `{"$or.a": "x"}`}, []string{`{"a": "x"}`}},
		{"operators' words as fields", `{"prefix": ["x"], "detail": {"exists": [true]}}`, []string{`{"prefix": "x", "detail": {"exists": true}}`}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := mustParse(t, tt.pattern)
			for _, event := range tt.matches {
				if !match(t, p, []byte(event)) {
					t.Errorf("does not match %s", event)
				}
			}
			for _, event := range tt.misses {
				if match(t, p, []byte(event)) {
					t.Errorf("matches %s", event)
				}
			}
		})
	}
}

func TestMatchRefusesEvents(t *testing.T) {
	p := mustParse(t, `{"a": {"b": ["x"]}}`)
	tests := []struct {
		event string
		want  error
	}{
		{``, pattern.ErrNotJSON},
		{`{"a": {"b": "x"}`, pattern.ErrNotJSON},
		{`{"a": {"b": "x"}} x`, pattern.ErrNotJSON},
		{`{"a": {"b": "x"}, "c": [1, 2,]}`, pattern.ErrNotJSON},
		{`["a"] 1`, pattern.ErrNotJSON},
		{`[`, pattern.ErrNotJSON},
		{` ["a"]`, pattern.ErrNotObject},
		{`"a"`, pattern.ErrNotObject},
		{`null`, pattern.ErrNotObject},
	}
	for _, tt := range tests {
		ok, err := p.Match([]byte(tt.event))
		if ok || !errors.Is(err, tt.want) {
			t.Errorf("%s: got %v, %v, want %v", tt.event, ok, err, tt.want)
		}
		if _, err := p.Explain([]byte(tt.event)); !errors.Is(err, tt.want) {
			t.Errorf("%s: Explain: got %v, want %v", tt.event, err, tt.want)
		}
	}
}

// TestAmbiguousEvents have the parts of a field in a list and, with a dotted key,
// beside it.
func TestAmbiguousEvents(t *testing.T) {
	p := mustParse(t, `{"l": {"a": ["x"], "b": ["x"], "c": ["x"]}}`)
	event := func(n int, last string) []byte {
		return []byte(`{"l.a": "x", "l": [` + strings.Repeat(`{"b": "x"}, {"c": "x"}, `, n) + last + `]}`)
	}
	if !match(t, p, event(100, `{"b": "x", "c": "x"}`)) || match(t, p, event(100, `{"b": "y", "c": "x"}`)) {
		t.Error("the fields are not joined right")
	}
	if ok, err := p.Match(event(10000, `{"b": "y"}`)); ok || !errors.Is(err, pattern.ErrAmbiguous) {
		t.Errorf("got %v, %v", ok, err)
	}
	if ok, err := p.Match(event(10000, `{"b": "y"`)); ok || !errors.Is(err, pattern.ErrNotJSON) {
		t.Errorf("got %v, %v", ok, err)
	}
}

type explainTest struct {
	name, pattern, event string
	matched              bool
	want                 string
}

// Whole leaves nothing out.
func TestExplainWhole(t *testing.T) {
	long := strings.Repeat("é", 300)
	why, err := mustParse(t, `{"a": ["x"]}`).Explain([]byte(`{"a": [1, 2, 3, 4, 5, 6, "` + long + `"]}`))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := why.Reasons[0].Whole(), `a is 1, 2, 3, 4, 5, 6, "`+long+`", wants "x"`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestExplain(t *testing.T) {
	tests := []explainTest{
		{"value", `{"detail": {"state": ["stopping"]}}`, `{"detail": {"state": "running"}}`, false,
			`detail.state is "running", wants "stopping"`},
		{"first in source order", `{"z": ["x"], "a": ["y"]}`, `{"z": 1, "a": 2}`, false,
			"z is 1, wants \"x\"\na is 2, wants \"y\""},
		{"absent", `{"a": {"b": [{"prefix": "x"}, {"anything-but": [1, 2]}]}}`, `{"a": {}}`, false,
			`a.b is absent, wants prefix "x" or anything but 1 or 2`},
		{"an object", `{"a": [{"exists": true}]}`, `{"a": {"b": 1}}`, false, `a is an object, wants any value`},
		{"an empty list", `{"a": [{"exists": true}]}`, `{"a": []}`, false, `a is an empty list, wants any value`},
		{"many values", `{"a": [{"numeric": [">", 10, "<=", 20]}]}`, `{"a": [1, 2, 3, 4, 5, 6, 7]}`, false,
			`a is 1, 2, 3, 4, 5, and 2 more, wants > 10 and <= 20`},
		{"absence", `{"a": [{"exists": false}]}`, `{"a": null}`, false, `a is null, wants no value`},
		{"nearest branch", `{"$or": [{"a": ["x"], "b": ["x"]}, {"c": ["x"], "d": ["x"], "e": ["y"]}]}`, `{"a": 1, "b": 1, "c": "x", "d": 1, "e": "y"}`, false,
			`d is 1, wants "x"`},
		{"apart", `{"l": {"a": ["x"], "b": ["y"]}}`, `{"l": [{"a": "x"}, {"b": "y"}]}`, false,
			`l.b is "y", but not in the same list element as l.a`},
		{"matched", `{"a": ["x", {"suffix": "z"}], "b": [{"exists": false}], "c": ["y"], "d": [{"cidr": "10.0.0.0/8"}, {"equals-ignore-case": "K"}]}`,
			`{"a": ["w", "xz"], "c": "y", "d": "k"}`, true,
			"a is \"xz\", which is suffix \"z\"\nb is absent\nc is \"y\"\nd is \"k\", which is \"K\" in any case"},
	}
	const same = "CodePipeline Pipeline Execution State Change"
	long := strings.Repeat("é", 150)
	tests = append(tests, []explainTest{
		{"a difference at the end", `{"a": ["` + same + `"]}`, `{"a": "` + same + `d"}`, false, `a is "` + same + `d", wants "` + same + `"`},
		{"a long value", `{"a": ["x"]}`, `{"a": "` + long + `"}`, false, `a is "` + long + `", wants "x"`},
		{"a very long value", `{"a": [{"suffix": "x"}]}`, `{"a": "<` + long + long + `>"}`, false,
			`a is "<` + strings.Repeat("é", 99) + "…" + strings.Repeat("é", 99) + `>", wants suffix "x"`},
		{"a difference within", `{"a": [{"prefix": "` + long + `x"}, "b"]}`, `{"a": "` + long + "y" + long + `"}`, false,
			`a is "…` + strings.Repeat("é", 100) + "y" + strings.Repeat("é", 99) + `…", wants prefix "` + long + `x" or "b"`},
		{"a very long number", `{"a": ["x"]}`, `{"a": ` + strings.Repeat("1", 300) + `}`, false,
			`a is ` + strings.Repeat("1", 100) + "…" + strings.Repeat("1", 100) + `, wants "x"`},
	}...)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := mustParse(t, tt.pattern).Explain([]byte(tt.event))
			if err != nil {
				t.Fatal(err)
			}
			if got.Matched != tt.matched || got.String() != tt.want {
				t.Errorf("got %v:\n%s\nwant\n%s", got.Matched, got, tt.want)
			}
		})
	}
}
