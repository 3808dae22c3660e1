package diag

import (
	"strings"
	"testing"
)

func TestEdit(t *testing.T) {
	tests := []struct {
		name string
		line string // $ is the finding's position
		d    Diagnostic
		want string // the line afterwards, or "" if there is no edit
	}{
		{"a word", "//jobs:x a: [$stoping]", Diagnostic{}.Suggest("stoping", "stopping"), "//jobs:x a: [stopping]"},
		{"between quotes", `//jobs:x a: [$"stoping"]`, Diagnostic{}.Suggest("stoping", "stopping"), `//jobs:x a: ["stopping"]`},
		{"between single quotes", `//jobs:x a: [$'a b']`, Diagnostic{}.Suggest("a b", "a, c"), `//jobs:x a: ['a, c']`},
		{"a key", "//jobs:x {$sorce: [a]}", Diagnostic{}.Suggest("sorce", "source"), "//jobs:x {source: [a]}"},
		{"a step of a path", "//jobs:x $detail.stat.id: [a]", Diagnostic{}.Suggest("stat", "state"), "//jobs:x detail.state.id: [a]"},
		{"a step that the path has twice", "//jobs:x $detail.stat.stat: [a]", Diagnostic{}.Suggest("stat", "state"), ""},
		{"a value that needs quotes", "//jobs:x a: [$ab]", Diagnostic{}.Suggest("ab", "a, b"), `//jobs:x a: ["a, b"]`},
		{"a value that looks like a number", "//jobs:x a: [$l2]", Diagnostic{}.Suggest("l2", "12"), `//jobs:x a: ["12"]`},
		{"a value that needs escapes", "//jobs:x a: [$ab]", Diagnostic{}.Suggest("ab", `a"b`), ""},
		{"the beginning of a longer word", "//jobs:x a: [$stoping-now]", Diagnostic{}.Suggest("stoping", "stopping"), ""},
		{"another text", "//jobs:x a: [$started]", Diagnostic{}.Suggest("stoping", "stopping"), ""},
		{"a text with escapes", `//jobs:x a: [$"st\u006fping"]`, Diagnostic{}.Suggest("stoping", "stopping"), ""},
		{"only a suggestion", "//jobs:x $a: b", Diagnostic{}.Suggest("", "c"), ""},
		{"a text before the position", "//  $jobs:rate 1 hour", Diagnostic{}.Rewrite(4, "//  jobs:rate", "//jobs:rate"), "//jobs:rate 1 hour"},
		{"a schedule needs no quotes", "//jobs:cron $0 12 * * * *", Diagnostic{}.Rewrite(0, "0 12 * * * *", "0 12 * * ? *"), "//jobs:cron 0 12 * * ? *"},
		{"before the file", "$x", Diagnostic{}.Rewrite(40, "x", "y"), ""},
		{"a line", "\t//jobs:$allow JOB1 reason: none", Diagnostic{}.RemoveLine(), "(gone)"},
	}
	for _, test := range tests {
		for _, end := range []string{"\n", "\r\n", ""} {
			before, after, _ := strings.Cut(test.line, "$")
			source := "package x" + end + "é" + end + before + after + end
			test.d.Pos = at(3, len(before)+1)
			if end == "" {
				source, test.d.Pos = before+after, at(1, len(before)+1)
			}
			want := strings.Replace(source, before+after, test.want, 1)
			switch test.want {
			case "":
				want = source
			case "(gone)":
				want = strings.TrimSuffix(source, before+after+end)
			}
			got := apply([]byte(source), []Diagnostic{test.d})
			if string(got.New) != want {
				t.Errorf("%s: %q becomes %q, want %q", test.name, source, got.New, want)
			}
			if changed := len(got.Fixed) > 0; changed != (test.want != "") {
				t.Errorf("%s: %d fixes", test.name, len(got.Fixed))
			}
		}
	}
}

// Of fixes for one text, the first is made. An allow line goes last.
func TestFixed(t *testing.T) {
	source := "a b\nc\n"
	var l List
	l.Add(
		Diagnostic{Pos: at(1, 1), Severity: Warning}.Suggest("a", "x"),
		Diagnostic{Pos: at(1, 1), Severity: Warning, Message: "later"}.Suggest("a", "y"),
		Diagnostic{Pos: at(1, 3), Severity: Warning}.Suggest("b", "z"),
		Diagnostic{Pos: at(2, 1), Code: AllowUnused}.RemoveLine(),
	)
	rounds := []string{"x z\nc\n", "x z\n"}
	for i, want := range rounds {
		edited := l.Fixed(func(string) []byte { return []byte(source) })
		if len(edited) != 1 || string(edited[0].New) != want {
			t.Fatalf("round %d: %+v, want %q", i, edited, want)
		}
		source = want
	}
	if edited := l.Fixed(func(string) []byte { return nil }); len(edited) != 0 {
		t.Errorf("a file that was not read: %+v", edited)
	}
}

// An error can hide the finding that an allow line is for.
func TestFixedKeepsAllows(t *testing.T) {
	var l List
	l.Add(Diagnostic{Pos: at(1, 1), Severity: Error, Code: GoSyntax}, Diagnostic{Pos: at(1, 1), Code: AllowUnused}.RemoveLine())
	if edited := l.Fixed(func(string) []byte { return []byte("c\n") }); len(edited) != 0 {
		t.Errorf("the line goes: %+v", edited)
	}
}
