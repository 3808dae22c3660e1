package directive

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
)

// seeds are valid and invalid arguments of every kind.
var seeds = []string{
	"", " ", "{", "}", "[", "]", `"`, `'`, ":", ",", "a", "a:", "a: b", "a:b", ": a", "{a: b}", "[a, b]", "a, b", "a,,b",
	`{"a":[1,1.50,-0,1e3,true,null,"é\u00e9\n"]}`, `{"a":1,"a":2}`, `{"a":{"b":[{"prefix":"x"}]}}`, `"text"`, "12", "null",
	"detail.state: [stopping, 'it''s', \"a\\tb\"], source: [aws.ec2]", "{a:[b]}", "a: {b: [c], b: [d]}",
	"description: Stops, then alerts", "description: Stops: then", "a: b # c", "a: *x", "a: &x y", "a: !t y", "a: {<<: {b: c}}",
	"a: [0x1F, 1_000, 007, .5, ~, True]", "a: >=", "a: |", "? a", "- a", "---", "...", "%a", "@a", "`a", "a: ${Name}",
	`a: "${Name}"`, "a: 'x", "a: \"x\\", "a: [b: c]", "{[a]: b}", "{? a : b}", "a: \u2028b", "a: é, é: [é]", "a:\tb", "\ta: b",
	"a: \x00", "a: \xff", "a: \u0085", "a: '\ufeff'", strings.Repeat("[", 250), strings.Repeat("{a: ", 250), "a: \"\\U00110000\"",
	"ec2:Describe*, s3:*", "{a: 'b'c}", "a: [[b], {c: d}]", "a: {}", "a: []", "a: ''", "'a': b", "\"a\": b", "{,}", "a: [,]",
}

// FuzzParse checks that Parse doesn't panic, that it returns either a node or problems,
// that all offsets are within the text, that JSON is read like encoding/json reads it, and
// that a node can be written as JSON and read again.
func FuzzParse(f *testing.F) {
	for _, s := range seeds {
		f.Add(s, true)
		f.Add(s, false)
	}
	f.Fuzz(func(t *testing.T, args string, list bool) {
		shape := WantMap
		if list {
			shape = WantListOrMap
		}
		n, problems := Parse(args, shape)
		if (n == nil) == (len(problems) == 0) {
			t.Fatalf("%q gives the node %v and %d problems", args, n, len(problems))
		}
		checkProblems(t, args, problems)
		if n == nil {
			return
		}
		checkPlaces(t, args, n)
		written := writeJSON(n)
		again, problems := Parse(written, shape)
		if len(problems) > 0 {
			t.Fatalf("%q is read as %s, which is refused: %v", args, written, problems)
		}
		if diff := cmp.Diff(written, writeJSON(again)); diff != "" {
			t.Fatalf("%q is read otherwise the second time (-first +second):\n%s", args, diff)
		}
		if json.Valid([]byte(args)) {
			agreesWithJSON(t, args, written)
		}
	})
}

func checkProblems(t *testing.T, args string, problems []Problem) {
	t.Helper()
	for _, p := range problems {
		if p.Message == "" || p.Code == "" {
			t.Errorf("%q: a problem without message or code: %+v", args, p)
		}
		if p.Offset < 0 || p.Offset > len(args) || p.RelatedOffset < 0 || p.RelatedOffset > len(args) {
			t.Errorf("%q: a place outside of the text: %+v", args, p)
		}
	}
}

// checkPlaces checks the offset of every node: of a quoted value at its quote, of a list at
// its bracket.
func checkPlaces(t *testing.T, args string, n *Node) {
	t.Helper()
	if n.Offset < 0 || n.Offset > len(args) {
		t.Fatalf("%q: the offset %d is outside", args, n.Offset)
	}
	rest := args[n.Offset:]
	switch {
	case n.Kind == String && n.Quoted && !strings.HasPrefix(rest, `"`) && !strings.HasPrefix(rest, "'"):
		t.Fatalf("%q: no quote at %d", args, n.Offset)
	case n.Kind == Number && !strings.HasPrefix(rest, n.Text):
		t.Fatalf("%q: the number %s does not stand at %d", args, n.Text, n.Offset)
	}
	for _, item := range n.Items {
		checkPlaces(t, args, item)
	}
	for _, p := range n.Pairs {
		checkPlaces(t, args, p.Key)
		checkPlaces(t, args, p.Value)
	}
}

// agreesWithJSON checks that JSON is read like encoding/json reads it, and that numbers are
// unchanged.
func agreesWithJSON(t *testing.T, args, written string) {
	t.Helper()
	var want, got any
	decode(t, args, &want)
	decode(t, written, &got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("%q is not read as JSON (-json +directive):\n%s", args, diff)
	}
}

func decode(t *testing.T, text string, v any) {
	t.Helper()
	dec := json.NewDecoder(bytes.NewReader([]byte(text)))
	dec.UseNumber()
	if err := dec.Decode(v); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
}

// writeJSON writes a node as JSON.
func writeJSON(n *Node) string {
	var b strings.Builder
	appendJSON(&b, n)
	return b.String()
}

func appendJSON(b *strings.Builder, n *Node) {
	switch n.Kind {
	case Null:
		b.WriteString("null")
	case Bool, Number:
		b.WriteString(n.Text)
	case String:
		b.WriteString(quoteJSON(n.Text))
	case List:
		b.WriteByte('[')
		for i, item := range n.Items {
			comma(b, i)
			appendJSON(b, item)
		}
		b.WriteByte(']')
	case Map:
		b.WriteByte('{')
		for i, p := range n.Pairs {
			comma(b, i)
			b.WriteString(quoteJSON(p.Key.Text) + ":")
			appendJSON(b, p.Value)
		}
		b.WriteByte('}')
	}
}

func comma(b *strings.Builder, i int) {
	if i > 0 {
		b.WriteByte(',')
	}
}

// quoteJSON writes text in ASCII, because Parse accepts some characters only as escapes.
func quoteJSON(s string) string {
	var b strings.Builder
	for _, unit := range utf16.Encode([]rune(s)) {
		if unit < ' ' || unit > '~' || unit == '"' || unit == '\\' {
			fmt.Fprintf(&b, `\u%04x`, unit)
			continue
		}
		b.WriteByte(byte(unit))
	}
	return `"` + b.String() + `"`
}

// FuzzScanLine checks that ScanLine doesn't panic, that offsets are within the line, that
// every line that begins with //jobs: is found, and that no line without jobs: or Jobs: is.
func FuzzScanLine(f *testing.F) {
	for _, s := range []string{
		"//", "//jobs:", "//jobs:rate 1 hour", "//jobs:rate\t1 hour", "// jobs:rate 1 hour", "//Jobs:rate", "//jobs: rate",
		"//jobs:Rate", "//jobs:rate:1", "//jobs:\xff", "//jobs:é", "//jobs:a\u00a0b", "// Jobs: nightly work", "//  jobs :rate",
		"//jobs:event_pattern  {a: b}  ", "//jobs:rate\r", "//line x.go:1", "//go:embed x", "//jobs:9", "//jobs:_a", "//jobs:a_b c",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text, _, _ = strings.Cut(text, "\n")
		line := "//" + strings.TrimPrefix(text, "//")
		c, ok := ScanLine(line)
		switch {
		case !ok && strings.HasPrefix(line, "//jobs:") && !strings.HasPrefix(line, "//jobs: "):
			t.Fatalf("%q is passed over", line)
		case ok && !strings.Contains(line, "jobs:") && !strings.Contains(line, "Jobs:"):
			t.Fatalf("%q is taken for a directive", line)
		case !ok:
			return
		}
		if c.Offset != len("//") || c.ArgsOffset < 0 || c.ArgsOffset+len(c.Args) > len(line) {
			t.Fatalf("%q: places %d and %d with %d bytes of arguments", line, c.Offset, c.ArgsOffset, len(c.Args))
		}
		if line[c.ArgsOffset:c.ArgsOffset+len(c.Args)] != c.Args {
			t.Fatalf("%q: the arguments %q do not stand at %d", line, c.Args, c.ArgsOffset)
		}
		if (c.Spec != nil) != (Lookup(c.Name) != nil && c.Near == "") {
			t.Fatalf("%q: the spec of %q is wrong", line, c.Name)
		}
	})
}

// FuzzDecode checks that decoding properties and references to parameters doesn't panic,
// and that offsets are within the text.
func FuzzDecode(f *testing.F) {
	for _, s := range Specs() {
		_, args, _ := strings.Cut(s.Example, " ")
		f.Add(args)
		for _, p := range s.Props {
			f.Add(p.Name + ": " + p.Example)
		}
	}
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, args string) {
		n, _ := Parse(args, WantListOrMap)
		if n == nil {
			return
		}
		for _, s := range Specs() {
			values, problems := Decode(n, s.Props, nil)
			checkProblems(t, args, problems)
			for i := range values {
				if len(problems) == 0 {
					values[i].Comparable()
				}
			}
		}
	})
}
