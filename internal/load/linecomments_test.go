package load

import (
	"go/parser"
	"go/token"
	"testing"
)

func TestWithoutLineComments(t *testing.T) {
	for _, test := range []struct{ name, src, want string }{
		{"none", "package a // line 1:2\n", ""},
		{"at the start of a line", "//line x.go:7:3\npackage a\n", "//line x.go 7 3\npackage a\n"},
		{"within a line", "package /*line /dev/zero:1*/ a\n", "package /*line /dev/zero 1*/ a\n"},
		{"with a carriage return", "//line x:1\r\npackage a\r\n", "//line x 1\r\npackage a\r\n"},
		{"with code behind it", "//line x:1\nvar a = b[1:2]\n", "//line x 1\nvar a = b[1:2]\n"},
		{"at the end", "package a\n//line x:1", "package a\n//line x 1"},
		{"without an end", "package a\n/*line x:1", "package a\n/*line x 1"},
		{"in a string", "package a\n\nconst s = `\n//line x:1\n/*line x:1*/`\n", ""},
		{"behind an error", "package a\n\nvar c = 'ab\n//line x:1\n", "package a\n\nvar c = 'ab\n//line x 1\n"},
		{"a mark like one of cgo's", "package a\n\nvar s = /*line :9:9*/ 1\n", "package a\n\nvar s = /*line  9 9*/ 1\n"},
	} {
		if got := string(withoutLineComments([]byte(test.src))); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// FuzzWithoutLineComments checks that no position of any source is another than
// the real one.
func FuzzWithoutLineComments(f *testing.F) {
	f.Add([]byte("//line x:1\npackage a\n/*line y:2:3*/var b /*line :5*/ = `//line z:1`\n//line :1\n"))
	f.Add([]byte("\ufeff//line x:1\r\npackage a\r\n/*line x:1\r*/"))
	f.Fuzz(func(t *testing.T, src []byte) {
		out := withoutLineComments(src)
		if out == nil {
			out = src
		}
		if len(out) != len(src) {
			t.Fatalf("%d bytes of %d", len(out), len(src))
		}
		fset := token.NewFileSet()
		parser.ParseFile(fset, "real.go", out, parser.ParseComments|parser.AllErrors)
		fset.Iterate(func(file *token.File) bool {
			for offset := range file.Size() {
				pos := file.Pos(offset)
				if shown, real := file.PositionFor(pos, true), file.PositionFor(pos, false); shown != real {
					t.Fatalf("%v is reported as %v", real, shown)
				}
			}
			return true
		})
	})
}
