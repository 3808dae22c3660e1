package pattern

import (
	"strings"
	"sync"

	"github.com/jobgen/jobgen/internal/match"
)

// draft gives the field as a table's builder takes it.
func (f *Field) draft() match.Field {
	d := match.Field{Path: strings.Split(f.Name(), ".")}
	for i := range f.Alternatives {
		a := &f.Alternatives[i]
		d.Alternatives = append(d.Alternatives, a.draft())
		d.ComparesNumbers = d.ComparesNumbers || a.Operands[0].Type == Number
	}
	return d
}

func (a *Alternative) draft() match.Alternative {
	d := match.Alternative{Operator: match.Operator(a.Operator), Not: a.Not, Fold: a.IgnoreCase}
	for i := range a.Operands {
		d.Operands = append(d.Operands, a.operandDraft(&a.Operands[i]))
	}
	switch {
	case a.Operator == Numeric:
		d.Range = a.interval()
	case a.Operator == CIDR && !a.Operands[0].Param:
		d.Block, _ = match.ParseBlock(a.Operands[0].Text) // Parse has checked it
	}
	return d
}

func (a *Alternative) operandDraft(o *Operand) match.Operand {
	d := match.Operand{Kind: '"', Text: o.Text, Param: o.Param}
	switch {
	case o.Type != String:
		d.Kind = o.Text[0]
	case a.Operator == Wildcard && !o.Param:
		d.Text, _ = match.WildcardOperand(o.Text) // Parse has checked it
	}
	return d
}

// fieldTests tells of a pattern's fields which values they take.
type fieldTests struct {
	fields []Field
	once   sync.Once
	table  *match.Table // a rule for each field
}

func (t *fieldTests) get() *match.Table {
	t.once.Do(func() {
		b := match.NewBuilder()
		for i := range t.fields {
			b.Rule(i, []match.Field{t.fields[i].draft()})
		}
		t.table = b.Table()
	})
	return t.table
}

// shareTests makes the fields of a pattern ready for takes.
func shareTests(fields []Field) {
	t := &fieldTests{fields: fields}
	for i := range fields {
		fields[i].tests, fields[i].index = t, i
	}
}

// takes reports whether a value fulfils one of the field's alternatives.
func (f *Field) takes(v Value) bool {
	value := v.forMatch()
	return match.Takes(f.tests.get(), f.index, &value) >= 0
}

// taking returns the first alternative that a value fulfils, or nil.
func (f *Field) taking(v Value) *Alternative {
	value := v.forMatch()
	if i := match.Takes(f.tests.get(), f.index, &value); i >= 0 {
		return &f.Alternatives[i]
	}
	return nil
}

// comparesNumbers reports whether an alternative compares numbers.
func (f *Field) comparesNumbers() bool { return f.draft().ComparesNumbers }

// absence returns the alternative that is exists:false, or nil.
func (f *Field) absence() *Alternative {
	for i := range f.Alternatives {
		if a := &f.Alternatives[i]; a.isAbsence() {
			return a
		}
	}
	return nil
}

func (a *Alternative) isAbsence() bool {
	return a.Operator == Exists && a.Operands[0].Text == "false"
}
