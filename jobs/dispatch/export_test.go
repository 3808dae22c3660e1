package dispatch

import "github.com/jobgen/jobgen/internal/payload"

// DecodeFixed decodes an input that must have a field of the struct.
func DecodeFixed[E any](data []byte) (E, error) {
	p := payload.New(data)
	defer p.Release()
	p.Fixed = true
	return DecodeStruct[E](p)
}
