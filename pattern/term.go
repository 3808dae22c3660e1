package pattern

import (
	"slices"
	"strings"
)

// Term is one value that an alternative names, with how it is compared. A literal has
// one term, anything-but one for each exception, numeric one for its range.
type Term struct {
	a *Alternative
	o *Operand // nil for numeric's range
}

// Terms returns the alternative's terms. An invalid alternative has none.
func (a *Alternative) Terms() []Term {
	if a.Operator == Numeric {
		return []Term{{a: a}}
	}
	terms := make([]Term, len(a.Operands))
	for i := range a.Operands {
		terms[i] = Term{a: a, o: &a.Operands[i]}
	}
	return terms
}

// Offset is where a fault of the term's value is reported in the source: at the value.
func (t Term) Offset() int {
	if t.o == nil {
		return t.a.OperatorOffset
	}
	return t.o.Offset
}

// TypeOffset is where a fault of the type that the term takes is reported in the
// source: at the operator that asks for the type, or else at the value.
func (t Term) TypeOffset() int {
	switch {
	case t.a.inner > 0:
		return t.a.inner
	case !t.a.Not && t.a.word != "":
		return t.a.OperatorOffset
	}
	return t.o.Offset
}

// HasTypeOperator reports whether an operator asks for the type of the term's value,
// and not the value itself.
func (t Term) HasTypeOperator() bool { return t.a.inner > 0 || !t.a.Not && t.a.word != "" }

// Word gives the term's operator as it is written, such as "anything-but prefix". It is
// empty for a literal.
func (t Term) Word() string { return t.a.word }

// Excepts reports whether the term is an exception, in anything-but.
func (t Term) Excepts() bool { return t.a.Not }

// Type returns the type that a value must have to be compared with the term. It is not
// ok where a value of any type is: with null, which Go types take too, and exists.
func (t Term) Type() (typ Type, ok bool) {
	switch {
	case t.a.Operator == Exists:
		return Null, false
	case t.o == nil:
		return Number, true
	}
	return t.o.Type, t.o.Type != Null
}

// Literal returns the value that the term names. It is not ok for a range of numbers,
// exists, a block of addresses and a text that refers to parameters.
func (t Term) Literal() (v Value, ok bool) {
	if t.o == nil || t.a.Operator == Exists || t.a.Operator == CIDR || t.o.Param {
		return Value{}, false
	}
	return Value{Type: t.o.Type, Text: t.o.Text}, true
}

// Text returns the string that the term names. It is not ok where Literal is not, and
// for values of other types.
func (t Term) Text() (text string, ok bool) {
	v, ok := t.Literal()
	return v.Text, ok && v.Type == String
}

// Whole reports whether the term names whole values, not a part or a form of them.
func (t Term) Whole() bool { return t.a.Operator == Equals }

// AnyCase reports whether the letter case of a text doesn't count.
func (t Term) AnyCase() bool { return t.a.IgnoreCase }

// String gives the value as it is written: a text in quotes.
func (t Term) String() string {
	if t.o == nil {
		return t.a.describeOperands()
	}
	return Value{Type: t.o.Type, Text: t.o.Text}.String()
}

// Phrase says in a sentence about a text what the term compares it with: begins with
// "a", ends with "b", matches "a*b".
func (t Term) Phrase() string {
	verb := "matches"
	switch t.a.Operator {
	case Prefix:
		verb = "begins with"
	case Suffix:
		verb = "ends with"
	}
	return verb + " " + t.String()
}

// Selects returns those of some texts that the term's comparison holds for, an
// exception's too.
func (t Term) Selects(texts []string) []string {
	if t.o == nil {
		return nil
	}
	alone := *t.a
	alone.Not, alone.Operands = false, []Operand{*t.o}
	return alone.Takes(texts)
}

// Part returns the n bytes of a text that a part of it would be compared with: of a
// prefix those at the begin, of a suffix those at the end. It is empty for other terms.
func (t Term) Part(text string, n int) string {
	switch t.a.Operator {
	case Prefix:
		return text[:n]
	case Suffix:
		return text[len(text)-n:]
	}
	return ""
}

// HoldsForNull reports whether the term's alternative takes null as a field's value. An
// invalid one takes nothing.
func (t Term) HoldsForNull() bool { return t.a.takes(Value{Type: Null, Text: "null"}) }

// takes reports whether the alternative takes a field's value.
func (a *Alternative) takes(v Value) bool {
	if a.Invalid {
		return false
	}
	f := Field{Alternatives: []Alternative{*a}}
	f.compile()
	return f.takes(v)
}

// Takes returns those of some texts that the alternative takes as a field's value. An
// invalid alternative takes none.
func (a *Alternative) Takes(texts []string) []string {
	if a.Invalid {
		return nil
	}
	f := Field{Alternatives: []Alternative{*a}}
	f.compile()
	return slices.DeleteFunc(slices.Clone(texts), func(text string) bool {
		return !f.takes(Value{Type: String, Text: text})
	})
}

// Literal returns the text that the alternative is equal to. It is not ok for other
// alternatives, and where the text refers to parameters.
func (a *Alternative) Literal() (text string, ok bool) {
	if a.Invalid || !a.isLiteral() || a.Operands[0].Type != String || a.Operands[0].Param {
		return "", false
	}
	return a.Operands[0].Text, true
}

// Begin returns the text that all values which the alternative takes begin with. It is
// not ok where it knows none.
func (a *Alternative) Begin() (text string, ok bool) {
	if a.Invalid || a.Operator != Prefix || a.Not || a.IgnoreCase || a.Operands[0].Param {
		return "", false
	}
	return a.Operands[0].Text, true
}

// Refers reports whether the alternative refers to parameters.
func (a *Alternative) Refers() bool {
	return slices.ContainsFunc(a.Operands, func(o Operand) bool { return o.Param })
}

// TakesNull reports whether the alternative is the literal null.
func (a *Alternative) TakesNull() bool {
	return !a.Invalid && a.isLiteral() && a.Operands[0].Type == Null
}

// TakesAbsence reports whether the alternative holds where a field has no value, and
// nowhere else.
func (a *Alternative) TakesAbsence() bool { return !a.Invalid && a.isAbsence() }

// Range is a range of numbers.
type Range struct {
	From, To         float64
	FromOpen, ToOpen bool // the bound itself is excluded
}

// Range returns the range of the numbers that the term takes, where it is one.
func (t Term) Range() (r Range, ok bool) {
	if t.o != nil {
		return Range{}, false
	}
	return Range(t.a.interval()), true
}

// Tautology says why the field's alternatives take whatever value it has, where two of
// them do so together by mistake; it is empty otherwise. See AnyValue.
func (f *Field) Tautology() string {
	var excepts [][]string // what each anything-but leaves out
	var literals []string
	exists := false
	for i := range f.Alternatives {
		switch a := &f.Alternatives[i]; {
		case a.Invalid:
		case a.Not && a.Operator == Equals && !a.IgnoreCase:
			excepts = append(excepts, a.values())
		case a.isLiteral():
			literals = append(literals, a.values()...)
		case a.Operator == Exists:
			exists = exists || !a.isAbsence()
		}
	}
	if exists && len(f.Alternatives) > 1 {
		return "exists: true alone holds for any"
	}
	for i, a := range excepts {
		if !slices.ContainsFunc(a, func(v string) bool { return !slices.Contains(literals, v) }) {
			return "what anything-but leaves out, " + strings.Join(a, ", ") + ", is an alternative too"
		}
		for _, b := range excepts[i+1:] {
			if !slices.ContainsFunc(a, func(v string) bool { return slices.Contains(b, v) }) {
				return "no value is both " + strings.Join(a, " or ") + " and " + strings.Join(b, " or ")
			}
		}
	}
	return ""
}

// values returns the alternative's operands as they are written.
func (a *Alternative) values() []string {
	var all []string
	for _, t := range a.Terms() {
		all = append(all, t.String())
	}
	return all
}
