package pattern_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/pattern"
)

// problem is what a test expects of one: «…» in the pattern marks its place.
type problem struct {
	kind       pattern.Kind
	message    string // a part of it
	suggestion string
}

// marked takes the marks out of a pattern.
func marked(src string) (plain string, offset, end int) {
	before, rest, _ := strings.Cut(src, "«")
	within, after, _ := strings.Cut(rest, "»")
	return before + within + after, len(before), len(before) + len(within)
}

func TestParseProblems(t *testing.T) {
	tests := []struct {
		pattern string
		want    problem
	}{
		// JSON itself
		{`«»`, problem{pattern.Syntax, "ends too early", ""}},
		{`{"a": ["b"]} «x»`, problem{pattern.Syntax, "'x' is not allowed after the pattern", ""}},
		{`{"a": ["b",«]»}`, problem{pattern.Syntax, "']' is not allowed after a comma", ""}},
		{`{"a": ["b"],«}»`, problem{pattern.Syntax, "'}' is not allowed where a key is expected", ""}},
		{`{«'»a': ["b"]}`, problem{pattern.Syntax, `'\'' is not allowed where a key is expected`, ""}},
		{`{"a": [«'»b']}`, problem{pattern.Syntax, "where a value is expected", ""}},
		{`{"a" «[»"b"]}`, problem{pattern.Syntax, "'[' is not allowed after a key", ""}},
		{`{"a": ["b" «"»c"]}`, problem{pattern.Syntax, `'"' is not allowed after a value`, ""}},
		{`{"a": [«True»]}`, problem{pattern.Syntax, "True is not a JSON value", ""}},
		{`{"a": [«007»]}`, problem{pattern.Syntax, "007 is not a JSON number", ""}},
		{`{"a": [«0x1F»]}`, problem{pattern.Syntax, "0x1F is not a JSON number", ""}},
		{`{"a": [«1.»]}`, problem{pattern.Syntax, "1. is not a JSON number", ""}},
		{`{"a": [«"b]}»`, problem{pattern.Syntax, "no end", ""}},
		{`{"a": ["«\d»"]}`, problem{pattern.Syntax, `\d is not a JSON escape`, ""}},
		{"{\"a\": [\"b«\n»\"]}", problem{pattern.Syntax, "control character 0x0a", ""}},
		{"{\"a\": [\"«\xff»\"]}", problem{pattern.Syntax, "byte 0xff is not UTF-8", ""}},
		// shape
		{`«["a"]»`, problem{pattern.NotObject, "not a list", ""}},
		{`«{}»`, problem{pattern.EmptyObject, "without fields", ""}},
		{`{"a": «{}»}`, problem{pattern.EmptyObject, "without fields", ""}},
		{`{"a": «"b"»}`, problem{pattern.NotList, `"a" is a string, not a list`, ""}},
		{`{"a": «5»}`, problem{pattern.NotList, "a number", ""}},
		{`{"a": «null»}`, problem{pattern.NotList, "null", ""}},
		{`{"a": «[]»}`, problem{pattern.EmptyList, "empty list", ""}},
		{`{"a": [«["b"]»]}`, problem{pattern.BadOperand, "a list within a list", ""}},
		// operators
		{`{"a": [{«"prefx"»: "b"}]}`, problem{pattern.UnknownOperator, `"prefx" is not an operator`, "prefix"}},
		{`{"a": [{«"Prefix"»: "b"}]}`, problem{pattern.UnknownOperator, "", "prefix"}},
		{`{"a": [{«"anything_but"»: "b"}]}`, problem{pattern.UnknownOperator, "", "anything-but"}},
		{`{"a": [{«"endsWith"»: "b"}]}`, problem{pattern.UnknownOperator, "", "suffix"}},
		{`{"a": [{«"quux"»: "b"}]}`, problem{pattern.UnknownOperator, "", ""}},
		{`{"a": [{"prefix": "b", «"suffix"»: "c"}]}`, problem{pattern.OneOperator, "second operator", ""}},
		{`{"a": [«{}»]}`, problem{pattern.OneOperator, "without an operator", ""}},
		{`{"a": [{"prefix": «["b"]»}]}`, problem{pattern.BadOperand, "prefix takes a string, not a list", ""}},
		{`{"a": [{"suffix": «{"prefix": "b"}»}]}`, problem{pattern.BadOperand, "suffix takes", ""}},
		{`{"a": [{"prefix": {"equals-ignore-case": «1»}}]}`, problem{pattern.BadOperand, "equals-ignore-case takes a string", ""}},
		{`{"a": [{"equals-ignore-case": «["b"]»}]}`, problem{pattern.BadOperand, "equals-ignore-case", ""}},
		{`{"a": [{"exactly": «1»}]}`, problem{pattern.BadOperand, "exactly takes a string", ""}},
		{`{"a": [{"exists": «"true"»}]}`, problem{pattern.BadOperand, "exists takes true or false", ""}},
		{`{"a": [{"wildcard": «["b"]»}]}`, problem{pattern.BadOperand, "wildcard takes a string", ""}},
		{`{"a": [{"wildcard": «"b**c"»}]}`, problem{pattern.WildcardSyntax, "two stars", ""}},
		{`{"a": [{"wildcard": «"b\\c"»}]}`, problem{pattern.WildcardSyntax, "backslash", ""}},
		{`{"a": [{"wildcard": «"b\\"»}]}`, problem{pattern.WildcardSyntax, "backslash", ""}},
		{`{"a": [{"wildcard": «"*:*:*:*:*:event-bus/*"»}]}`, problem{pattern.WildcardComplexity, "too complex", ""}},
		{`{"a": [{"cidr": «5»}]}`, problem{pattern.BadOperand, "cidr takes a string", ""}},
		{`{"a": [{"cidr": «"10.0.0.0"»}]}`, problem{pattern.BadOperand, "no mask", ""}},
		{`{"a": [{"cidr": «"10.0.0/8"»}]}`, problem{pattern.BadOperand, "no IPv4 or IPv6 address", ""}},
		{`{"a": [{"cidr": «"10.0.0.0/32"»}]}`, problem{pattern.BadOperand, "not from 0 to 31", ""}},
		{`{"a": [{"cidr": «"::1/128"»}]}`, problem{pattern.BadOperand, "not from 0 to 127", ""}},
		{`{"a": [{"cidr": «"::ffff:10.0.0.1/8"»}]}`, problem{pattern.BadOperand, "no IPv4 or IPv6 address", ""}},
		{`{"a": [{"cidr": «"10.0.0.0/x8"»}]}`, problem{pattern.BadOperand, "mask", ""}},
		{`{"a": [{"numeric": «5»}]}`, problem{pattern.BadOperand, "numeric takes a list", ""}},
		{`{"a": [{"numeric": «[">"]»}]}`, problem{pattern.BadOperand, "1 elements", ""}},
		{`{"a": [{"numeric": [«"=="», 3]}]}`, problem{pattern.BadOperand, `"==" is not a comparison`, ""}},
		{`{"a": [{"numeric": [">", «"3"»]}]}`, problem{pattern.BadOperand, "compares with a number", ""}},
		{`{"a": [{"numeric": «["<", 5, ">", 1]»}]}`, problem{pattern.BadOperand, "< before >", ""}},
		{`{"a": [{"numeric": «["=", 5, "<", 9]»}]}`, problem{pattern.BadOperand, "= before <", ""}},
		{`{"a": [{"numeric": «[">=", 5, "<=", 5.0]»}]}`, problem{pattern.EmptyRange, "5 is not less than the upper bound 5.0", ""}},
		{`{"a": [{"numeric": [">", «123456789012345678»]}]}`, problem{pattern.BadOperand, "can't compare", ""}},
		{`{"a": [{"numeric": [">", «9007199254740993»]}]}`, problem{pattern.BadOperand, "can't compare", ""}},
		{`{"a": [{"anything-but": [1, «0.12345678901234567»]}]}`, problem{pattern.BadOperand, "can't compare", ""}},
		{`{"a": [{"numeric": [">", 0, "<", «1e-400»]}]}`, problem{pattern.BadOperand, "can't compare", ""}},
		{`{"a": [{"numeric": «[">=", 1.7976931348623157e308]»}]}`, problem{pattern.EmptyRange, "", ""}},
		{`{"a": [{"numeric": «["<", -1.7976931348623157e308]»}]}`, problem{pattern.EmptyRange, "", ""}},
		{`{"a": [{"numeric": ["<", «1e999»]}]}`, problem{pattern.BadOperand, "can't compare", ""}},
		{`{"a": [{"anything-but": «true»}]}`, problem{pattern.BadOperand, "anything-but takes no boolean", ""}},
		{`{"a": [{"anything-but": «[]»}]}`, problem{pattern.EmptyList, "anything-but", ""}},
		{`{"a": [{"anything-but": ["b", «1»]}]}`, problem{pattern.BadOperand, "mixes", ""}},
		{`{"a": [{"anything-but": [«null»]}]}`, problem{pattern.BadOperand, "null in the list", ""}},
		{`{"a": [{"anything-but": «{}»}]}`, problem{pattern.OneOperator, "0 operators", ""}},
		{`{"a": [{"anything-but": {«"prefx"»: "b"}}]}`, problem{pattern.UnknownOperator, "", "prefix"}},
		{`{"a": [{"anything-but": {«"numeric"»: ["<", 1]}}]}`, problem{pattern.BadOperand, "cannot negate numeric", ""}},
		{`{"a": [{"anything-but": {"prefix": «""»}}]}`, problem{pattern.BadOperand, "empty prefix", ""}},
		{`{"a": [{"anything-but": {"suffix": ["b", «""»]}}]}`, problem{pattern.BadOperand, "empty suffix", ""}},
		{`{"a": [{"anything-but": {"prefix": «{"equals-ignore-case": "b"}»}}]}`, problem{pattern.BadOperand, "not an object", ""}},
		{`{"a": [{"anything-but": {"suffix": [«1»]}}]}`, problem{pattern.BadOperand, "not a number", ""}},
		{`{"a": [{"anything-but": {"wildcard": [«"**"»]}}]}`, problem{pattern.WildcardSyntax, "two stars", ""}},
		{`{"a": [{"anything-but": {"equals-ignore-case": «[]»}}]}`, problem{pattern.EmptyList, "", ""}},
		// $or
		{`{"$or": «[{"a": ["b"]}]»}`, problem{pattern.UnknownOperator, "one branch", ""}},
		{`{"$or": «[{"a": ["b"]}, {"prefix": "c"}]»}`, problem{pattern.UnknownOperator, "mixes branches", ""}},
		{`{"$or": «[{"a": ["b"]}, "c"]»}`, problem{pattern.UnknownOperator, "mixes branches", ""}},
		{`{"$or": [{"a": ["b"]}, «{}»]}`, problem{pattern.EmptyObject, "", ""}},
		{`{«"$Or"»: [{"a": ["b"]}, {"c": ["d"]}]}`, problem{pattern.UnknownOperator, `"$Or" is not an operator`, "$or"}},
		{`{"x": {«"or"»: [{"a": {"b": ["c"]}}, {"c": "d"}, {"prefix": "e"}]}}`, problem{pattern.UnknownOperator, "", "$or"}},
		{`{«"$ro"»: [{"a": ["b"]}]}`, problem{pattern.UnknownOperator, "", "$or"}},
		{`{«"anyOf"»: [{"a": ["b"]}, {"c": ["d"]}]}`, problem{pattern.UnknownOperator, "", "$or"}},
		{`{«"$and"»: [{"a": ["b"]}, {"c": ["d"]}]}`, problem{pattern.UnknownOperator, `"$and" is not an operator`, ""}},
		{`{«"AND"»: [{"a": ["b"], "c": ["d"]}]}`, problem{pattern.UnknownOperator, "", ""}},
		// a field of such a name, and a slip in it
		{`{"or": [{«"prefx"»: "b"}, "c"]}`, problem{pattern.UnknownOperator, "", "prefix"}},
		{`{"or": [{«"numerc"»: [">", 1]}]}`, problem{pattern.UnknownOperator, "", "numeric"}},
		{`{"and": [«{}»]}`, problem{pattern.OneOperator, "", ""}},
		{`{"nor": [{«"a"»: ["b"]}]}`, problem{pattern.UnknownOperator, "", ""}},
	}
	for _, tt := range tests {
		t.Run(tt.pattern, func(t *testing.T) {
			src, offset, end := marked(tt.pattern)
			_, err := pattern.Parse([]byte(src))
			var problems pattern.Problems
			if !errors.As(err, &problems) || len(problems) != 1 {
				t.Fatalf("got %v, want one problem", err)
			}
			got := problems[0]
			if got.Kind != tt.want.kind || !strings.Contains(got.Message, tt.want.message) || got.Suggestion != tt.want.suggestion {
				t.Errorf("got %v %q, suggestion %q, want %v", got.Kind, got.Message, got.Suggestion, tt.want)
			}
			if got.Offset != offset || got.End != end {
				t.Errorf("got bytes %d to %d, want %d to %d", got.Offset, got.End, offset, end)
			}
			if got.Remedy == "" {
				t.Error("no remedy")
			}
		})
	}
}

func TestSuggestions(t *testing.T) {
	tests := map[string]string{
		"starts-with": "prefix", "begins_with": "prefix", "endsWith": "suffix", "ignore-case": "equals-ignore-case",
		"equalsIgnoreCase": "equals-ignore-case", "equals": "", "exacly": "exactly", "not": "anything-but", "anything_but": "anything-but",
		"anythingbut": "anything-but", "contains": "wildcard", "wildcrad": "wildcard", "range": "numeric",
		"ip-address": "cidr", "CIDR": "cidr", "exist": "exists", "present": "exists", "sufix": "suffix", "state": "", "": "",
		strings.Repeat("prefix", 600): "",
	}
	for word, want := range tests {
		_, err := pattern.Parse([]byte(`{"a": [{"` + word + `": "b"}]}`))
		var problems pattern.Problems
		if !errors.As(err, &problems) || problems[0].Kind != pattern.UnknownOperator {
			t.Fatalf("%s: got %v", word, err)
		}
		if len(err.Error()) > 500 {
			t.Errorf("%.20s…: a message of %d bytes", word, len(err.Error()))
		}
		if got := problems[0].Suggestion; got != want {
			t.Errorf("%s: got %q, want %q", word, got, want)
		}
	}
}

func TestParseReportsAllProblems(t *testing.T) {
	_, err := pattern.Parse([]byte(`{"a": "x", "b": [], "c": [{"prefx": "y"}, {"numeric": [">"]}], "d": {"$or": [{"e": 1}, {"f": ["x"]}]}}`))
	var problems pattern.Problems
	if !errors.As(err, &problems) {
		t.Fatal(err)
	}
	var got []pattern.Kind
	for _, p := range problems {
		got = append(got, p.Kind)
	}
	want := []pattern.Kind{pattern.NotList, pattern.EmptyList, pattern.UnknownOperator, pattern.BadOperand, pattern.NotList}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestLimits(t *testing.T) {
	literal := func(characters int) string {
		return `{"a":["` + strings.Repeat("é", characters-len(`{"a":[""]}`)) + `"]}`
	}
	branches := func(n int) string {
		return `"$or":[` + strings.TrimSuffix(strings.Repeat(`{"a":["b"]},`, n), ",") + `]`
	}
	tests := []struct {
		name, src      string
		error, warning pattern.Kind // Syntax for none
	}{
		{"the default quota", literal(pattern.DefaultLength), pattern.Syntax, pattern.Syntax},
		{"over the default quota", literal(pattern.DefaultLength + 1), pattern.Syntax, pattern.TooLong},
		{"the most characters", literal(pattern.MaxLength), pattern.Syntax, pattern.TooLong},
		{"a character too many", literal(pattern.MaxLength + 1), pattern.TooLong, pattern.Syntax},
		{"nested too deep", strings.Repeat(`{"a":`, 10000), pattern.TooLong, pattern.Syntax},
		{"lists nested too deep", `{"a":` + strings.Repeat(`[`, 1_000_000), pattern.TooLong, pattern.Syntax},
		{"the most combinations", `{"x":{` + branches(40) + `},"y":{` + branches(25) + `}}`, pattern.Syntax, pattern.Syntax},
		{"a combination too many", `{"x":{` + branches(77) + `},"y":{` + branches(13) + `}}`, pattern.TooManyCombinations, pattern.Syntax},
		{"very many combinations", `{` + strings.TrimSuffix(strings.Repeat(`"x":{`+branches(2)+`},`, 1)+manyOr(30), ",") + `}`, pattern.TooManyCombinations, pattern.Syntax},
		{"complexity 7", `{"a":[{"wildcard":"*a*a*a*"}]}`, pattern.Syntax, pattern.Syntax},
		{"complexity 8", `{"a":[{"wildcard":"*a*a*a*a"}]}`, pattern.Syntax, pattern.WildcardComplexity},
		{"complexity 10", `{"a":[{"anything-but":{"wildcard":"*a*a*a*a*a"}}]}`, pattern.Syntax, pattern.WildcardComplexity},
		{"complexity 11", `{"a":[{"wildcard":"*a*a*a*a*a*"}]}`, pattern.WildcardComplexity, pattern.Syntax},
		{"stars before others", `{"a":[{"wildcard":"*a*b*c*d"}]}`, pattern.Syntax, pattern.Syntax},
		{"complexity 6 together", `{"a":[{"wildcard":"*.jpg"},{"wildcard":"*.png"},{"wildcard":"*.gif"},{"wildcard":"*.gif"}]}`, pattern.Syntax, pattern.Repeated},
		{"complexity 8 together", `{"a":[{"wildcard":"*.jpg"},{"wildcard":"*.png"},{"anything-but":{"wildcard":["*.gif","*.bmp"]}}]}`, pattern.Syntax, pattern.WildcardComplexity},
		{"complexity 8 in two fields", `{"a":[{"wildcard":"*.jpg"},{"wildcard":"*.png"}],"b":[{"wildcard":"*.gif"},{"wildcard":"*.bmp"}]}`, pattern.Syntax, pattern.Syntax},
		{"complexity 8 in one of two", `{"a":[{"wildcard":"*a*a*a*a"},{"wildcard":"*b*"},"c"]}`, pattern.Syntax, pattern.WildcardComplexity},
		{"long number", `{"a":[123456789012345678]}`, pattern.Syntax, pattern.InexactNumber},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, err := pattern.Parse([]byte(tt.src))
			if tt.error != pattern.Syntax {
				var problems pattern.Problems
				if !errors.As(err, &problems) || !slices.ContainsFunc(problems, func(p pattern.Problem) bool { return p.Kind == tt.error }) {
					t.Fatalf("got %.200v, want %v", err, tt.error)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			var got []pattern.Kind
			for _, w := range p.Warnings() {
				got = append(got, w.Kind)
			}
			if tt.warning == pattern.Syntax && got != nil || tt.warning != pattern.Syntax && !slices.Equal(got, []pattern.Kind{tt.warning}) {
				t.Errorf("got warnings %v, want %v", got, tt.warning)
			}
		})
	}
}

// manyOr makes fields with two branches each.
func manyOr(n int) string {
	var all string
	for i := range n {
		all += fmt.Sprintf(`"k%d":{"$or":[{"a":["b"]},{"c":["d"]}]},`, i)
	}
	return all
}

func TestWarnings(t *testing.T) {
	tests := []struct {
		name, pattern string
		kind          pattern.Kind
		related       string // what stands at the related place
	}{
		{"a key twice", `{"a": ["x"], «"a"»: ["y"]}`, pattern.DuplicateKey, `"a"`},
		{"a key twice by an escape", `{"a": ["x"], «"\u0061"»: ["y"]}`, pattern.DuplicateKey, `"a"`},
		{"a path twice", `{"a": {"b": ["x"]}, «"a.b"»: ["y"]}`, pattern.DuplicateKey, `"b"`},
		{"in $or and before it", `{"a": ["x"], "$or": [{«"a"»: ["y"]}, {"b": ["z"]}]}`, pattern.Replaced, `"a"`},
		{"in $or and after it", `{"$or": [{"a": ["y"]}, {"b": ["z"]}], «"a"»: ["x"]}`, pattern.Replaced, `"a"`},
		{"$or as a field", `{«"$or"»: [{"prefix": "x"}, {"prefix": "y"}]}`, pattern.OrIsField, ``},
		{"$or as an object", `{«"$or"»: {"a": ["x"]}}`, pattern.OrIsField, ``},
		{"a text twice", `{"a": ["x", "y", «"x"»]}`, pattern.Repeated, `"x", "y"`},
		{"a text twice by an escape", `{"a": ["x", «"\u0078"»]}`, pattern.Repeated, `"x"`},
		{"ignore-case beyond U+FFFF", `{"a": [{"equals-ignore-case": «"x𐐀"»}]}`, pattern.NoCase, ``},
		{"a prefix beyond U+FFFF", `{"a": [{"prefix": {"equals-ignore-case": «"😀"»}}]}`, pattern.NoCase, ``},
		{"an exception beyond U+FFFF", `{"a": [{"anything-but": {"equals-ignore-case": ["x", «"😀"»]}}]}`, pattern.NoCase, ``},
		{"a number twice", `{"a": [300, 300.0, «300»]}`, pattern.Repeated, `300, 300.0`},
		{"a long number twice", `{"b": [12345678901234568, «12345678901234568»]}`, pattern.Repeated, `1234`},
		{"null twice", `{"a": [null, true, «null»]}`, pattern.Repeated, `null`},
		{"an operator twice", `{"a": [{"prefix": "x"}, {«"prefix": "x"»}]}`, pattern.Repeated, `"prefix"`},
		{"a text and exactly it", `{"a": ["x", {«"exactly": "x"»}]}`, pattern.Repeated, `"x"`},
		{"an exception twice", `{"a": [{"anything-but": ["x", «"x"»]}]}`, pattern.Repeated, `"x"`},
		{"a star in a text", `{"a": [«"x*"»]}`, pattern.LiteralStar, ``},
		{"a star in a prefix", `{"a": [{"prefix": «"x*"»}]}`, pattern.LiteralStar, ``},
		{"a star in a suffix of any case", `{"a": [{"suffix": {"equals-ignore-case": «"*.png"»}}]}`, pattern.LiteralStar, ``},
		{"a star in an exception", `{"a": [{"anything-but": ["y", «"arn:aws:s3:::*"»]}]}`, pattern.LiteralStar, ``},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			src, offset, end := marked(tt.pattern)
			warnings := mustParse(t, src).Warnings()
			if len(warnings) != 1 {
				t.Fatalf("got %v, want one warning", warnings)
			}
			got := warnings[0]
			if got.Kind != tt.kind || got.Offset != offset || got.End != end {
				t.Errorf("got %v at %d to %d, want %v at %d to %d", got.Kind, got.Offset, got.End, tt.kind, offset, end)
			}
			switch {
			case tt.related == "" && got.Related != -1:
				t.Errorf("got related place %d, want none", got.Related)
			case tt.related != "" && !strings.HasPrefix(src[got.Related:], tt.related):
				t.Errorf("got related place %d, want %s", got.Related, tt.related)
			}
		})
	}
}

func TestNoWarnings(t *testing.T) {
	for _, src := range []string{
		`{"a": ["*", "**", "0 12 * * ? *", "2 * 3", {"wildcard": "x*"}, {"anything-but": {"wildcard": "y*"}}]}`,
		`{"a": ["5", 5, "true", true, "null", null, {"prefix": "5"}, {"suffix": "5"}, {"equals-ignore-case": "5"}, {"prefix": {"equals-ignore-case": "5"}}]}`,
		`{"a": [{"anything-but": "x"}, {"anything-but": ["x", "y"]}, {"anything-but": {"prefix": "x"}}, {"numeric": ["<", 5]}, {"numeric": ["<=", 5]}, 4, 4.0, 4e0]}`,
		`{"a": ["x"], "$or": [{"b": ["x"]}, {"c": ["x"]}]}`,
		`{"or": [{"prefix": "x"}, {"suffix": "y"}], "and": {"a": ["x"]}}`,
	} {
		if warnings := mustParse(t, src).Warnings(); len(warnings) > 0 {
			t.Errorf("%s: %v", src, warnings)
		}
	}
}

// TestStarRemedies checks that what a warning says to write is a pattern.
func TestStarRemedies(t *testing.T) {
	tests := map[string]string{
		`"x*"`:                     `{"wildcard": "x*"}`,
		`{"prefix": "x*"}`:         `{"prefix": "x"}`,
		`{"prefix": "x*y*"}`:       `{"wildcard": "x*y*"}`,
		`{"suffix": "*.png"}`:      `{"suffix": ".png"}`,
		`{"suffix": "a*b"}`:        `{"wildcard": "*a*b"}`,
		`{"prefix": "a*b"}`:        `{"wildcard": "a*b*"}`,
		`{"anything-but": "x*"}`:   `{"anything-but": {"wildcard": "x*"}}`,
		`{"anything-but": ["x*"]}`: `{"anything-but": {"wildcard": "x*"}}`,
		`"a\\b*"`:                  `{"wildcard": "a\\\\b*"}`,
		`"a**"`:                    `{"wildcard": "a*"}`,
		`{"suffix": {"equals-ignore-case": "*.png"}}`: `{"suffix": {"equals-ignore-case": ".png"}}`,
	}
	for alternative, want := range tests {
		warnings := mustParse(t, `{"a": [`+alternative+`]}`).Warnings()
		if len(warnings) != 1 || !strings.Contains(warnings[0].Remedy, want) {
			t.Errorf("%s: %v, want %s", alternative, warnings, want)
		}
		mustParse(t, `{"a": [`+want+`]}`)
	}
}

func TestFields(t *testing.T) {
	const src = `{"source": ["aws.ec2"], "detail": {"a.b": [{"prefix": "x"}, 5], "$or": [{"c": [null]}, {"d": {"e": [{"anything-but": ["y", "z"]}]}}]}}`
	type alternative struct {
		operator string
		at       string
	}
	type field struct {
		name, key    string
		branch       int
		alternatives []alternative
	}
	want := []field{
		{"source", `"source"`, -1, []alternative{{"equals", `"aws.ec2"`}}},
		{"detail.a.b", `"a.b"`, -1, []alternative{{"prefix", `"prefix"`}, {"equals", `5`}}},
		{"detail.c", `"c"`, 0, []alternative{{"equals", `null`}}},
		{"detail.d.e", `"e"`, 1, []alternative{{"equals", `"anything-but"`}}},
	}
	var got []field
	for f := range mustParse(t, src).Fields() {
		g := field{name: f.Name(), key: src[f.Offset:f.End], branch: -1}
		for _, b := range f.Branches {
			g.branch = b.Index
			if !strings.HasPrefix(src[b.Offset:], `"$or"`) {
				t.Errorf("%s: branch of %q", g.name, src[b.Offset:])
			}
		}
		for i, a := range f.Alternatives {
			at := want[len(got)].alternatives[i].at
			if !strings.HasPrefix(src[a.OperatorOffset:], at) {
				t.Errorf("%s: alternative %d is at %q, want %q", g.name, i, src[a.OperatorOffset:], at)
			}
			g.alternatives = append(g.alternatives, alternative{a.Operator.String(), at})
			for _, o := range a.Operands {
				if text := src[o.Offset:o.End]; strings.Trim(text, `"`) != o.Text {
					t.Errorf("%s: operand %q stands at %q", g.name, o.Text, text)
				}
			}
		}
		got = append(got, g)
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func TestCanonical(t *testing.T) {
	tests := []struct{ pattern, want string }{
		{` { "a" : [ "b" , 1.50 , true , null ] } `, `{"a":["b",1.50,true,null]}`},
		{`{"\u0061": ["\u00e9\/<>&\n\u0001\"\\"]}`, `{"a":["é/<>&\n\u0001\"\\"]}`},
		{`{"b": ["x"], "a": ["x"], "b": ["y"]}`, `{"a":["x"],"b":["y"]}`},
		{`{"a": {"b": ["x"]}, "a": {"c": ["x"]}}`, `{"a":{"c":["x"]}}`},
		{`{"$or": [{"b": ["x"]}, {"a": ["y"]}]}`, `{"$or":[{"b":["x"]},{"a":["y"]}]}`},
	}
	for _, tt := range tests {
		if got := mustParse(t, tt.pattern).String(); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.pattern, got, tt.want)
		}
	}
}

func TestDescribe(t *testing.T) {
	tests := []struct{ pattern, want string }{
		{`{"source": ["aws.ec2"], "detail": {"state": ["stopping", "stopped"]}}`, `source = aws.ec2, detail.state = stopping | stopped`},
		{`{"a": ["true", true, "5", 5, "", "a | b", " x", null]}`, `a = "true" | true | "5" | 5 | "" | "a | b" | " x" | null`},
		{`{"a": [{"anything-but": ["x", "y"]}, {"anything-but": {"suffix": ".txt"}}]}`, `a anything-but (x, y) | anything-but suffix .txt`},
		{`{"a": [{"equals-ignore-case": "x"}, {"prefix": {"equals-ignore-case": "y"}}]}`, `a ignore-case x | prefix ignore-case y`},
		{`{"a": [{"exists": true}, {"exists": false}, {"cidr": "10.0.0.0/8"}, {"wildcard": "x*y"}]}`, `a exists | absent | cidr "10.0.0.0/8" | wildcard x*y`},
		{`{"a": [{"numeric": [">", 0, "<=", 5]}], "b, c": ["x"]}`, `a numeric > 0 <= 5, "b, c" = x`},
		{`{"$or": [{"a": ["x"], "b": ["y"]}, {"c": {"$or": [{"d": ["z"]}, {"e": ["z"]}]}}]}`, `(a = x, b = y or (c.d = z or c.e = z))`},
	}
	for _, tt := range tests {
		if got := mustParse(t, tt.pattern).Describe(); got != tt.want {
			t.Errorf("%s:\ngot  %s\nwant %s", tt.pattern, got, tt.want)
		}
	}
}
