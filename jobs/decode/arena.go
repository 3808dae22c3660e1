package decode

import (
	"strings"

	"github.com/jobgen/jobgen/internal/jsonscan"
)

// arena is the memory of strings. They are parts of long strings that several values
// share, one after the other: to make a string for each value takes as long as to
// read some of its fields. A long string holds nothing else, and is short enough that it
// does no harm if one of the strings in it is kept.
type arena struct {
	text strings.Builder
	next int // the size of the next long string
}

// The sizes of long strings that values share, and of the largest that a single value
// has to itself.
const (
	sharedText = 2 << 10
	mostText   = 64 << 10
)

// begin lets go of what is only for the last value.
func (a *arena) begin() {
	if a.text.Cap() > sharedText {
		a.text.Reset()
	}
	a.next = sharedText
}

// grow begins a new long string, with room for n bytes at least. A value that wants more
// than one gets larger and larger ones.
//
//go:noinline
func (a *arena) grow(n int) {
	a.text.Reset()
	a.text.Grow(max(n, a.next))
	a.next = min(2*a.next, mostText)
}

// Text reads a string, and reports whether it did: a null leaves v as it is.
func (d *Decoder) Text(v *string) bool {
	i, tokens := d.i, d.tape.Tokens
	if uint(i) >= uint(len(tokens)) || d.tape.KindOf(tokens[i]) != '"' {
		d.none()
		return false
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
	*v = a.text.String()[start:]
	return true
}
