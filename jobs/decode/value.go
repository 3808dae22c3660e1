package decode

import (
	"sync"

	"github.com/jobgen/jobgen/internal/jsonscan"
)

// Value reads data, the JSON of one value, into v. It reports whether that went
// well: otherwise v holds anything, and encoding/json knows better.
func Value[T any](data []byte, v *T, read func(*Decoder, *T)) bool {
	r := begin(data)
	if r == nil {
		return false
	}
	read(&r.decoder, v)
	return r.end()
}

// reader is the memory in which one value is read.
type reader struct {
	tape    jsonscan.Tape
	decoder Decoder
}

// maxKept is how many tokens a value may have for its memory to be kept: more than
// nearly all events have. The memory of the largest is given back.
const maxKept = 1 << 16

var readers = sync.Pool{New: func() any { return new(reader) }}

// begin returns a reader at the value that data is; nil if it is none.
func begin(data []byte) *reader {
	r := readers.Get().(*reader)
	if !r.tape.Read(data) {
		r.end()
		return nil
	}
	r.decoder.Start(&r.tape, jsonscan.Root)
	return r
}

// end gives the memory back. It reports whether all went well.
func (r *reader) end() bool {
	ok := r.decoder.End()
	r.tape.Data = nil
	if cap(r.tape.Tokens) <= maxKept {
		readers.Put(r)
	}
	return ok
}
