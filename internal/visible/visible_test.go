package visible

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestLine(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"plain text, with a\ttab", "plain text, with a\ttab"},
		{"größer 漢字 e\u0301 \u3000", "größer 漢字 e\u0301 \u3000"},
		{"\x1b[31mred\x1b[0m", `\x1b[31mred\x1b[0m`},
		{"a\x00b\x7fc\r\n", `a\x00b\x7fc\r\n`},
		{"\u009b31m", `\u009b31m`},
		{"a\u202eb\u2066c\u200fd", `a\u202eb\u2066c\u200fd`},
		{"a\u200bb\u200dc\ufeffd\u00ade", `a\u200bb\u200dc\ufeffd\u00ade`},
		{"a\u2028b\u2029c\u0085d", `a\u2028b\u2029c\u0085d`},
		{"a\U000e0041b\u3164c", `a\U000e0041b\u3164c`},
		{"a\xffb\xe2\x80c", `a\xffb\xe2\x80c`},
		{"\uFFFD", "\uFFFD"},
		{"::error ::text", `\x3a:error ::text`},
		{"\t\u00a0 ::error::text", "\t\u00a0 \\x3a:error::text"},
		{"a ::error::text", "a ::error::text"},
		{":: :", `\x3a: :`},
		{"a ##[group]b", `a \x23#[group]b`},
		{"###vso[task.x]", `#\x23#vso[task.x]`},
		{"## heading", "## heading"},
	} {
		if got := Line(test.in); got != test.want {
			t.Errorf("Line(%q) = %q, want %q", test.in, got, test.want)
		}
		if got := Line(Line(test.in)); got != test.want {
			t.Errorf("Line of Line(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}

// TestLineOfEveryCharacter checks what a terminal could obey, by Unicode's own
// classes.
func TestLineOfEveryCharacter(t *testing.T) {
	for r := rune(0); r <= utf8.MaxRune; r++ {
		shown := Line("a" + string(r) + "b")
		if shown == "a"+string(r)+"b" {
			if r != '\t' && (r < ' ' || 0x7F <= r && r < 0xA0 || 0x200B <= r && r <= 0x200F || 0x2028 <= r && r <= 0x202E || 0x2060 <= r && r <= 0x206F || r == 0xFEFF) {
				t.Errorf("%U is shown as it is", r)
			}
		} else if utf8.ValidRune(r) && !strings.HasPrefix(shown, `a\`) {
			t.Errorf("%U is shown as %q", r, shown)
		}
	}
}

func TestCells(t *testing.T) {
	line := "a\té漢\u0301\x1b\xff"
	columns, size := []int{}, 0
	for _, c := range Cells(line) {
		columns = append(columns, c.Columns)
		size += c.Size
	}
	want := []int{1, TabColumns, 1, 2, 0, 4, 4}
	if size != len(line) || len(columns) != len(want) {
		t.Fatalf("%d bytes in %v, want %d in %v", size, columns, len(line), want)
	}
	for i := range want {
		if columns[i] != want[i] {
			t.Errorf("columns are %v, want %v", columns, want)
			break
		}
	}
}

func TestWriter(t *testing.T) {
	var b strings.Builder
	w := NewWriter(&b)
	for _, piece := range []string{"one: \xe6\xbc", "\xa2\n:", ":error::x\n\n", "last \x1b"} {
		if n, err := w.Write([]byte(piece)); n != len(piece) || err != nil {
			t.Fatalf("Write(%q) = %d, %v", piece, n, err)
		}
	}
	if got, want := b.String(), "one: 漢\n\\x3a:error::x\n\n"; got != want {
		t.Errorf("before Flush: %q, want %q", got, want)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if got, want := b.String(), "one: 漢\n\\x3a:error::x\n\nlast \\x1b"; got != want {
		t.Errorf("after Flush: %q, want %q", got, want)
	}
	if w.Unwrap() != &b {
		t.Error("Unwrap returns another writer")
	}
}
