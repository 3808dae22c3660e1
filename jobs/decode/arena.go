package decode

import (
	"strings"

	"github.com/jobgen/jobgen/internal/jsonscan"
)

// arena is the memory of a value's strings. They are parts of few long strings,
// which hold nothing else, so that what is kept of an event is no more than was
// wanted of it.
type arena struct {
	text strings.Builder
	used int // before text
	size int // of the next long string
	most int // that the value can want
}

// firstMost is the most that a value's first long string takes: what is wanted of
// a large value may be little.
const firstMost = 8192

// begin lets go of the last value's strings. What it wanted is the measure for
// the next, which has so many bytes.
//
//go:noinline
func (a *arena) begin(most int) {
	if used := a.used + a.text.Len(); used > 0 {
		a.size = min(used+used/32, firstMost)
	} else if a.size == 0 {
		a.size = min(most/2, firstMost)
	}
	a.used, a.most = 0, most
	a.text.Reset()
}

// grow begins a new long string, with room for n bytes at least. Those behind the
// first are for what is more than was expected: a little, or more and more.
func (a *arena) grow(n int) {
	first := a.text.Cap() == 0
	a.used += a.text.Len()
	a.text.Reset()
	a.text.Grow(max(n, min(a.size, a.most-a.used)))
	if first {
		a.size = max(a.size/4, 64)
	} else {
		a.size *= 2
	}
}

// string reads the string at hand; it isn't ok where there is a null, or a
// failure.
func (d *Decoder) string() (s string, ok bool) {
	i, tokens := d.i, d.tape.Tokens
	if uint(i) >= uint(len(tokens)) || d.tape.KindOf(tokens[i]) != '"' {
		d.none()
		return "", false
	}
	d.i++
	token := tokens[i]
	text := d.tape.Text(token)
	if token.Escaped() {
		d.space = jsonscan.Unescape(d.space[:0], text)
		text = d.space
	}
	a := &d.arena // what follows is written out here because it is done so often
	start := a.text.Len()
	if a.text.Cap()-start < len(text) {
		a.grow(len(text))
		start = 0
	}
	a.text.Write(text)
	return a.text.String()[start:], true
}
