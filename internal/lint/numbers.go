package lint

import (
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/match"
	"github.com/jobgen/jobgen/internal/shape"
	"github.com/jobgen/jobgen/pattern"
)

// numbers checks that the Go type's field can decode the numbers that a term takes: a uint8
// can't decode 300, nor an int 5.5.
func (c *fieldCheck) numbers(m *pattern.Member, t pattern.Term, at []origin) {
	for _, o := range at {
		el := o.at.Element()
		if o.goType && !decodable(t, el) {
			c.report.Report(diag.KindMismatch, c.r.At(t.TypeOffset()), "%s is %s in %s: %s; ask for one that it holds, or change the type",
				m.Key, numbersOfField(el), o.name, undecoded(t))
			return
		}
	}
}

// decodable reports whether a field can decode a number that a term takes. It returns true
// for a term that isn't about numbers.
func decodable(t pattern.Term, el *shape.Shape) bool {
	bounded := el.Numbers != nil && el.Kind.Has(shape.Number)
	if r, ok := t.Range(); ok {
		return !bounded || el.Numbers.Within(match.Range(r))
	}
	switch v, ok := t.Literal(); {
	case !ok:
	case v.Type == pattern.Number:
		return !bounded || el.Numbers.Matched(v.Text)
	case v.Type == pattern.String && t.Whole() && el.Written != nil:
		return el.Written(v.Text)
	}
	return true
}

// numbersOfField describes the numbers that a field holds: "uint8 (whole numbers from 0 to
// 255)".
func numbersOfField(el *shape.Shape) string {
	text := "a number written out"
	if el.Numbers != nil {
		text = el.Numbers.Type + " (" + el.Numbers.String() + ")"
	}
	if el.Written != nil && !el.Kind.Has(shape.Number) {
		text += " in quotes"
	}
	return text
}

// undecoded says what happens to the numbers of a term that a field can't decode.
func undecoded(t pattern.Term) string {
	if _, ok := t.Range(); ok {
		return "no number that " + t.Word() + " asks for can be decoded"
	}
	if t.Excepts() {
		return "the exception " + t.String() + " never applies"
	}
	return "an event with " + t.String() + " can't be decoded"
}
