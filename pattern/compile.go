package pattern

import (
	"strings"

	"github.com/jobgen/jobgen/internal/match"
)

// compile sets the field's test.
func (f *Field) compile() {
	alternatives := make([]match.Alternative, len(f.Alternatives))
	for i := range f.Alternatives {
		alternatives[i] = f.Alternatives[i].compiled()
	}
	f.test = match.NewTest(alternatives)
}

// compiled returns the field for a match.Builder.
func (f *Field) compiled() match.Field {
	return match.Field{Path: strings.Split(f.Name(), "."), Test: f.test}
}

func (a *Alternative) compiled() match.Alternative {
	if a.isLiteral() && a.word == "" && !a.Operands[0].Param {
		o := a.compiledOperand(&a.Operands[0])
		return match.Literal(o.Kind, o.Text)
	}
	c := match.Alternative{Operator: match.Operator(a.Operator), Not: a.Not, Fold: a.IgnoreCase}
	for i := range a.Operands {
		c.Operands = append(c.Operands, a.compiledOperand(&a.Operands[i]))
	}
	switch {
	case a.Operator == Numeric:
		c.Range = a.interval()
	case a.Operator == CIDR && a.Operands[0].Param:
		c.Block = match.NoBlock
	case a.Operator == CIDR:
		c.Block, _ = match.ParseBlock(a.Operands[0].Text) // Parse has checked it
	}
	return c
}

func (a *Alternative) compiledOperand(o *Operand) match.Operand {
	c := match.Operand{Kind: '"', Text: o.Text}
	switch {
	case o.Type != String:
		c.Kind = o.Text[0]
	case a.Operator == Wildcard:
		c.Text = wildcardOperand(o.Text)
	}
	return c
}

// takes reports whether a value matches one of the field's alternatives.
func (f *Field) takes(v Value) bool { return f.firstMatch(v) != nil }

// firstMatch returns the first alternative that a value matches, or nil.
func (f *Field) firstMatch(v Value) *Alternative {
	value := v.forMatch()
	if i := f.test.Match(&value); i >= 0 {
		return &f.Alternatives[i]
	}
	return nil
}

// comparesNumbers reports whether an alternative has a number as its operand.
func (f *Field) comparesNumbers() bool {
	for i := range f.Alternatives {
		if f.Alternatives[i].Operands[0].Type == Number {
			return true
		}
	}
	return false
}

// absence returns the alternative that is exists:false, or nil.
func (f *Field) absence() *Alternative {
	for i := range f.Alternatives {
		if a := &f.Alternatives[i]; a.isAbsence() {
			return a
		}
	}
	return nil
}

// block returns the addresses that the alternative matches. ok is false if it is neither
// cidr nor a literal that is an address.
func (a *Alternative) block() (b match.Block, ok bool) {
	c := a.compiled()
	return c.Block, c.Operator == match.CIDR
}

func (a *Alternative) isAbsence() bool {
	return a.Operator == Exists && a.Operands[0].Text == "false"
}
