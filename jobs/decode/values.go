package decode

import "encoding/json"

// String is like Text, for all string types. As for all types without a nil value, a null
// doesn't change v.
//
//go:noinline
func String[T ~string](d *Decoder, v *T) {
	var s string
	if d.Text(&s) {
		*v = T(s)
	}
}

// Bool decodes true or false.
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

// Raw stores a copy of the value's JSON.
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

// JSON decodes a value with encoding/json.
func JSON[T any](d *Decoder, v *T) {
	if raw := d.raw(); raw != nil && json.Unmarshal(raw, v) != nil {
		d.Fail()
	}
}
