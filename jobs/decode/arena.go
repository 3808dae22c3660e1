package decode

import (
	"strings"

	"github.com/jobgen/jobgen/internal/jsonscan"
)

// arena allocates strings. They are parts of longer strings, which several values share,
// because an allocation takes as long as decoding several fields. A long string is short
// enough that a string that is kept doesn't keep much memory.
type arena struct {
	text strings.Builder
	next int // the size of the next long string
}

// Sizes of long strings.
const (
	sharedText = 2 << 10  // of one that values share
	mostText   = 64 << 10 // the largest, for a single value
)

// begin releases a long string that belongs to a single value.
func (a *arena) begin() {
	if a.text.Cap() > sharedText {
		a.text.Reset()
	}
	a.next = sharedText
}

// grow begins a new long string, with space for at least n bytes. If a value needs several,
// each is larger than the one before.
//
//go:noinline
func (a *arena) grow(n int) {
	a.text.Reset()
	a.text.Grow(max(n, a.next))
	a.next = min(2*a.next, mostText)
}

// Text decodes a string, and reports whether it did. A null doesn't change v.
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
	a := &d.arena // inlined by hand for speed
	start := a.text.Len()
	if a.text.Cap()-start < len(text) {
		a.grow(len(text))
		start = 0
	}
	a.text.Write(text)
	*v = a.text.String()[start:]
	return true
}
