package decode

import "encoding/json"

// String is Text for all types that are strings. A null leaves v as it is, here as for
// all values that can't be nil.
//
//go:noinline
func String[T ~string](d *Decoder, v *T) {
	var s string
	if d.Text(&s) {
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
