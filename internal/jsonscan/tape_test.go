package jsonscan_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/jobgen/jobgen/internal/jsonscan"
)

// texts are JSON and what is nearly so.
var texts = []string{
	`{}`, `[]`, `[[]]`, ` { "a" : [ 1 , 2 ] } `, `{"a":"x","b":["y",{"c":null}],"d":{}}`, `{"a":{"b":{"c":[[[1,[2,{"d":"e"}]]]]}}}`,
	`{ "a" : -1.50 , "b" : [ ] , "c":[ -0.5 ,1.5e3,-],"d":{ } }`, "{\n\t\"a\": {\r\n\"b\": [\n1.5,\n-2\n]\n}\n}", `[-]`, `[1.]`, `[.5]`, `[-.5]`, `[1.5.5]`, `[0.0]`, `[01.5]`, `{ x }`, "[\x01]", "[1,\x01 2]",
	`{"a":1}x`, `{"a":1}}`, `{"a":1},`, `{"a":1`, `{"a":`, `{"a"`, `{"a`, `{`, ``, ` `, `{,}`, `{"a":1,}`, `{"a" 1}`, `{a:1}`, `{"a":1 "b":2}`,
	`[1,]`, `[,1]`, `[1 2]`, `[1:2]`, `[`, `[1`, `[1}`, `{"a":1]`, `]`, `}`, `,`, `:`, `{"a":1,2}`, `{1:2}`, `{[]:1}`,
	`0`, `-0`, `1.5e10`, `1E+2`, `00`, `01`, `-`, `1.`, `1e`, `NaN`, `true`, `false`, `null`, `tru`, `truex`, `nul`,
	`""`, `"a"`, `"\"\\\/\b\f\n\r\t\u00e9\uD83D\uDE80"`, `"\x"`, `"\u12"`, `"\u12g4"`, `"\`, `"\"`, `"a`, "\"\x01\"", "\"\xff\"",
	`"abcdefg\nh"`, `"abcdefgh\"`, `"abcdefgh\\"`, `{"abcdefgh\\":"é"}`, "{\"a\":1}\x00", "\n{\r\"a\"\t:\n1}\n", "\"abcdefgh\x01\"", `{"é":1}`,
}

func TestTapeTakesWhatEncodingJSONTakes(t *testing.T) {
	var tape jsonscan.Tape
	for _, text := range texts {
		for _, all := range []string{text, `{"a":` + text + `}`, `[` + text + `,"0123456789"]`, `{"a":` + text + `,"more":"0123456789"}`} {
			check(t, &tape, []byte(all))
		}
	}
	for _, depth := range []int{9999, 10000, 10001} {
		check(t, &tape, []byte(strings.Repeat(`[`, depth)+strings.Repeat(`]`, depth)))
		check(t, &tape, []byte(strings.Repeat(`{"a":`, depth)+`1`+strings.Repeat(`}`, depth)))
	}
}

func TestTapeRefusesWhatIsCutOff(t *testing.T) {
	whole := []byte(`{"text":"é\u00e9","list":[1,true,{"a":null},[]],"last":"0123456789abcdef"}`)
	var tape jsonscan.Tape
	for n := range whole {
		if tape.Read(whole[:n]) {
			t.Errorf("took %s", whole[:n])
		}
	}
	check(t, &tape, whole)
}

func FuzzTape(f *testing.F) {
	for _, text := range texts {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) { check(t, new(jsonscan.Tape), data) })
}

// check compares a tape with encoding/json: which input it accepts, and its tokens.
//
//nolint:gocyclo // a case for each kind of token, each with what must be true of it
func check(t *testing.T, tape *jsonscan.Tape, data []byte) {
	t.Helper()
	ok := tape.Read(data)
	if ok != json.Valid(data) {
		t.Fatalf("%.200q: read %v", data, ok)
	}
	if !ok {
		return
	}
	if tape.ASCII() && !utf8.Valid(data) {
		t.Fatalf("%.200q is not ASCII", data)
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var walk func(i int) int
	token := func(i int, want byte) {
		if got := tape.Kind(i); got != want {
			t.Fatalf("%.200q: token %d begins with %q, want %q", data, i, got, want)
		}
	}
	walk = func(i int) int {
		next, _ := d.Token()
		switch next := next.(type) {
		case json.Delim:
			token(i, byte(next))
			after := tape.Next(i)
			raw := tape.Raw(i)
			if raw[len(raw)-1] != byte(next)+2 || len(raw) < 1000 && !json.Valid(raw) {
				t.Fatalf("%.200q: token %d is %.200q", data, i, raw)
			}
			for i = jsonscan.First(i); d.More(); {
				i = walk(i)
			}
			_, _ = d.Token()
			if i != after {
				t.Fatalf("%.200q: after token %d, want %d", data, i, after)
			}
			return i
		case string:
			token(i, '"')
			content := tape.Content(i)
			if tape.Tokens[i].Escaped() {
				content = jsonscan.Unescape(nil, content)
			} else if bytes.IndexByte(content, '\\') >= 0 {
				t.Fatalf("%.200q: %q has escapes", data, content)
			}
			if got := strings.ToValidUTF8(string(content), "\uFFFD"); got != strings.ToValidUTF8(next, "\uFFFD") && utf8.Valid(content) {
				t.Fatalf("%.200q: string %q, want %q", data, got, next)
			}
		case json.Number:
			if got := string(tape.Raw(i)); got != next.String() {
				t.Fatalf("%.200q: number %q, want %q", data, got, next)
			}
		default:
			if !json.Valid(tape.Raw(i)) {
				t.Fatalf("%.200q: literal %q", data, tape.Raw(i))
			}
		}
		if tape.Next(i) != i+1 {
			t.Fatalf("%.200q: the token after token %d is %d", data, i, tape.Next(i))
		}
		return i + 1
	}
	if end := walk(jsonscan.Root); end != len(tape.Tokens) {
		t.Fatalf("%.200q: %d tokens, want %d", data, len(tape.Tokens), end)
	}
}
