package lint

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/shape"
	"github.com/jobgen/jobgen/internal/spell"
	"github.com/jobgen/jobgen/pattern"
)

// values checks the alternatives of a field.
func (c *fieldCheck) values(m *pattern.Member, at []origin) {
	for i := range m.Field.Alternatives {
		for _, t := range m.Field.Alternatives[i].Terms() {
			if c.kind(m, t, at) {
				return
			}
			c.numbers(m, t, at)
			c.closedSet(m, t, at)
		}
	}
}

// kind checks that the field can have what an alternative asks for. The Go
// type is sure; the schemas of events are wrong now and then, so what only they
// say is a warning, and one that agrees is enough. The result says that the field
// is an object, which no value of the list can be.
func (c *fieldCheck) kind(m *pattern.Member, t pattern.Term, at []origin) (object bool) {
	var differs []origin
	agreed := false
	for _, o := range at {
		switch {
		case !fits(t, o.at.Element()) && o.goType:
			return c.differs(m, t, o)
		case !fits(t, o.at.Element()):
			differs = append(differs, o)
		case !o.goType:
			agreed = true
		}
	}
	return len(differs) > 0 && !agreed && c.differs(m, t, differs[0])
}

// fits reports whether a field of a shape can have a value that a term takes.
func fits(t pattern.Term, el *shape.Shape) bool {
	switch {
	case el.Open && el.Kind == shape.Any, el.Null && t.HoldsForNull():
		return true
	case el.Kind == shape.Object:
		return false // EventBridge compares an object's fields, never the object
	}
	kind := kindOf(t)
	return kind == 0 || el.Kind.Has(kind)
}

// kindOf returns the kind of the values that a term takes, 0 for any.
func kindOf(t pattern.Term) shape.Kind {
	switch typ, ok := t.Type(); {
	case !ok:
		return 0
	case typ == pattern.Number:
		return shape.Number
	case typ == pattern.Bool:
		return shape.Boolean
	}
	return shape.String
}

// differs reports a value of another kind than the field's, and whether that is
// an object.
func (c *fieldCheck) differs(m *pattern.Member, t pattern.Term, o origin) bool {
	pos, el := c.r.At(t.TypeOffset()), o.at.Element()
	if el.Kind == shape.Object {
		c.report.Report(o.kindCode(), pos, "%s is an object in %s, and EventBridge compares its fields, never the object: %s", m.Key, o.name, fieldOf(m, t, el))
		return true
	}
	c.report.Report(o.kindCode(), pos, "%s is %s in %s, so %s%s", m.Key, el.Kind, o.name, neverMatches(t), quoteHint(t, el))
	return false
}

// fieldOf says how to ask for a field of an object: the one that has the value,
// if there is one alone, or any that is known.
func fieldOf(m *pattern.Member, t pattern.Term, object *shape.Shape) string {
	var has []string
	if text, ok := t.Text(); ok && t.Word() == "" {
		for _, field := range object.Fields {
			if slices.Contains(field.Shape.Values, text) {
				has = append(has, field.Name)
			}
		}
	}
	if len(has) != 1 {
		return fmt.Sprintf("write %s: {field: [value]}%s", m.Key, known(object.Names()))
	}
	return fmt.Sprintf("write %s: {%s: [%s]}", m.Key, has[0], textOf(t))
}

func (o origin) kindCode() diag.Code {
	if o.goType {
		return diag.KindMismatch
	}
	return diag.KindDiffers
}

// neverMatches says what becomes of a term in a field of another kind.
func neverMatches(t pattern.Term) string {
	switch {
	case t.HasTypeOperator():
		return t.Word() + ", which asks for " + kindOf(t).String() + ", never matches"
	case t.Excepts():
		return "the exception " + t.String() + " never applies"
	}
	return t.String() + " never matches"
}

func quoteHint(t pattern.Term, el *shape.Shape) string {
	kind := kindOf(t)
	switch {
	case t.HasTypeOperator():
	case el.Kind == shape.String && kind != shape.String:
		return fmt.Sprintf(": quote it: '%s'", t)
	case kind == shape.String && el.Kind.Has(wordKind(textOf(t))):
		return ": leave the quotes out"
	}
	return ""
}

// wordKind is the kind that a text would have without its quotes.
func wordKind(text string) shape.Kind {
	if text == "true" || text == "false" {
		return shape.Boolean
	}
	if json.Valid([]byte(text)) && strings.Trim(text, "+-.0123456789eE") == "" {
		return shape.Number
	}
	return 0
}

// closedSet checks a text against the values that the field is known to have. A
// value that one of the origins has is right.
func (c *fieldCheck) closedSet(m *pattern.Member, t pattern.Term, at []origin) {
	value, ok := t.Text()
	if !ok {
		return
	}
	set := setOf(at)
	if len(set.values) == 0 || !ofNone(t, set.values) {
		return
	}
	near, ok := set.nearest(t, value)
	if len(set.values) == 1 && !ok {
		return // one constant is a default, or a start, rather than all there is
	}
	code, says := diag.ValueOutside, "never "+t.Phrase()
	switch {
	case set.aws && (set.likely || !ok):
		code, says = diag.ValueUnknown, "is not known to be "+t.String()
		if !t.Whole() {
			says = "has no known value that " + t.Phrase()
		}
	case t.Whole():
		says = "is never " + t.String()
	}
	d := diag.New(code, c.r.At(t.Offset()), "%s %s in %s%s", m.Key, says, strings.Join(set.who, " or "), known(set.values))
	if ok && t.Whole() {
		d = d.Suggest(near)
	}
	c.report.Add(d)
}

// valueSet is the set of values that a field can have.
type valueSet struct {
	values []string // none, if it can have any
	who    []string // the descriptions that say so
	aws    bool     // those are AWS's alone
	likely bool     // there may be other values
}

// nearest returns the value that a text was most likely meant to be, or the part of one.
func (s valueSet) nearest(t pattern.Term, text string) (string, bool) {
	if t.Whole() {
		return spell.Nearest(text, s.values)
	}
	m, ok := findPart(t, s.values)
	return m.Word, ok && m.Distance <= 1
}

// setOf returns the values that a field can have. Events differ in more than the pattern
// says, so one of them that takes any value is enough; that a Go type takes any says
// nothing.
func setOf(at []origin) valueSet {
	set := valueSet{aws: true}
	open := slices.ContainsFunc(at, func(o origin) bool { return !o.goType && o.at.Element().Values == nil })
	for _, o := range at {
		el := o.at.Element()
		if el.Values == nil || open && !o.goType {
			continue
		}
		set.values = append(set.values, el.Values...)
		set.likely = set.likely || el.Likely
		set.aws = set.aws && o.aws
		if !slices.Contains(set.who, o.name) {
			set.who = append(set.who, o.name)
		}
	}
	slices.Sort(set.values)
	set.values = slices.Compact(set.values)
	return set
}
