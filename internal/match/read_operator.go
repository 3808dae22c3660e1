package match

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/jobgen/jobgen/internal/jsonscan"
)

// Words are the names of the operators, sorted.
var Words = [...]string{
	"anything-but", "cidr", "equals-ignore-case", "exactly", "exists", "numeric", "prefix", "suffix", "wildcard",
}

// alternative reads a literal, or an object with an operator.
func (r *reader) alternative(i int) Alternative {
	var a Alternative
	switch kind := r.tape.Kind(i); kind {
	case '{':
		r.operators(&a, i)
	case '[':
		r.err = errNoPattern
	default:
		return Literal(kind, r.text(i))
	}
	if len(a.Operands) == 0 && r.err == nil {
		r.err = errNoPattern
	}
	if r.err == nil {
		r.err = a.finish()
	}
	return a
}

// value reads the value of an operator: a literal, a list of literals, or an object with
// another operator.
func (r *reader) value(a *Alternative, i int) {
	switch r.tape.Kind(i) {
	case '{':
		r.operators(a, i)
	case '[':
		for j, end := jsonscan.First(i), r.tape.Next(i); j < end; j = r.tape.Next(j) {
			r.literal(a, j)
		}
	default:
		r.literal(a, i)
	}
}

func (r *reader) literal(a *Alternative, i int) {
	kind := r.tape.Kind(i)
	if kind == '{' || kind == '[' {
		r.err = errNoPattern
		return
	}
	a.Operands = append(a.Operands, Operand{Kind: kind, Text: r.text(i)})
}

// operators reads an object with an operator, or with one in another, as in
// {"prefix": {"equals-ignore-case": "a"}}.
func (r *reader) operators(a *Alternative, object int) {
	for i, end := jsonscan.First(object), r.tape.Next(object); i < end; i = r.tape.Next(i + 1) {
		switch r.text(i) {
		case "exactly":
		case "anything-but":
			a.Not = true
		case "equals-ignore-case":
			a.Fold = true
		case "prefix":
			a.Operator = Prefix
		case "suffix":
			a.Operator = Suffix
		case "wildcard":
			a.Operator = Wildcard
		case "numeric":
			a.Operator = Numeric
		case "cidr":
			a.Operator = CIDR
		case "exists":
			a.Operator = Exists
		default:
			r.err = errNoPattern
		}
		r.value(a, i+1)
	}
}

// finish converts the operands. It returns only errors that the value of a parameter may
// cause.
func (a *Alternative) finish() (err error) {
	switch a.Operator {
	case Numeric:
		return a.finishNumeric()
	case CIDR:
		text := a.Operands[0].Text
		if a.Block, err = ParseBlock(text); err != nil {
			return fmt.Errorf("cidr %s: %w", strconv.Quote(text), err)
		}
	case Wildcard:
		for i := range a.Operands {
			text := a.Operands[i].Text
			if a.Operands[i].Text, err = WildcardOperand(text); err != nil {
				return fmt.Errorf("wildcard %s has %w", strconv.Quote(text), err)
			}
		}
	case Prefix, Suffix:
		for i := range a.Operands {
			if a.Not && a.Operands[i].Text == "" {
				return errors.New("anything-but with an empty prefix or suffix would match no string")
			}
		}
	}
	return nil
}

// finishNumeric converts comparisons and numbers to a range.
func (a *Alternative) finishNumeric() error {
	if len(a.Operands)%2 != 0 {
		return errNoPattern
	}
	var bounds []Operand
	a.Range = AllNumbers()
	for i := 0; i < len(a.Operands); i += 2 {
		bound := a.Operands[i+1]
		bounds = append(bounds, bound)
		a.Range.Restrict(a.Operands[i].Text, ParseNumber([]byte(bound.Text)).Value)
	}
	a.Operands = bounds
	return nil
}
