package shape

import (
	"math"
	"strconv"

	"github.com/jobgen/jobgen/internal/match"
)

// Numbers are the numbers that encoding/json can put in a Go type.
type Numbers struct {
	Type string // Go's word for it: uint8
	text string // which they are, for messages
	bits int
	// whole and signed make it a whole number's type; a float is neither.
	whole, signed bool
	// From and to are the bounds as EventBridge compares: as 64-bit floats. Those
	// of int64 and uint64 are rounded up, and the numbers of 17 digits next to them
	// are rounded up likewise.
	from, to float64
}

// Int are the numbers of a signed whole type.
func Int(typ string, bits int) *Numbers {
	least, greatest := int64(-1)<<(bits-1), int64(1)<<(bits-1)-1
	return &Numbers{
		Type: typ, bits: bits, whole: true, signed: true, from: float64(least), to: float64(greatest),
		text: "whole numbers from " + strconv.FormatInt(least, 10) + " to " + strconv.FormatInt(greatest, 10),
	}
}

// Uint are the numbers of an unsigned whole type.
func Uint(typ string, bits int) *Numbers {
	greatest := uint64(math.MaxUint64) >> (64 - bits)
	return &Numbers{
		Type: typ, bits: bits, whole: true, to: float64(greatest),
		text: "whole numbers from 0 to " + strconv.FormatUint(greatest, 10),
	}
}

// Float are the numbers of a float's type.
func Float(typ string, bits int) *Numbers {
	greatest := math.MaxFloat64
	if bits == 32 {
		// What rounds to the greatest float of 32 bits is taken for it.
		greatest = math.Nextafter(0x1.ffffffp127, 0)
	}
	most := strconv.FormatFloat(greatest, 'g', -1, bits)
	return &Numbers{Type: typ, bits: bits, from: -greatest, to: greatest, text: "numbers from -" + most + " to " + most}
}

// String says which numbers they are: "whole numbers from 0 to 255".
func (n *Numbers) String() string { return n.text }

// Reads reports whether a number can be decoded that is written so. Of a whole
// number's type, encoding/json takes digits alone: 5.0 and 1e2 are none.
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

// Matched reports whether an event can be decoded that has a number which
// EventBridge finds equal to one of a pattern. It compares by value: for a
// pattern's 5.0 the event may have 5.
func (n *Numbers) Matched(literal string) bool {
	number := match.ParseNumber([]byte(literal))
	if !number.Comparable {
		return n.Reads(literal) // equal to this very spelling alone
	}
	return n.Within(match.Range{From: number.Value, To: number.Value})
}

// Within reports whether one of the numbers is in a range.
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

// firstWhole is the least whole number from a bound on. Floats of 2^53 and more
// are all whole, and one more than such a one may be none.
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
