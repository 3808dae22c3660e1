package dispatch

import "github.com/jobgen/jobgen/internal/payload"

// DecodeFixed decodes what a rule's input is known to look like.
func DecodeFixed[E any](data []byte) (E, error) {
	p := payload.New(data)
	defer p.Release()
	p.Fixed = true
	return DecodeStruct[E](p)
}
