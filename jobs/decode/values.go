package decode

import (
	"encoding/json"
	"math"
	"strconv"
	"time"
)

// String reads a string. A null leaves v as it is, here as for all values that
// can't be nil.
func String[T ~string](d *Decoder, v *T) {
	if d.null() {
		return
	}
	if s := d.string(); !d.failed {
		*v = T(s)
	}
}

// Bool reads true or false.
func Bool[T ~bool](d *Decoder, v *T) {
	c := d.peek()
	switch c {
	case 't', 'f', 'n':
	default:
		d.Fail()
		return
	}
	if d.Skip(); !d.failed && c != 'n' {
		*v = c == 't'
	}
}

// Int reads a whole number that T can hold.
func Int[T ~int | ~int8 | ~int16 | ~int32 | ~int64](d *Decoder, v *T) {
	text, ok := d.number()
	if !ok {
		return
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || int64(T(n)) != n {
		d.Fail()
		return
	}
	*v = T(n)
}

// Uint reads a whole number, not negative, that T can hold.
func Uint[T ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr](d *Decoder, v *T) {
	text, ok := d.number()
	if !ok {
		return
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil || uint64(T(n)) != n {
		d.Fail()
		return
	}
	*v = T(n)
}

// Float64 reads a number as the nearest float.
func Float64[T ~float64](d *Decoder, v *T) {
	if text, ok := d.number(); ok {
		*v = T(d.float(text, 64))
	}
}

// Float32 reads a number as the nearest float of 32 bits.
func Float32[T ~float32](d *Decoder, v *T) {
	if text, ok := d.number(); ok {
		*v = T(d.float(text, 32))
	}
}

// float fails where a number is out of range.
func (d *Decoder) float(text string, bits int) float64 {
	f, err := strconv.ParseFloat(text, bits)
	if err != nil || math.IsInf(f, 0) {
		d.Fail()
	}
	return f
}

// number reads the number at hand as it is written; it isn't ok where there is a
// null, or a failure.
func (d *Decoder) number() (text string, ok bool) {
	switch c := d.peek(); {
	case c == 'n':
		d.Skip()
		return "", false
	case c != '-' && (c < '0' || c > '9'):
		d.Fail()
		return "", false
	}
	start := d.i
	d.Skip()
	if d.failed {
		return "", false
	}
	return d.text[start:d.i], true
}

// Time reads a time in the format of RFC 3339.
func Time(d *Decoder, v *time.Time) { own(d, v) }

// Raw keeps the value as JSON.
func Raw(d *Decoder, v *json.RawMessage) { own(d, v) }

// own has a value read itself. It must not keep the JSON that it is given.
func own(d *Decoder, v json.Unmarshaler) {
	if raw := d.raw(); !d.failed && v.UnmarshalJSON(raw) != nil {
		d.Fail()
	}
}

// JSON has encoding/json read a value of any type.
func JSON[T any](d *Decoder, v *T) {
	if raw := d.raw(); !d.failed && json.Unmarshal(raw, v) != nil {
		d.Fail()
	}
}
