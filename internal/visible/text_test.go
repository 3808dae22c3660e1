package visible

import (
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
)

// TestStyles checks that a Writer shows styles, and that the codes for them come from
// jobgen alone: those in a text are escaped.
func TestStyles(t *testing.T) {
	var text Text
	text.Plain("a.go:1: ")
	text.Style(Red, "error")
	text.Plain(": \x1b[32mgreen\x1b[0m ")
	text.Style(Bold, "b\x1b[5m\ntwo\n")
	text.Style(Cyan, "")
	text.Plain("::end")
	for _, test := range []struct {
		styled bool
		want   string
	}{
		{false, "a.go:1: error: \\x1b[32mgreen\\x1b[0m b\\x1b[5m\ntwo\n\\x3a:end"},
		{true, "a.go:1: \x1b[1;31merror\x1b[0m: \\x1b[32mgreen\\x1b[0m \x1b[1mb\\x1b[5m\x1b[0m\n\x1b[1mtwo\x1b[0m\n\\x3a:end"},
	} {
		var b strings.Builder
		w := NewWriter(&b)
		w.Styled = test.styled
		if _, err := text.WriteTo(w); err != nil {
			t.Fatal(err)
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		if b.String() != test.want {
			t.Errorf("styled %v:\n%q, want\n%q", test.styled, b.String(), test.want)
		}
	}
	var plain strings.Builder
	if _, err := text.WriteTo(&plain); err != nil || plain.String() != text.String() {
		t.Errorf("another writer gets %q, %v, want %q", plain.String(), err, text.String())
	}
}

// TestStylesInPieces checks that styles stay at their places in a line that is written in
// several pieces, and that styles change nothing else.
func TestStylesInPieces(t *testing.T) {
	var styled, plain strings.Builder
	ws, wp := NewWriter(&styled), NewWriter(&plain)
	ws.Styled = true
	for _, piece := range []string{"one ", "漢\n::x", "\xe6", " two\n\n", "three\x07"} {
		var text Text
		text.Plain("-")
		text.Style(Green, piece)
		for _, w := range []*Writer{ws, wp} {
			if _, err := text.WriteTo(w); err != nil {
				t.Fatal(err)
			}
		}
	}
	_, _ = ws.Flush(), wp.Flush()
	if want := "-\x1b[32mone \x1b[0m-\x1b[32m漢\x1b[0m\n\x1b[32m\\x3a:x\x1b[0m"; !strings.HasPrefix(styled.String(), want) {
		t.Errorf("got %q, want the beginning %q", styled.String(), want)
	}
	if got := regexp.MustCompile("\x1b\\[[0-9;]*m").ReplaceAllString(styled.String(), ""); got != plain.String() {
		t.Errorf("without its codes, the styled text is\n%q, want\n%q", got, plain.String())
	}
}

// full is a writer that takes nothing.
type full struct{}

var errFull = errors.New("no space left")

func (full) Write([]byte) (int, error) { return 0, errFull }

// TestWriteToAFullDisk checks that WriteTo counts only what it has written.
func TestWriteToAFullDisk(t *testing.T) {
	var text Text
	text.Plain("a line\n")
	for _, w := range []io.Writer{full{}, NewWriter(full{})} {
		if n, err := text.WriteTo(w); n != 0 || !errors.Is(err, errFull) {
			t.Errorf("%T: %d bytes, error %v", w, n, err)
		}
	}
}
