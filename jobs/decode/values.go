package decode

import "encoding/json"

// String reads a string. A null leaves v as it is, here as for all values that
// can't be nil.
func String[T ~string](d *Decoder, v *T) {
	if s, ok := d.string(); ok {
		*v = T(s)
	}
}

// Bool reads true or false.
func Bool[T ~bool](d *Decoder, v *T) {
	switch d.kind() {
	case 't':
		*v = true
		d.i++
	case 'f':
		*v = false
		d.i++
	default:
		d.none()
	}
}

// Raw keeps the value as JSON, a copy of it.
func Raw(d *Decoder, v *json.RawMessage) {
	raw := d.raw()
	switch {
	case raw == nil:
	case *v == nil:
		*v = make(json.RawMessage, len(raw))
		copy(*v, raw)
	default:
		*v = append((*v)[:0], raw...)
	}
}

// JSON has encoding/json read a value of any type.
func JSON[T any](d *Decoder, v *T) {
	if raw := d.raw(); raw != nil && json.Unmarshal(raw, v) != nil {
		d.Fail()
	}
}
