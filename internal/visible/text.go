package visible

import (
	"bytes"
	"io"
	"strings"
)

// Style is the look of a text on a terminal: the parameters of the escape code that
// selects it (ECMA-48, SGR).
type Style string

// The styles of jobgen's output.
const (
	Bold   Style = "1"
	Red    Style = "1;31"
	Green  Style = "32"
	Yellow Style = "1;33"
	Cyan   Style = "36"
)

// normal ends a style.
const normal Style = "0"

func (s Style) code() string { return "\x1b[" + string(s) + "m" }

// Text is a text with parts that have a style. Its zero value is empty. The styles are kept
// apart from the text. So the text may be untrusted: a Writer escapes all control characters
// in it.
type Text struct {
	text  []byte
	spans []span // in order; a span contains no line feed
}

// span is a part of a text that has a style.
type span struct {
	from, to int
	style    Style
}

// Write adds text without a style. It never fails.
func (t *Text) Write(p []byte) (int, error) {
	t.text = append(t.text, p...)
	return len(p), nil
}

// Plain adds text without a style.
func (t *Text) Plain(text string) { t.text = append(t.text, text...) }

// Style adds text in a style.
func (t *Text) Style(style Style, text string) {
	for line := range strings.Lines(text) {
		from := len(t.text)
		t.text = append(t.text, line...)
		if to := from + len(strings.TrimSuffix(line, "\n")); to > from {
			t.spans = append(t.spans, span{from, to, style})
		}
	}
}

// add adds another text.
func (t *Text) add(other *Text) {
	for _, s := range other.spans {
		t.spans = append(t.spans, span{len(t.text) + s.from, len(t.text) + s.to, s.style})
	}
	t.text = append(t.text, other.text...)
}

// String returns the text without styles.
func (t *Text) String() string { return string(t.text) }

// WriteTo writes the text to w. It writes the styles only if w is a *Writer.
func (t *Text) WriteTo(w io.Writer) (int64, error) {
	if visible, ok := w.(*Writer); ok {
		if err := visible.write(t); err != nil {
			return 0, err
		}
		return int64(len(t.text)), nil
	}
	n, err := w.Write(t.text)
	return int64(n), err
}

// cutLines removes the text's complete lines and returns them.
func (t *Text) cutLines() Text {
	end := bytes.LastIndexByte(t.text, '\n') + 1
	lines, rest := Text{text: t.text[:end:end]}, Text{text: t.text[end:]}
	for _, s := range t.spans {
		if s.from < end {
			lines.spans = append(lines.spans, s)
		} else {
			rest.spans = append(rest.spans, span{s.from - end, s.to - end, s.style})
		}
	}
	*t = rest
	return lines
}

// displayed returns the text with escaped control characters, and with the escape codes of
// its styles.
func (t *Text) displayed() string {
	if len(t.spans) == 0 {
		return Lines(string(t.text))
	}
	var b strings.Builder
	spans, at, open := t.spans, 0, false
	for line := range strings.Lines(string(t.text)) {
		text, feed := strings.CutSuffix(line, "\n")
		for _, c := range Cells(text) {
			if len(spans) > 0 && spans[0].from <= at && !open {
				b.WriteString(spans[0].style.code())
				open = true
			}
			b.WriteString(c.Text)
			at += c.Size
			if open && spans[0].to <= at {
				b.WriteString(normal.code())
				spans, open = spans[1:], false
			}
		}
		if feed {
			b.WriteByte('\n')
			at++
		}
	}
	return b.String()
}
