package shape

import (
	"math"
	"strconv"

	"github.com/jobgen/jobgen/internal/match"
)

// Numbers describes the numbers that encoding/json decodes into a Go type.
type Numbers struct {
	Type string // the name of the Go type: uint8
	text string // the description for messages
	bits int
	// whole is set for a type of whole numbers, and signed for a signed one.
	whole, signed bool
	// from and to are the first and the last number that EventBridge compares by value, as
	// 64-bit floats; see match.Number.
	from, to float64
}

// Int returns the numbers of a type of signed whole numbers.
func Int(typ string, bits int) *Numbers {
	least, greatest := int64(-1)<<(bits-1), int64(1)<<(bits-1)-1
	return &Numbers{
		Type: typ, bits: bits, whole: true, signed: true, from: bound(float64(least), bits), to: bound(float64(greatest), bits),
		text: "whole numbers from " + strconv.FormatInt(least, 10) + " to " + strconv.FormatInt(greatest, 10),
	}
}

// Uint returns the numbers of a type of unsigned whole numbers.
func Uint(typ string, bits int) *Numbers {
	greatest := uint64(math.MaxUint64) >> (64 - bits)
	return &Numbers{
		Type: typ, bits: bits, whole: true, to: bound(float64(greatest), bits),
		text: "whole numbers from 0 to " + strconv.FormatUint(greatest, 10),
	}
}

// bound returns the last number that EventBridge compares by value and that is not beyond a
// bound of a type of whole numbers. The shortest decimals of ±2^63 and 2^64 are beyond the
// bounds of int64 and uint64.
func bound(b float64, bits int) float64 {
	if bits == 64 {
		return math.Nextafter(b, 0)
	}
	return b
}

// Float returns the numbers of a float type.
func Float(typ string, bits int) *Numbers {
	greatest := math.MaxFloat64
	if bits == 32 {
		// encoding/json accepts numbers that round to the greatest float of 32 bits.
		greatest = math.Nextafter(0x1.ffffffp127, 0)
	}
	most := strconv.FormatFloat(greatest, 'g', -1, bits)
	return &Numbers{Type: typ, bits: bits, from: -greatest, to: greatest, text: "numbers from -" + most + " to " + most}
}

// String returns a description: "whole numbers from 0 to 255".
func (n *Numbers) String() string { return n.text }

// Reads reports whether a number in an event can be decoded. For a type of whole numbers,
// encoding/json accepts only digits, and not 5.0 or 1e2.
func (n *Numbers) Reads(text string) bool {
	var err error
	switch {
	case !n.whole:
		_, err = strconv.ParseFloat(text, n.bits)
	case n.signed:
		_, err = strconv.ParseInt(text, 10, n.bits)
	default:
		_, err = strconv.ParseUint(text, 10, n.bits)
	}
	return err == nil
}

// Matched reports whether a number can be decoded that EventBridge finds equal to a number
// of a pattern. EventBridge compares values: for 5.0 in the pattern, the event may have 5.
func (n *Numbers) Matched(literal string) bool {
	number := match.ParseNumber([]byte(literal))
	if !number.Comparable {
		return n.Reads(literal) // equal only to the same text
	}
	return n.Within(match.Range{From: number.Value, To: number.Value})
}

// Within reports whether the range contains one of the numbers.
func (n *Numbers) Within(r match.Range) bool {
	if n.from > r.From {
		r.From, r.FromOpen = n.from, false
	}
	if n.to < r.To {
		r.To, r.ToOpen = n.to, false
	}
	if n.whole {
		r.From, r.FromOpen = firstWhole(r.From, r.FromOpen), false
	}
	return r.From < r.To || r.From == r.To && !r.FromOpen && !r.ToOpen
}

// firstWhole returns the least whole number from a bound on. All floats from 2^53 on are
// whole numbers, but adding 1 to one of them may not give a float.
func firstWhole(from float64, open bool) float64 {
	first := math.Ceil(from)
	switch {
	case first > from || !open:
		return first
	case first+1 > first:
		return first + 1
	}
	return math.Nextafter(first, math.Inf(1))
}
