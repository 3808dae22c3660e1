package decode

import (
	"math"
	"strconv"
)

// Int decodes a whole number. A number that T can't represent is a failure.
func Int[T ~int | ~int8 | ~int16 | ~int32 | ~int64](d *Decoder, v *T) {
	if n, ok := d.int(); ok {
		if *v = T(n); int64(*v) != n {
			d.Fail()
		}
	}
}

// Uint decodes an unsigned whole number. A number that T can't represent is a failure.
func Uint[T ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr](d *Decoder, v *T) {
	if n, ok := d.uint(); ok {
		if *v = T(n); uint64(*v) != n {
			d.Fail()
		}
	}
}

// Float64 decodes a number as the nearest float.
func Float64[T ~float64](d *Decoder, v *T) {
	if f, ok := d.float(64); ok {
		*v = T(f)
	}
}

// Float32 decodes a number as the nearest float of 32 bits.
func Float32[T ~float32](d *Decoder, v *T) {
	if f, ok := d.float(32); ok {
		*v = T(f)
	}
}

// number reads the current number and returns it as written. It returns nil for a null and
// after a failure.
func (d *Decoder) number() []byte {
	if c := d.kind(); c != '-' && (c < '0' || c > '9') {
		d.none()
		return nil
	}
	text := d.tape.Raw(d.i)
	d.i++
	return text
}

// int reads a whole number of 64 bits.
func (d *Decoder) int() (n int64, ok bool) {
	text := d.number()
	if text == nil {
		return 0, false
	}
	number, sign := text, int64(1)
	if text[0] == '-' {
		number, sign = text[1:], -1
	}
	if u, ok := digits(number); ok {
		return sign * int64(u), true
	}
	n, err := strconv.ParseInt(string(text), 10, 64)
	if err != nil {
		d.Fail()
	}
	return n, err == nil
}

// uint reads an unsigned whole number of 64 bits.
func (d *Decoder) uint() (n uint64, ok bool) {
	text := d.number()
	if text == nil {
		return 0, false
	}
	if n, ok = digits(text); ok {
		return n, true
	}
	n, err := strconv.ParseUint(string(text), 10, 64)
	if err != nil {
		d.Fail()
	}
	return n, err == nil
}

// digits parses a number that can't overflow because it is short. It returns false if
// text is longer or has other characters than digits.
func digits(text []byte) (n uint64, ok bool) {
	if len(text) > 18 {
		return 0, false
	}
	for _, c := range text {
		if c -= '0'; c > 9 {
			return 0, false
		}
		n = 10*n + uint64(c)
	}
	return n, true
}

// float reads a number. A number that is out of range is a failure.
func (d *Decoder) float(bits int) (f float64, ok bool) {
	text := d.number()
	if text == nil {
		return 0, false
	}
	f, err := strconv.ParseFloat(string(text), bits)
	if err != nil || math.IsInf(f, 0) {
		d.Fail()
		return 0, false
	}
	return f, true
}
