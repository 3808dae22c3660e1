package match

import (
	"math"
	"strconv"
	"unsafe"
)

// Number is a JSON number as EventBridge compares it: by its value as a 64-bit float if it
// is Comparable, otherwise only by its spelling. A number is comparable if the shortest
// decimal that identifies the nearest float is equal to it. So numbers with up to 15
// significant digits are comparable, and some with 16 or 17 digits.
type Number struct {
	Value      float64
	Comparable bool
}

const (
	// maxDigits is the maximum number of significant digits of a shortest decimal.
	maxDigits = 17
	// safeDigits is the number of significant digits that every normal float preserves.
	safeDigits = 15
	// minNormal is the smallest normal float.
	minNormal = 0x1p-1022
)

// ParseNumber reads a valid JSON number. It takes linear time and doesn't allocate.
func ParseNumber(s []byte) Number {
	d, ok := readDecimal(s)
	if !ok {
		return Number{}
	}
	if d.mantissa == 0 {
		return Number{Comparable: true}
	}
	value, err := strconv.ParseFloat(unsafe.String(unsafe.SliceData(s), len(s)), 64)
	if err != nil || (d.digits > safeDigits || math.Abs(value) < minNormal) && !d.isShortest(value) {
		return Number{}
	}
	return Number{Value: value, Comparable: true}
}

// isShortest reports whether a decimal is the shortest one for a float.
func (d decimal) isShortest(value float64) bool {
	var space [32]byte
	shortest, _ := readDecimal(strconv.AppendFloat(space[:0], math.Abs(value), 'e', -1, 64))
	return shortest == d
}

// decimal is mantissa × 10^exponent, without the sign.
type decimal struct {
	mantissa uint64 // 0, or digits of which the last is not 0
	digits   int    // of the mantissa; 0 if it is 0
	exponent int
}

// readDecimal reads a number. ok is false if it has more than maxDigits significant digits,
// or is far out of the range of floats.
func readDecimal(s []byte) (d decimal, ok bool) {
	zeros, point := 0, false // zeros: the number of zeros after the last other digit
	i := 0
	for ; i < len(s) && s[i]|0x20 != 'e'; i++ {
		switch c := s[i]; {
		case c == '.':
			point = true
			continue
		case c == '-':
			continue
		case c != '0':
			if d.mantissa != 0 {
				d.digits += zeros
			}
			if d.digits++; d.digits > maxDigits {
				return d, false
			}
			for ; zeros > 0 && d.mantissa != 0; zeros-- {
				d.mantissa *= 10
			}
			d.mantissa, zeros = d.mantissa*10+uint64(c-'0'), 0
		case d.mantissa != 0:
			zeros++
		}
		if point {
			d.exponent--
		}
	}
	d.exponent += zeros
	if d.mantissa == 0 {
		return decimal{}, true
	}
	if i < len(s) {
		d.exponent += readExponent(s[i+1:])
	}
	return d, -400 < d.exponent && d.exponent < 400
}

// readExponent reads an exponent, or a part of it that is out of the range of floats.
func readExponent(s []byte) int {
	sign, e := 1, 0
	for _, c := range s {
		switch {
		case c == '-':
			sign = -1
		case c != '+' && e < 1<<40:
			e = e*10 + int(c-'0')
		}
	}
	return sign * e
}
