package diag

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/visible"
)

func at(line, column int) model.Pos {
	return model.Pos{File: "/src/jobs.go", Line: line, Column: column}
}

func TestRender(t *testing.T) {
	source := "package app\n\t//jobs:rate\t1 hours\n//jobs:x é: [é], b: c\r\n" + strings.Repeat("x", 300) + "\n\xff\x00é\n"
	tests := []struct {
		name string
		d    Diagnostic
		want string
	}{
		{"a tab keeps the caret under its column", New(RateValue, at(2, 16), "singular"),
			"jobs.go:2:16: error: singular [JOB501]\n\t\t//jobs:rate\t1 hours\n\t\t           \t  ^\n"},
		{"columns are bytes, carets stand under characters", New(ArgSyntax, at(3, 18), "bad"),
			"jobs.go:3:18: error: bad [JOB201]\n\t//jobs:x é: [é], b: c\n\t               ^\n"},
		{"a suggestion is asked for", New(PropUnknown, at(1, 1), "unknown").Suggest("", "timeout"),
			"jobs.go:1:1: error: unknown; did you mean \"timeout\"? [JOB301]\n\tpackage app\n\t^\n"},
		{"related places follow", New(PropTwice, at(1, 9), "twice").Relate(at(1, 1), "first"),
			"jobs.go:1:9: error: twice [JOB304]\n\tpackage app\n\t        ^\n\tjobs.go:1:1: first\n\tpackage app\n\t^\n"},
		{"a wide finding is underlined", Diagnostic{Pos: at(1, 9), Width: 3, Code: PropValue, Message: "wide"},
			"jobs.go:1:9: error: wide [JOB302]\n\tpackage app\n\t        ^~~\n"},
		{"a long line is cut", New(ArgLimit, at(4, 150), "long"),
			"jobs.go:4:150: error: long [JOB207]\n\t…" + strings.Repeat("x", 198) + "…\n\t" + strings.Repeat(" ", 100) + "^\n"},
		{"bytes that are no text are shown as escapes", New(ArgLimit, at(5, 3), "bytes"),
			"jobs.go:5:3: error: bytes [JOB207]\n\t\\xff\\x00é\n\t        ^\n"},
		{"further lines of a message are indented", New(GoSyntax, at(99, 1), "one\r\n::error::two"),
			"jobs.go:99:1: error: one\n\t\\x3a:error::two [JOB001]\n"},
		{"messages have escapes", New(GoSyntax, at(99, 1), "a\x1b[2Jb\u202e").Relate(at(98, 1), "\u009b"),
			"jobs.go:99:1: error: a\\x1b[2Jb\\u202e [JOB001]\n\tjobs.go:98:1: \\u009b\n"},
		{"a file's name has escapes", New(GoSyntax, model.Pos{File: "/src/::error ::a\nb.go", Line: 99, Column: 1}, "name"),
			"\\x3a:error ::a\\nb.go:99:1: error: name [JOB001]\n"},
		{"a place behind the line's end has its caret there", New(ArgSyntax, at(1, 12), "end"),
			"jobs.go:1:12: error: end [JOB201]\n\tpackage app\n\t           ^\n"},
		{"a place that is not there has no excerpt", New(ArgSyntax, at(99, 1), "gone"),
			"jobs.go:99:1: error: gone [JOB201]\n"},
		{"a column that is not there has no excerpt", New(ArgSyntax, at(1, 99), "gone"),
			"jobs.go:1:99: error: gone [JOB201]\n"},
		{"a file without a place", New(GoSyntax, model.Pos{File: "/src/app"}, "no such package"),
			"app: error: no such package [JOB001]\n"},
	}
	for _, test := range tests {
		var b bytes.Buffer
		p := &Printer{Dir: "/src", Source: func(string) []byte { return []byte(source) }}
		if err := p.Render(&b, []Diagnostic{test.d}); err != nil {
			t.Fatal(err)
		}
		if b.String() != test.want {
			t.Errorf("%s:\n%s\nwant:\n%s", test.name, b.String(), test.want)
		}
		if got := codes.ReplaceAllString(styled(t, p, test.d), ""); got != test.want {
			t.Errorf("%s, with styles:\n%s\nwant:\n%s", test.name, got, test.want)
		}
	}
}

// codes are the escape codes of styles.
var codes = regexp.MustCompile("\x1b\\[[0-9;]*m")

// styled returns a diagnostic as a terminal gets it.
func styled(t *testing.T, p *Printer, d Diagnostic) string {
	t.Helper()
	var b strings.Builder
	w := visible.NewWriter(&b)
	w.Styled = true
	if err := p.Render(w, []Diagnostic{d}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestRenderStyles(t *testing.T) {
	p := &Printer{Dir: "/src", Source: func(string) []byte { return []byte("package app // \x1b[31m\n") }}
	d := Diagnostic{Pos: at(1, 9), Width: 3, Severity: Warning, Code: PropValue, Message: "a\x1b[2J"}
	want := "\x1b[1mjobs.go:1:9:\x1b[0m \x1b[1;33mwarning:\x1b[0m a\\x1b[2J [JOB302]\n" +
		"\tpackage app // \\x1b[31m\n\t        \x1b[32m^~~\x1b[0m\n" +
		"\t\x1b[1mjobs.go:1:1:\x1b[0m first\n\tpackage app // \\x1b[31m\n\t\x1b[32m^\x1b[0m\n"
	if got := styled(t, p, d.Relate(at(1, 1), "first")); got != want {
		t.Errorf("got:\n%q\nwant:\n%q", got, want)
	}
}

func TestNames(t *testing.T) {
	p := &Printer{Dir: "/src/app"}
	for file, want := range map[string]string{
		"/src/app/jobs.go":     "jobs.go",
		"/src/app/a/jobs.go":   filepath.Join("a", "jobs.go"),
		"/src/other/jobs.go":   "/src/other/jobs.go",
		"/src/app2/jobs.go":    "/src/app2/jobs.go",
		"/src/app/..x/jobs.go": filepath.Join("..x", "jobs.go"),
		"jobs.go":              "jobs.go",
	} {
		if got := p.Name(file); got != want {
			t.Errorf("%s is shown as %s, want %s", file, got, want)
		}
	}
}

func TestWriteJSON(t *testing.T) {
	d := New(ArgDuplicate, at(3, 7), "the key %q & <more>", "a").Suggest("", "b").Relate(at(2, 1), "first")
	var b bytes.Buffer
	p := &Printer{Dir: "/src"}
	if err := p.WriteJSON(&b, []Diagnostic{d, New(DeliveryOnly, at(4, 1), "\u202e::error \u009b")}); err != nil {
		t.Fatal(err)
	}
	want := `{"file":"jobs.go","line":3,"column":7,"severity":"error","code":"JOB203","message":"the key \"a\" & <more>","suggestion":"b","related":[{"file":"jobs.go","line":2,"column":1,"message":"first"}]}
{"file":"jobs.go","line":4,"column":1,"severity":"note","code":"JOB307","message":"` + "\u202e::error \u009b" + `","suggestion":"","related":[]}
`
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
	for line := range strings.Lines(b.String()) {
		if !json.Valid([]byte(line)) {
			t.Errorf("not JSON: %s", line)
		}
	}
}

func TestListSortsAndDeduplicates(t *testing.T) {
	var l List
	l.Report(PropValue, at(2, 1), "later line")
	l.Report(PropValue, at(1, 9), "later column")
	l.Report(PropValue, at(1, 2), "b")
	l.Report(PropValue, at(1, 2), "a")
	l.Report(AnyResource, at(1, 2), "a note comes behind")
	l.Report(PropValue, at(1, 2), "a")
	l.Report(PropValue, model.Pos{File: "/src/a.go", Line: 9, Column: 9}, "earlier file")
	var got []string
	for _, d := range l.Sorted() {
		got = append(got, d.Message)
	}
	want := []string{"earlier file", "a", "b", "a note comes behind", "later column", "later line"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestStrictMakesWarningsErrors(t *testing.T) {
	var l List
	l.Report(InputSuspect, at(1, 1), "a warning")
	l.Report(AnyResource, at(1, 2), "a note")
	if l.HasErrors() {
		t.Error("a warning is no error")
	}
	l.Strict()
	if !l.HasErrors() || l.Count(Warning) != 0 || l.Count(Note) != 1 {
		t.Errorf("%d errors, %d warnings, %d notes", l.Count(Error), l.Count(Warning), l.Count(Note))
	}
}

// TestEveryCodeIsDescribed checks that the table has each code once, in order, and with all
// texts that explain prints.
func TestEveryCodeIsDescribed(t *testing.T) {
	declared := declaredCodes(t)
	var described []Code
	for _, info := range Codes() {
		described = append(described, info.Code)
		if info.Title == "" || info.Cause == "" || info.Remedy == "" {
			t.Errorf("%s lacks its title, cause or remedy", info.Code)
		}
		if info.Right != "" && info.Wrong == "" {
			t.Errorf("%s has a right example and no wrong one", info.Code)
		}
		if !strings.ContainsAny(info.Cause[len(info.Cause)-1:], ".)") && !strings.HasSuffix(info.Cause, "…") {
			t.Errorf("the cause of %s is no sentence: %s", info.Code, info.Cause)
		}
	}
	if !slices.IsSorted(described) || len(slices.Compact(slices.Clone(described))) != len(described) {
		t.Errorf("the table is not in order, or has a code twice: %v", described)
	}
	slices.Sort(declared)
	if !slices.Equal(declared, described) {
		t.Errorf("declared are %v, described %v", declared, described)
	}
}

// declaredCodes reads the constants' values from table.go.
func declaredCodes(t *testing.T) []Code {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), "table.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var codes []Code
	form := regexp.MustCompile(`^JOB[0-9]{3}$`)
	ast.Inspect(f, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if s, err := strconv.Unquote(lit.Value); err == nil && form.MatchString(s) {
				codes = append(codes, Code(s))
			}
		}
		return true
	})
	return codes
}

func TestLookup(t *testing.T) {
	if info, ok := Lookup("job407"); !ok || info.Code != Operator {
		t.Errorf("job407 is %v, %v", info.Code, ok)
	}
	if _, ok := Lookup("JOB000"); ok {
		t.Error("JOB000 is known")
	}
}
