package jobs

// DecodeFixed decodes what a rule's input is known to look like.
func DecodeFixed[E any](payload []byte) (E, error) {
	p := newPayload(payload)
	defer p.release()
	p.fixed = true
	return DecodeStruct[E](p)
}
