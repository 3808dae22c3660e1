package lint

import (
	"cmp"
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
	for _, t := range termsOf(m.Field) {
		if c.kind(m, t, at) {
			return
		}
		c.numbers(m, t, at)
		c.closedSet(m, t, at)
	}
}

// kind checks that the field can have a value of the kind that a term takes. The Go type is
// certain. Descriptions of events are wrong now and then, so one that agrees is enough, and
// if none does, that is a warning. The result says that the field is an object, for which
// no term can be right.
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

// differs reports a term of another kind than the field's. It returns whether the field is
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

// fieldOf says how to match a field of an object: the only one that can have the value, or
// any.
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

// neverMatches says that a term has no effect in a field of another kind.
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
	case kind == shape.String && el.Kind.Has(unquotedKind(textOf(t))):
		return ": leave the quotes out"
	}
	return ""
}

// unquotedKind returns the kind that a text has without its quotes, 0 if it is still text.
func unquotedKind(text string) shape.Kind {
	if text == "true" || text == "false" {
		return shape.Boolean
	}
	if json.Valid([]byte(text)) && strings.Trim(text, "+-.0123456789eE") == "" {
		return shape.Number
	}
	return 0
}

// closedSet checks a text against the values that the field is known to have. A value that
// one of the origins has is right.
func (c *fieldCheck) closedSet(m *pattern.Member, t pattern.Term, at []origin) {
	value, ok := t.Text()
	if !ok {
		return
	}
	set := closedValues(at)
	if len(set.values) == 0 {
		return
	}
	if !selectsNone(t, set.values) {
		c.sharedTypo(m, t, at)
		return
	}
	found, near := set.nearest(t, value)
	code := set.code(found, near)
	if code == "" {
		return
	}
	suggestion := ""
	if t.Whole() {
		suggestion = cmp.Or(found.Word, longerName(value, set.values))
	}
	c.report.Add(diag.New(code, c.r.At(t.Offset()), "%s %s in %s%s", m.Key, denial(code, t), strings.Join(originNames(set.from), " or "), known(set.values)).Suggest(value, suggestion))
}

// sharedTypo reports a value that a constant of the Go type has too, and that is one edit away
// from a value of AWS's event which no constant has. It is a warning, because the type agrees.
func (c *fieldCheck) sharedTypo(m *pattern.Member, t pattern.Term, at []origin) {
	var types, events []origin
	var declared []string
	for _, o := range at {
		switch {
		case o.goType:
			types = append(types, o)
			declared = append(declared, o.at.Element().Values...)
		case !o.aws: // the user's own schema
			return
		default:
			events = append(events, o)
		}
	}
	set, value := closedValues(events), textOf(t)
	if !t.Whole() || len(set.values) < 2 || set.partial || set.likely || !slices.Contains(declared, value) || slices.Contains(set.values, value) {
		return
	}
	found, near := set.nearest(t, value)
	if !near || found.Distance != 1 || slices.Contains(declared, found.Word) {
		return
	}
	c.report.Add(diag.New(diag.ValueUnknown, c.r.At(t.Offset()), "%s is not known to be %s in %s, although a constant of %s has this value%s",
		m.Key, t, strings.Join(originNames(set.from), " or "), strings.Join(originNames(types), " or "), known(set.values)).Suggest(value, found.Word))
}

// denial says that a field doesn't have the value that a text compares with.
func denial(code diag.Code, t pattern.Term) string {
	switch {
	case code == diag.ValueOutside && t.Whole():
		return "is never " + t.String()
	case code == diag.ValueOutside:
		return "never " + t.Phrase()
	case t.Whole():
		return "is not known to be " + t.String()
	}
	return "has no known value that " + t.Phrase()
}

// valueSet is the set of values that a field can have.
type valueSet struct {
	values []string // none if it can have any
	from   []origin // the descriptions that have the values
	aws    bool     // whether those are all of AWS's events
	likely bool     // whether there may be other values
	// partial reports whether not all fields of an event are known, so that it may have
	// the field with other values.
	partial bool
}

// code returns the code for a value that is not in the set. Near says that it is similar to
// one that is. The code is empty if the value may well be right.
func (s valueSet) code(found spell.Match, near bool) diag.Code {
	switch {
	case !near && len(s.values) == 1:
		return "" // a single value is rather a default than the only one
	case !s.aws:
		return diag.ValueOutside
	case s.partial && (!near || found.Distance > 1):
		return ""
	case s.partial || s.likely || !near:
		return diag.ValueUnknown
	}
	return diag.ValueOutside
}

// nearest returns the value that a text is a misspelling of, or the part of a value.
func (s valueSet) nearest(t pattern.Term, text string) (spell.Match, bool) {
	if t.Whole() {
		return spell.Find(text, slices.Values(s.values))
	}
	m, ok := findPart(t, s.values)
	return m, ok && m.Distance <= 1
}

// closedValues returns the values that a field can have, and the origins that say so. There
// are none if it can have any: if one of the events takes any value, since events differ in
// more than the pattern says. A Go type that takes any value doesn't count, nor does an event
// of AWS's that doesn't list the field.
func closedValues(at []origin) valueSet {
	set := valueSet{aws: true}
	unlisted := func(o origin) bool { return o.aws && o.at == shape.Unknown }
	set.partial = slices.ContainsFunc(at, unlisted)
	open := slices.ContainsFunc(at, func(o origin) bool {
		return !o.goType && !unlisted(o) && o.at.Element().Values == nil
	})
	for _, o := range at {
		if el := o.at.Element(); el.Values != nil && (o.goType || !open) {
			set.values = append(set.values, el.Values...)
			set.from = append(set.from, o)
			set.aws = set.aws && o.aws
			set.likely = set.likely || el.Likely
		}
	}
	set.values = sorted(set.values)
	return set
}
