package pattern_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/pattern"
)

// TestParseReturnsWhatItCanRead checks the tree of patterns with problems: keys with their
// places, and which of them hold objects, branches and alternatives.
func TestParseReturnsWhatItCanRead(t *testing.T) {
	for _, test := range []struct{ src, want string }{
		{`{"source":["aws.ec2"]}`, `1:source[1]`},
		{`{"source":"aws.ec2","account":["1"]}`, `1:source! 20:account[1]`},
		{`{"detail":{"state":[],"a":[{"prefix":1},"b"]}}`, `1:detail{11:state[0] 22:a[1 of 2]}`},
		{`{"$or":[{"a":["b"]},{"c":["d"]}]}`, `1:$or(9:a[1] | 21:c[1])`},
		{`{"$or":[{"a":["b"]}]}`, `1:$or(9:a[1])`},
		{`{"$or":[{"a":[{"Prefix":"b"}]}]}`, `1:$or(9:a[0 of 1])`},
		{`{"$or":["a"]}`, `1:$or[1]`},
		{`{"a":["b"],"a":["c"]}`, `1:a[1] 11:a[1]`},
		{`{"a":{}}`, `1:a{}`},
		{`["a"]`, ``},
	} {
		p, _ := pattern.Parse([]byte(test.src))
		if got := outline(p.Top()); got != test.want {
			t.Errorf("%s: %s, want %s", test.src, got, test.want)
		}
	}
	if p, err := pattern.Parse([]byte(`{"a":[`)); p != nil || err == nil {
		t.Errorf("of what is no JSON, Parse returns %v and %v", p, err)
	}
}

func outline(o *pattern.Object) string {
	var all []string
	for _, m := range o.Members {
		text := fmt.Sprintf("%d:%s", m.Offset, m.Key)
		switch {
		case m.Object != nil:
			text += "{" + outline(m.Object) + "}"
		case m.Branches != nil:
			var branches []string
			for _, b := range m.Branches {
				branches = append(branches, outline(b))
			}
			text += "(" + strings.Join(branches, " | ") + ")"
		case m.Field != nil:
			text += "[" + count(m.Field.Alternatives) + "]"
		default:
			text += "!"
		}
		all = append(all, text)
	}
	return strings.Join(all, " ")
}

func count(all []pattern.Alternative) string {
	valid := 0
	for _, a := range all {
		if !a.Invalid {
			valid++
		}
	}
	if valid == len(all) {
		return fmt.Sprint(valid)
	}
	return fmt.Sprintf("%d of %d", valid, len(all))
}

// TestPatternWithProblemsMatchesNothing checks that a pattern with problems is safe to use.
func TestPatternWithProblemsMatchesNothing(t *testing.T) {
	p, err := pattern.Parse([]byte(`{"source":["aws.ec2"],"a":"b"}`))
	if err == nil || p.Valid() {
		t.Fatal("the pattern has no problems")
	}
	if matched, err := p.Match([]byte(`{"source":"aws.ec2","a":"b"}`)); matched || err != nil {
		t.Errorf("it matches: %t, %v", matched, err)
	}
	if _, ok := p.Sample(); ok {
		t.Error("it has a sample")
	}
	_, _ = p.Describe(), p.String()
}

// TestTerms checks what the terms of an alternative say.
func TestTerms(t *testing.T) {
	texts := []string{"abc", "ABC", "xbc", "abx"}
	for _, test := range []struct{ alternative, word, phrase, selects, types string }{
		{`"abc"`, "", `matches "abc"`, "abc", "string"},
		{`{"exactly":"abc"}`, "exactly", `matches "abc"`, "abc", "string"},
		{`{"prefix":"ab"}`, "prefix", `begins with "ab"`, "abc abx", "string"},
		{`{"suffix":{"equals-ignore-case":"BC"}}`, "suffix", `ends with "BC"`, "abc ABC xbc", "string"},
		{`{"equals-ignore-case":"abc"}`, "equals-ignore-case", `matches "abc"`, "abc ABC", "string"},
		{`{"wildcard":"a*"}`, "wildcard", `matches "a*"`, "abc abx", "string"},
		{`{"anything-but":["abc"]}`, "anything-but", `matches "abc"`, "abc", "string"},
		{`{"anything-but":{"prefix":"ab"}}`, "anything-but prefix", `begins with "ab"`, "abc abx", "string"},
		{`{"numeric":[">",1]}`, "numeric", `matches > 1`, "", "number"},
		{`{"exists":true}`, "exists", `matches true`, "abc ABC xbc abx", "any"},
		{`null`, "", `matches null`, "", "any"},
		{`5`, "", `matches 5`, "", "number"},
	} {
		p, err := pattern.Parse([]byte(`{"a":[` + test.alternative + `]}`))
		if err != nil {
			t.Fatal(err)
		}
		term := p.Top().Members[0].Field.Alternatives[0].Terms()[0]
		types := "any"
		if typ, ok := term.Type(); ok {
			types = typ.String()
		}
		got := []string{term.Word(), term.Phrase(), strings.Join(term.Selects(texts), " "), types}
		if want := []string{test.word, test.phrase, test.selects, test.types}; strings.Join(got, ";") != strings.Join(want, ";") {
			t.Errorf("%s: %q, want %q", test.alternative, got, want)
		}
	}
}
