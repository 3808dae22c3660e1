package pattern

import (
	"slices"
	"strings"
)

// Term is a value in an alternative and its operator. A literal has one term, anything-but
// has one for each operand, and numeric has one for its range.
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

// Offset returns the offset of the term's value in the source.
func (t Term) Offset() int {
	if t.o == nil {
		return t.a.OperatorOffset
	}
	return t.o.Offset
}

// TypeOffset returns the offset of what determines the term's type: the operator or, if
// there is none, the value.
func (t Term) TypeOffset() int {
	switch {
	case t.a.inner > 0:
		return t.a.inner
	case !t.a.Not && t.a.word != "":
		return t.a.OperatorOffset
	}
	return t.o.Offset
}

// HasTypeOperator reports whether an operator, and not the value, determines the term's
// type.
func (t Term) HasTypeOperator() bool { return t.a.inner > 0 || !t.a.Not && t.a.word != "" }

// Word returns the term's operator as written, such as "anything-but prefix". It is empty
// for a literal.
func (t Term) Word() string { return t.a.word }

// Excepts reports whether the term is in anything-but.
func (t Term) Excepts() bool { return t.a.Not }

// Type returns the type that a value must have to match the term. ok is false for null and
// exists, which don't constrain the type of a Go field.
func (t Term) Type() (typ Type, ok bool) {
	switch {
	case t.a.Operator == Exists:
		return Null, false
	case t.o == nil:
		return Number, true
	}
	return t.o.Type, t.o.Type != Null
}

// Literal returns the term's value. ok is false for numeric, exists and cidr, and for a
// string that refers to parameters.
func (t Term) Literal() (v Value, ok bool) {
	if t.o == nil || t.a.Operator == Exists || t.a.Operator == CIDR || t.o.Param {
		return Value{}, false
	}
	return Value{Type: t.o.Type, Text: t.o.Text}, true
}

// Text is like Literal, but ok is false also if the value is not a string.
func (t Term) Text() (text string, ok bool) {
	v, ok := t.Literal()
	return v.Text, ok && v.Type == String
}

// Whole reports whether the term is compared with whole values, not with parts of them.
func (t Term) Whole() bool { return t.a.Operator == Equals }

// AnyCase reports whether the comparison ignores letter case.
func (t Term) AnyCase() bool { return t.a.IgnoreCase }

// String returns the value as JSON, or the comparisons of numeric.
func (t Term) String() string {
	if t.o == nil {
		return t.a.describeOperands()
	}
	return Value{Type: t.o.Type, Text: t.o.Text}.String()
}

// Phrase returns the comparison in words: begins with "a", ends with "b", matches "a*b".
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

// Selects returns the texts that match the term. For a term in anything-but these are the
// texts that the alternative does not match.
func (t Term) Selects(texts []string) []string {
	if t.o == nil {
		return nil
	}
	alone := *t.a
	alone.Not, alone.Operands = false, []Operand{*t.o}
	return alone.Takes(texts)
}

// Part returns the n bytes of a text that an operand of n bytes is compared with: for
// prefix the first ones, for suffix the last ones. It is empty for other operators.
func (t Term) Part(text string, n int) string {
	switch t.a.Operator {
	case Prefix:
		return text[:n]
	case Suffix:
		return text[len(text)-n:]
	}
	return ""
}

// HoldsForNull reports whether null matches the term's alternative.
func (t Term) HoldsForNull() bool {
	if t.a.Invalid {
		return false
	}
	f := Field{Alternatives: []Alternative{*t.a}}
	f.compile()
	return f.takes(Value{Type: Null, Text: "null"})
}

// Takes returns the texts that match the alternative. None matches an invalid alternative.
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

// Literal returns the text of an alternative that is a string. ok is false for other
// alternatives, and if the text refers to parameters.
func (a *Alternative) Literal() (text string, ok bool) {
	if a.Invalid || !a.isLiteral() || a.Operands[0].Type != String || a.Operands[0].Param {
		return "", false
	}
	return a.Operands[0].Text, true
}

// Begin returns the operand of prefix. ok is false for other alternatives, and if the
// text refers to parameters.
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

// TakesAbsence reports whether the alternative is exists: false.
func (a *Alternative) TakesAbsence() bool { return !a.Invalid && a.isAbsence() }

// Range is a range of numbers.
type Range struct {
	From, To         float64
	FromOpen, ToOpen bool // the bound itself is excluded
}

// Range returns the range of a term of numeric.
func (t Term) Range() (r Range, ok bool) {
	if t.o != nil {
		return Range{}, false
	}
	return Range(t.a.interval()), true
}

// Tautology says why two alternatives of the field together match every value. It is empty
// if there is no such reason. See AnyValue.
func (f *Field) Tautology() string {
	var excepts [][]string // the operands of each anything-but
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
		return "exists: true alone matches any value"
	}
	for i, a := range excepts {
		if !slices.ContainsFunc(a, func(v string) bool { return !slices.Contains(literals, v) }) {
			return "what anything-but excludes, " + strings.Join(a, ", ") + ", is an alternative too"
		}
		for _, b := range excepts[i+1:] {
			if !slices.ContainsFunc(a, func(v string) bool { return slices.Contains(b, v) }) {
				return "no value is both " + strings.Join(a, " or ") + " and " + strings.Join(b, " or ")
			}
		}
	}
	return ""
}

// values returns the alternative's operands as JSON.
func (a *Alternative) values() []string {
	var all []string
	for _, t := range a.Terms() {
		all = append(all, t.String())
	}
	return all
}

// AnyText reports whether the alternative matches every text, as {"prefix": ""} does.
func (a *Alternative) AnyText() bool {
	if a.Invalid || a.Not || a.Refers() {
		return false
	}
	switch a.Operator {
	case Prefix, Suffix:
		return a.Operands[0].Text == ""
	case Wildcard:
		return a.Operands[0].Text == "*"
	}
	return false
}

// TakesPresence reports whether the alternative is exists: true.
func (a *Alternative) TakesPresence() bool {
	return !a.Invalid && a.Operator == Exists && !a.isAbsence()
}

// A Form is the form of texts that have a fixed length. Each 0 in it is any digit, and every
// other byte is itself.
type Form string

// Fits reports whether a text of the form can match the term. The answer is yes if the term
// refers to parameters, or compares no text.
func (t Term) Fits(form Form) bool {
	if t.o == nil || t.o.Type != String || t.o.Param {
		return true
	}
	text := t.o.Text
	switch t.a.Operator {
	case Equals:
		return len(text) == len(form) && form.has(text, t.a.IgnoreCase)
	case Prefix:
		return len(text) <= len(form) && form[:len(text)].has(text, t.a.IgnoreCase)
	case Suffix:
		return len(text) <= len(form) && form[len(form)-len(text):].has(text, t.a.IgnoreCase)
	case Wildcard:
		return form.matches(text)
	}
	return true
}

// has reports whether a text of the same length has the form.
func (f Form) has(text string, anyCase bool) bool {
	for i := range len(text) {
		if !f.hasByte(i, text[i]) && !(anyCase && strings.EqualFold(string(f[i]), text[i:i+1])) {
			return false
		}
	}
	return true
}

func (f Form) hasByte(i int, b byte) bool {
	return f[i] == b || f[i] == '0' && '0' <= b && b <= '9'
}

// matches reports whether a text of the form matches a wildcard.
func (f Form) matches(wildcard string) bool {
	reached := make([]bool, len(f)+1) // by the part of the wildcard that is read
	reached[0] = true
	for i := 0; i < len(wildcard); i++ {
		if wildcard[i] == '*' {
			for j := range f {
				reached[j+1] = reached[j+1] || reached[j]
			}
			continue
		}
		if wildcard[i] == '\\' && i+1 < len(wildcard) {
			i++
		}
		for j := len(f) - 1; j >= 0; j-- {
			reached[j+1] = reached[j] && f.hasByte(j, wildcard[i])
		}
		reached[0] = false
	}
	return reached[len(f)]
}

// Begin returns the text with which each value that the term selects begins, and whether it
// is the whole value. It is empty for operators other than literals, prefix and wildcard, and
// if letter case is ignored.
func (t Term) Begin() (text string, whole bool) {
	text, ok := t.Text()
	switch {
	case !ok || t.a.IgnoreCase:
		return "", false
	case t.a.Operator == Wildcard:
		text, _, _ = strings.Cut(text, "*")
		text, _, _ = strings.Cut(text, `\`)
		return text, false
	case t.a.Operator == Equals || t.a.Operator == Prefix:
		return text, t.Whole()
	}
	return "", false
}
