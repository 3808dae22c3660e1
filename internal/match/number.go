package match

import (
	"math"
	"strconv"
)

// MaxDigits is the most significant digits of a number that is compared by its
// value: with more, a 64-bit float no longer distinguishes neighbours.
const MaxDigits = 17

// Number is a JSON number as it is compared: by its value as a 64-bit float, or
// only by its spelling where it has too many digits or is too large.
type Number struct {
	Value      float64
	Comparable bool
}

// exactPowers are the powers of ten that a 64-bit float holds exactly.
var exactPowers = [...]float64{
	1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
	1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
}

// ParseNumber reads a JSON number of right grammar, without allocating and in
// time linear in its length.
func ParseNumber(s []byte) Number {
	d, ok := readDecimal(s)
	if !ok {
		return Number{}
	}
	value, ok := d.float()
	return Number{Value: value, Comparable: ok}
}

// decimal is mantissa × 10^exponent.
type decimal struct {
	negative bool
	mantissa uint64 // at most MaxDigits digits, the last not 0 unless it is 0
	exponent int
}

// readDecimal reads a number; ok is false if it has more than MaxDigits
// significant digits or an exponent out of all bounds.
func readDecimal(s []byte) (d decimal, ok bool) {
	i := 0
	if s[0] == '-' {
		d.negative = true
		i++
	}
	zeros, digits, point := 0, 0, false // zeros: seen since the last digit that counts
	for ; i < len(s) && s[i]|0x20 != 'e'; i++ {
		if s[i] == '.' {
			point = true
			continue
		}
		if point {
			d.exponent--
		}
		if s[i] == '0' {
			if d.mantissa != 0 {
				zeros++
			}
			continue
		}
		if digits += zeros + 1; d.mantissa == 0 {
			digits = 1
		}
		if digits > MaxDigits {
			return d, false
		}
		d.mantissa = d.mantissa*pow10[zeros+1] + uint64(s[i]-'0')
		zeros = 0
	}
	d.exponent += zeros
	if i < len(s) {
		return d, d.addExponent(s[i+1:])
	}
	return d, true
}

var pow10 = [MaxDigits + 1]uint64{
	1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
}

func (d *decimal) addExponent(s []byte) bool {
	sign, e := 1, 0
	switch s[0] {
	case '-':
		sign = -1
		s = s[1:]
	case '+':
		s = s[1:]
	}
	for _, c := range s {
		if e = e*10 + int(c-'0'); e > 1<<30 {
			return d.mantissa == 0
		}
	}
	d.exponent += sign * e
	return true
}

// float is the nearest 64-bit float; ok is false if there is no finite one.
func (d decimal) float() (value float64, ok bool) {
	switch {
	case d.mantissa == 0:
		return 0, true
	case d.mantissa < 1<<53 && 0 <= d.exponent && d.exponent < len(exactPowers):
		value = float64(d.mantissa) * exactPowers[d.exponent]
	case d.mantissa < 1<<53 && d.exponent < 0 && -d.exponent < len(exactPowers):
		value = float64(d.mantissa) / exactPowers[-d.exponent]
	default:
		if value = d.slowFloat(); math.IsInf(value, 0) {
			return 0, false
		}
	}
	if d.negative {
		value = -value
	}
	return value, true
}

// slowFloat rounds right where one multiplication doesn't. The text is short
// enough that it stays off the heap.
func (d decimal) slowFloat() float64 {
	var space [32]byte
	text := strconv.AppendUint(space[:0], d.mantissa, 10)
	text = append(text, 'e')
	text = strconv.AppendInt(text, int64(d.exponent), 10)
	value, _ := strconv.ParseFloat(string(text), 64) // out of range gives ±Inf or 0
	return value
}
