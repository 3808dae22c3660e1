package decode

import (
	"math"

	"github.com/jobgen/jobgen/internal/jsonscan"
)

// window is a part of the JSON as a string: strings are cut from it, so that a
// small event is copied once for all that is read of it, and a large one only
// where something is read.
type window struct {
	text     string
	from, to uint32 // where in the data it is
	size     uint32 // of the next one
}

// firstWindow is the size of a value's first window. Those that follow double.
const firstWindow = 2048

func (w *window) reset() { *w = window{size: firstWindow} }

// open makes a window that begins at from and goes to end at least.
func (w *window) open(data []byte, from, end uint32) {
	size := uint64(w.size)
	to := min(max(uint64(end), uint64(from)+size), uint64(len(data)))
	if rest := uint64(len(data)) - to; rest < size {
		to += rest // no window for what is left
	}
	w.text = string(data[from:to])
	w.from, w.to = from, uint32(to)
	w.size = uint32(min(2*size, math.MaxInt32))
}

// string reads the string at hand; it isn't ok where there is a null, or a
// failure.
func (d *Decoder) string() (s string, ok bool) {
	if d.kind() != '"' {
		d.none()
		return "", false
	}
	token := &d.tape.Tokens[d.i]
	d.i++
	return d.text(token), true
}

// text returns the value of a string's token.
func (d *Decoder) text(token *jsonscan.Token) string {
	if token.Escaped() {
		d.space = jsonscan.Unescape(d.space[:0], d.tape.Data[token.Start+1:token.End-1])
		return string(d.space)
	}
	from, end := token.Start+1, token.End-1
	if from < d.window.from || end > d.window.to {
		d.window.open(d.tape.Data, from, end)
	}
	return d.window.text[from-d.window.from : end-d.window.from]
}
