package diag

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/jobgen/jobgen/internal/visible"
)

// TestExcerptFits compares the caret's column with the one of the byte that it
// points at, for lines of all kinds of characters on terminals of all widths.
func TestExcerptFits(t *testing.T) {
	pieces := []string{"a", "b c", "\t", "é", "漢字", "\x1b", "\u202e", "\xff", "e\u0301", "🙂", "::", "…"}
	random := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		var line string
		for range random.IntN(60) {
			line += pieces[random.IntN(len(pieces))]
		}
		offset := random.IntN(len(line) + 1)
		for offset < len(line) && !utf8.RuneStart(line[offset]) {
			offset--
		}
		checkExcerpt(t, line[:offset]+"@"+line[offset:], offset, 28+random.IntN(120))
	}
}

// checkExcerpt renders a finding at the only @ of a line.
func checkExcerpt(t *testing.T, line string, offset, width int) {
	t.Helper()
	p := &Printer{Source: func(string) []byte { return []byte(line) }, Columns: width}
	var b bytes.Buffer
	if err := p.Render(&b, []Diagnostic{New(ArgSyntax, at(1, offset+1), "x")}); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(b.String(), "\n")
	if len(lines) != 4 {
		t.Fatalf("%q has no excerpt:\n%s", line, b.String())
	}
	shown, caret := lines[1], lines[2]
	if columnsUntil(shown, "@") != columnsUntil(caret, "^") {
		t.Errorf("the caret is not below the @ of %q on %d columns:\n%s\n%s", line, width, shown, caret)
	}
	if n := columnsUntil(shown, ""); n > width {
		t.Errorf("%q takes %d columns of %d:\n%s", line, n, width, shown)
	}
	if cut := !strings.Contains(shown, "…"); cut && strings.Trim(shown, "\t") != strings.Trim(visible.Line(line), "\t") {
		t.Errorf("%q is cut without a mark:\n%s", line, shown)
	}
}

// columnsUntil returns the column of a mark in a line, or the line's width.
func columnsUntil(line, mark string) int {
	if mark != "" {
		line, _, _ = strings.Cut(line, mark)
	}
	n := 0
	for _, c := range visible.Cells(line) {
		if c.Text == "\t" {
			n += visible.TabColumns - n%visible.TabColumns
		} else {
			n += c.Columns
		}
	}
	return n
}

func TestExcerpt(t *testing.T) {
	long := strings.Repeat("0123456789", 100)
	tests := []struct {
		name, line   string
		at, columns  int
		shown, caret string
	}{
		{"wide characters", "漢字: x", 8, 0, "漢字: x", "      ^"},
		{"an escape", "\x1b[0m x", 5, 0, `\x1b[0m x`, "        ^"},
		{"a tab after a wide character", "漢\tx", 4, 0, "漢\tx", "  \t^"},
		{"the start of a long line", long, 0, 40, "0123456789012345678901234567890…", "^"},
		{"the middle of a long line", long, 500, 40, "…567890123456789012345678901234…", "                ^"},
		{"the end of a long line", long, 1000, 40, "…" + long[970:], strings.Repeat(" ", 31) + "^"},
		{"a command in a long line", strings.Repeat("x", 60) + "::error ::y", 60, 40, "…xxxxxxxxxxxxxxxxxxxx::error ::y", "                     ^"},
		{"a command at the start", "::error ::x", 2, 0, `\x3a:error ::x`, "     ^"},
	}
	for _, test := range tests {
		p := &Printer{Source: func(string) []byte { return []byte(test.line) }, Columns: test.columns}
		var b visible.Text
		p.excerpt(&b, at(1, test.at+1), 0)
		if want := "\t" + test.shown + "\n\t" + test.caret + "\n"; b.String() != want {
			t.Errorf("%s:\n%swant:\n%s", test.name, b.String(), want)
		}
	}
}
