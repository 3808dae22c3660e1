package pattern

import (
	"bytes"
	"math"
	"net/netip"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/jsonscan"
	"github.com/jobgen/jobgen/internal/match"
)

// operands calls f for each operand of the fields.
func operands(at []demand, f func(*Alternative, *Operand)) {
	for _, d := range at {
		for i := range d.field.Alternatives {
			a := &d.field.Alternatives[i]
			for j := range a.Operands {
				f(a, &a.Operands[j])
			}
		}
	}
}

func stringValue(s string) Value { return Value{Type: String, Text: s} }

// textCandidates returns the strings of the operands, without stars, and a few other
// strings.
func textCandidates(at []demand) []Value {
	var values []Value
	operands(at, func(a *Alternative, o *Operand) {
		switch {
		case o.Type != String || a.Operator == CIDR:
		case a.Operator == Wildcard:
			values = append(values, stringValue(strings.Join(wildcardPieces(o.Text), "")))
		default:
			values = append(values, stringValue(o.Text))
		}
	})
	for _, s := range []string{"other", "another", "a", ""} {
		values = append(values, stringValue(s))
	}
	return values
}

// fixedCandidates returns the values that are neither strings nor numbers.
func fixedCandidates([]demand) []Value {
	return []Value{{Type: Bool, Text: "true"}, {Type: Bool, Text: "false"}, {Type: Null, Text: "null"}}
}

// numberCandidates returns the numbers of the operands, and one number from each range
// between them. If any number meets the demands, one of these does.
func numberCandidates(at []demand) []Value {
	bounds := []float64{0}
	var texts []string
	operands(at, func(_ *Alternative, o *Operand) {
		if o.Type == Number {
			texts = append(texts, o.Text)
			bounds = append(bounds, o.number.Value)
		}
	})
	slices.Sort(bounds)
	bounds = slices.Compact(bounds)
	for i, x := range bounds {
		if i > 0 {
			texts = append(texts, numberText(middle(bounds[i-1], x)))
		}
		texts = append(texts, numberText(x))
	}
	last := bounds[len(bounds)-1]
	texts = append(texts, numberText(last+1), numberText(bounds[0]-1))
	for _, x := range bounds {
		texts = append(texts, numberText(math.Nextafter(x, math.Inf(1))), numberText(math.Nextafter(x, math.Inf(-1))))
	}
	texts = append(texts, incomparable)
	return numberValues(texts)
}

// incomparable is a number that is compared by its spelling only.
const incomparable = "1234567890123456789"

// middle returns a number between two others, a whole one if there is one.
func middle(a, b float64) float64 {
	if whole := math.Floor(a) + 1; whole < b {
		return whole
	}
	return a + (b-a)/2
}

func numberValues(texts []string) []Value {
	var values []Value
	for _, text := range texts {
		if n := jsonscan.NumberEnd([]byte(text), 0); n == len(text) { // false for infinities
			values = append(values, Value{Type: Number, Text: text})
		}
	}
	return values
}

// addressCandidates returns addresses. If the string operands are only cidr blocks and
// literals, and any address meets the demands, one of these does: each range of
// equivalent addresses begins where a block begins or after one ends, and the literals
// exclude at most as many addresses of a range as there are literals.
func addressCandidates(at []demand) []Value {
	var starts []netip.Addr
	literals := 0
	operands(at, func(a *Alternative, o *Operand) {
		switch block, isBlock := a.block(); {
		case isBlock:
			starts = append(starts, starting(block)...)
		case o.Type == String:
			literals++
		}
	})
	if starts == nil {
		return nil
	}
	starts = append(starts, netip.IPv4Unspecified(), netip.IPv6Unspecified())
	var values []Value
	for _, ip := range starts {
		for range min(literals, 100) + 1 {
			if ip.IsValid() {
				values = append(values, stringValue(ip.String()))
				ip = ip.Next()
			}
		}
	}
	return values
}

// starting returns the addresses at which the block begins and after which it ends, in
// both families: an address of the other family is compared by its first digits.
func starting(b match.Block) []netip.Addr {
	from, to := netip.AddrFrom4([4]byte(b.From[:4])), netip.AddrFrom4([4]byte(b.To[:4]))
	v4 := []netip.Addr{from, from.Next(), to, to.Next()}
	last := b.To
	if !b.V6 {
		copy(last[4:], bytes.Repeat([]byte{0xff}, 12))
	}
	v6 := []netip.Addr{netip.AddrFrom16(b.From), netip.AddrFrom16(last).Next()}
	if b.V6 {
		return append(v6, v4...)
	}
	return append(v4, v6...)
}

// takesDigits reports whether a cidr block may match a number because of its digits
// (see match.Block.ContainsDigits). The candidates don't include such numbers, nor the
// addresses of a block that a parameter gives.
func takesDigits(at []demand) bool {
	takes := false
	for _, d := range at {
		for i := range d.field.Alternatives {
			b, isBlock := d.field.Alternatives[i].block()
			takes = takes || isBlock && !d.field.comparesNumbers() && (b == match.NoBlock || beginsAsNumber(b))
		}
	}
	return takes
}

// beginsAsNumber reports whether the hexadecimal digits of an address in the block can
// begin a JSON number: 1 to 9, or 0E.
func beginsAsNumber(b match.Block) bool {
	from, to := b.From[0]>>4, b.To[0]>>4
	if to > 0 {
		return from <= 9
	}
	return b.From[0]&0xf <= 0xe && 0xe <= b.To[0]&0xf
}
