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

// exactPowers are the powers of ten that a 64-bit float represents exactly.
var exactPowers = [...]float64{
	1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
	1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
}

// ParseNumber reads a valid JSON number. It takes linear time and doesn't allocate.
func ParseNumber(s []byte) Number {
	d, ok := readDecimal(s)
	var value float64
	switch {
	case !ok:
		return Number{}
	case d.digits > safeDigits || d.exponent < -maxExact || d.exponent > maxExact:
		return d.parse(s)
	case d.exponent < 0: // both operands are exact, so the result is rounded once
		value = float64(d.mantissa) / exactPowers[-d.exponent]
	default:
		value = float64(d.mantissa) * exactPowers[d.exponent]
	}
	if s[0] == '-' && value != 0 {
		value = -value
	}
	return Number{Value: value, Comparable: true}
}

const maxExact = len(exactPowers) - 1

// parse is ParseNumber for the numbers that need more than one operation.
func (d decimal) parse(s []byte) Number {
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
	i := 0
	if s[0] == '-' {
		i++
	}
	zeros, point := 0, false // zeros: the number of zeros after the last other digit
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
		if d.digits += zeros + 1; d.digits > maxDigits {
			return d, false
		}
		d.mantissa = d.mantissa*pow10[zeros+1] + uint64(s[i]-'0')
		zeros = 0
	}
	if d.mantissa == 0 {
		return decimal{}, true
	}
	d.exponent += zeros
	if i < len(s) {
		d.exponent += readExponent(s[i+1:])
	}
	return d, -400 < d.exponent && d.exponent < 400
}

var pow10 = [maxDigits + 1]uint64{
	1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
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
