package decode

import (
	"math"
	"strconv"
)

// Int reads a whole number that T can hold.
func Int[T ~int | ~int8 | ~int16 | ~int32 | ~int64](d *Decoder, v *T) {
	if n, ok := d.int(); ok {
		if *v = T(n); int64(*v) != n {
			d.Fail()
		}
	}
}

// Uint reads a whole number, not negative, that T can hold.
func Uint[T ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr](d *Decoder, v *T) {
	if n, ok := d.uint(); ok {
		if *v = T(n); uint64(*v) != n {
			d.Fail()
		}
	}
}

// Float64 reads a number as the nearest float.
func Float64[T ~float64](d *Decoder, v *T) {
	if f, ok := d.float(64); ok {
		*v = T(f)
	}
}

// Float32 reads a number as the nearest float of 32 bits.
func Float32[T ~float32](d *Decoder, v *T) {
	if f, ok := d.float(32); ok {
		*v = T(f)
	}
}

// number reads the number at hand as it is written; it is nil where there is a
// null, or a failure.
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

// uint reads a whole number of 64 bits that isn't negative.
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

// digits reads a number that is so short that it can't overflow. It isn't ok
// where there is anything but digits.
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

// float reads a number; one that is out of range is a failure.
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
