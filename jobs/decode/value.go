package decode

import (
	"sync"

	"github.com/jobgen/jobgen/internal/jsonscan"
)

// Value decodes the JSON of one value into v, and reports whether it did. Otherwise v is
// undefined, and the caller has to use encoding/json.
func Value[T any](data []byte, v *T, read func(*Decoder, *T)) bool {
	r := begin(data)
	if r == nil {
		return false
	}
	read(&r.decoder, v)
	return r.end()
}

// reader has the memory for decoding a value.
type reader struct {
	tape    jsonscan.Tape
	decoder Decoder
}

// maxKept is the number of tokens of the largest value whose memory is kept. Nearly all
// events have fewer.
const maxKept = 1 << 16

var readers = sync.Pool{New: func() any { return new(reader) }}

// begin returns a reader for the value, or nil if data is not valid JSON.
func begin(data []byte) *reader {
	r := readers.Get().(*reader)
	if !r.tape.Read(data) {
		r.end()
		return nil
	}
	r.decoder.Start(&r.tape, jsonscan.Root)
	return r
}

// end releases the reader. It reports whether the decoder has not failed.
func (r *reader) end() bool {
	ok := r.decoder.End()
	r.tape.Data = nil
	if cap(r.tape.Tokens) <= maxKept {
		readers.Put(r)
	}
	return ok
}
