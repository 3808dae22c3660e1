package parse

import (
	"math"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/match"
	"github.com/jobgen/jobgen/internal/shape"
)

// numbers checks that the numbers that an alternative asks for can be decoded
// into the Go type's field: it is of one kind with them, and yet a uint8 takes no
// 300, nor an int 5.5.
func (c *schemaCheck) numbers(f *treeField, w want, at []origin) {
	for _, o := range at {
		el := o.at.Element()
		if o.goType && !w.decodable(el) {
			c.p.diags.Report(diag.KindMismatch, w.place(), "%s is %s in %s: %s; ask for one that it holds, or mend the type",
				f.key, numbersOfField(el), o.name, w.undecoded())
			return
		}
	}
}

// decodable reports whether an event that an alternative takes can be decoded
// into a field; where that isn't about numbers, it can.
func (w want) decodable(el *shape.Shape) bool {
	bounded := el.Numbers != nil && el.Kind.Has(shape.Number)
	switch {
	case w.operator == "numeric":
		r, ok := rangeOf(w.t)
		return !bounded || !ok || el.Numbers.Within(r)
	case w.t.kind == directive.Number && w.kind == shape.Number:
		return !bounded || el.Numbers.Matched(w.t.word)
	case w.t.kind == directive.String && w.isWhole() && el.Written != nil:
		return len(w.t.text.Params()) > 0 || el.Written(w.t.plain())
	}
	return true
}

// rangeOf is what the operand of numeric takes. It isn't ok where that is no
// valid operand, which package pattern tells.
func rangeOf(t *tree) (r match.Range, ok bool) {
	r = match.Range{From: math.Inf(-1), To: math.Inf(1)}
	for i := 0; i+1 < len(t.items); i += 2 {
		op, bound := t.items[i], t.items[i+1]
		if op.kind != directive.String || bound.kind != directive.Number {
			return r, false
		}
		number := match.ParseNumber([]byte(bound.word))
		if !number.Comparable {
			return r, false
		}
		switch comparison := op.plain(); comparison {
		case "=":
			r = match.Range{From: number.Value, To: number.Value}
		case "<", "<=":
			r.To, r.ToOpen = number.Value, comparison == "<"
		case ">", ">=":
			r.From, r.FromOpen = number.Value, comparison == ">"
		default:
			return r, false
		}
	}
	return r, len(t.items) > 0
}

// numbersOfField says what numbers a field holds: "uint8 (whole numbers from 0 to
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

// undecoded says what becomes of what is asked for.
func (w want) undecoded() string {
	switch {
	case w.operator == "numeric":
		return "no number that numeric asks for can be decoded"
	case strings.HasPrefix(w.operator, "anything-but"):
		return "the exception " + w.t.kindWord() + " never applies"
	}
	return "an event with " + w.t.kindWord() + " can't be decoded"
}
