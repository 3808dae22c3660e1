package pattern

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// point is a value of a field, or its absence, as a point of an ordered space. Texts are in
// lower case as far as they are ASCII, so that texts which differ in case only are one point.
type point struct {
	kind   pointKind
	number float64
	text   string
}

type pointKind uint8

const (
	atAbsence pointKind = iota
	atNull
	atFalse
	atTrue
	atNumber
	atText
)

func (p point) compare(q point) int {
	return cmp.Or(cmp.Compare(p.kind, q.kind), cmp.Compare(p.number, q.number), cmp.Compare(p.text, q.text))
}

// span is a range of points, with both ends.
type span struct{ from, to point }

// afterTexts ends the last text with a given beginning: UTF-8 has no such byte.
const afterTexts = "\xff"

var (
	anyText    = span{point{kind: atText}, point{kind: atText, text: afterTexts}}
	anyNumber  = numbers(math.Inf(-1), math.Inf(1))
	anyPresent = span{point{kind: atNull}, anyText.to}
	anything   = span{point{}, anyText.to}
)

func only(p point) []span { return []span{{p, p}} }

func numbers(from, to float64) span {
	return span{point{kind: atNumber, number: from}, point{kind: atNumber, number: to}}
}

// extent approximates the values that a field accepts. Each of them is in the spans of both
// directions, which may contain other values too. Forward compares texts from their first byte.
// Backward compares them from their last one, for suffixes. The spans are sorted and disjoint.
type extent [directions][]span

const (
	forward = iota
	backward
	directions
)

// newExtent returns the extent of a field with these alternatives.
func newExtent(alternatives []Alternative) extent {
	var e extent
	for direction := range e {
		for i := range alternatives {
			e[direction] = append(e[direction], alternatives[i].spans(direction)...)
		}
		e[direction] = joined(e[direction])
	}
	return e
}

// joined sorts spans, and joins those that meet.
func joined(all []span) []span {
	slices.SortFunc(all, func(a, b span) int { return a.from.compare(b.from) })
	apart := all[:0]
	for _, s := range all {
		if last := len(apart) - 1; last >= 0 && s.from.compare(apart[last].to) <= 0 {
			if s.to.compare(apart[last].to) > 0 {
				apart[last].to = s.to
			}
			continue
		}
		apart = append(apart, s)
	}
	return apart
}

// meets reports whether two extents have a common point in each direction. If not, no value
// is in both.
func (e *extent) meets(other *extent) bool {
	for direction := range e {
		if !meet(e[direction], other[direction]) {
			return false
		}
	}
	return true
}

func meet(a, b []span) bool {
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0].to.compare(b[0].from) < 0:
			a = a[1:]
		case b[0].to.compare(a[0].from) < 0:
			b = b[1:]
		default:
			return true
		}
	}
	return false
}

// spans returns spans with all values that the alternative matches.
func (a *Alternative) spans(direction int) []span {
	switch {
	case a.Invalid:
		return []span{anything}
	case a.isAbsence():
		return only(point{})
	case a.Not || a.Operator == Exists || a.Refers():
		return []span{anyPresent}
	case a.Operator == Numeric:
		r := a.interval()
		return []span{numbers(r.From, r.To)}
	}
	if _, isBlock := a.block(); isBlock {
		return []span{anyNumber, anyText} // a block matches numbers by their digits
	}
	return a.Operands[0].spans(a, direction)
}

// spans returns spans with all values that the alternative matches because of the operand.
func (o *Operand) spans(a *Alternative, direction int) []span {
	switch {
	case o.Type == Null:
		return only(point{kind: atNull})
	case o.Type == Bool && o.Text == "true":
		return only(point{kind: atTrue})
	case o.Type == Bool:
		return only(point{kind: atFalse})
	case o.Type == Number && o.number.Comparable:
		return []span{numbers(o.number.Value, o.number.Value)}
	case o.Type == Number:
		return []span{anyNumber}
	case a.IgnoreCase && !isASCII(o.Text):
		return []span{anyText}
	}
	text, whole := o.known(a, direction)
	from := point{kind: atText, text: text}
	if whole {
		return only(from)
	}
	return []span{{from, point{kind: atText, text: text + afterTexts}}}
}

// known returns the text with which all matching texts begin (forward) or end (backward), and
// whether it is the whole text.
func (o *Operand) known(a *Alternative, direction int) (text string, whole bool) {
	switch {
	case a.Operator == Equals:
		text, whole = o.Text, true
	case a.Operator == Prefix && direction == forward, a.Operator == Suffix && direction == backward:
		text = o.Text
	case a.Operator == Wildcard:
		pieces := wildcardPieces(o.Text)
		text = pieces[0]
		if direction == backward {
			text = pieces[len(pieces)-1]
		}
	}
	text = lowerASCII(text)
	if direction == backward {
		text = reversed(text)
	}
	return text, whole
}

func isASCII(s string) bool { return strings.IndexFunc(s, func(r rune) bool { return r >= 0x80 }) < 0 }

// lowerASCII changes the letters A to Z only, which can't change the length of a text.
func lowerASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

func reversed(s string) string {
	bytes := []byte(s)
	slices.Reverse(bytes)
	return string(bytes)
}

// apart reports whether no event has values for the fields of both rules.
func (r rule) apart(other rule) bool {
	for _, f := range r {
		for _, o := range other {
			if f.name == o.name && !f.extent.meets(&o.extent) {
				return true
			}
		}
	}
	return false
}

// apart reports whether no event matches both patterns, as far as extents show. It compares
// no more combinations than Overlap.
func (p *Pattern) apart(other *Pattern) bool {
	if len(p.rules)*len(other.rules) > maxCombinations {
		return false
	}
	for _, r := range p.rules {
		for _, o := range other.rules {
			if !r.apart(o) {
				return false
			}
		}
	}
	return true
}
