package parse

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/match"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/shape"
	"github.com/jobgen/jobgen/internal/spell"
)

// values checks the alternatives of a field.
func (c *schemaCheck) values(f *treeField, at []origin) {
	if f.value.kind != directive.List {
		return // package pattern says what it must be
	}
	for _, alternative := range f.value.items {
		for _, w := range wants(alternative) {
			if c.kind(f, w, at) {
				return
			}
			c.numbers(f, w, at)
			c.closedSet(f, w, at)
		}
	}
}

// kind checks that what an alternative asks for can stand in the field. The Go
// type is sure; the schemas of events are wrong now and then, so what only they
// say is a warning, and one that agrees is enough. The result says that the field
// is an object, which no value of the list can be.
func (c *schemaCheck) kind(f *treeField, w want, at []origin) (object bool) {
	var differs []origin
	agreed := false
	for _, o := range at {
		switch {
		case !w.fits(o.at.Element()) && o.goType:
			return c.differs(f, w, o)
		case !w.fits(o.at.Element()):
			differs = append(differs, o)
		case !o.goType:
			agreed = true
		}
	}
	return len(differs) > 0 && !agreed && c.differs(f, w, differs[0])
}

// fits reports whether what is asked for can stand where el is.
func (w want) fits(el *shape.Shape) bool {
	switch {
	case el.Open && el.Kind == shape.Any:
		return true
	case el.Kind == shape.Object:
		return false // EventBridge compares an object's fields, never the object
	}
	return w.kind == 0 || el.Kind.Has(w.kind)
}

// differs reports a value of another kind than the field's, and whether that is
// an object.
func (c *schemaCheck) differs(f *treeField, w want, o origin) bool {
	pos, el := w.place(), o.at.Element()
	if el.Kind == shape.Object {
		c.p.diags.Report(o.kindCode(), pos, "%s is an object in %s, and EventBridge compares its fields, never the object: %s", f.key, o.name, fieldOf(f, w, el))
		return true
	}
	c.p.diags.Report(o.kindCode(), pos, "%s is %s in %s, so %s%s", f.key, el.Kind, o.name, w.inVain(), w.quoteHint(el))
	return false
}

// fieldOf says how to ask for a field of an object: the one that has the value,
// if there is one alone, or any that is known.
func fieldOf(f *treeField, w want, object *shape.Shape) string {
	var has []string
	if w.t.kind == directive.String && w.operator == "" {
		for _, field := range object.Fields {
			if slices.Contains(field.Shape.Values, w.t.plain()) {
				has = append(has, field.Name)
			}
		}
	}
	if len(has) != 1 {
		return fmt.Sprintf("write %s: {field: [value]}%s", f.key, known(object.Names()))
	}
	return fmt.Sprintf("write %s: {%s: [%s]}", f.key, has[0], w.t.plain())
}

// place is where what is asked for stands: an operator at its name.
func (w want) place() model.Pos {
	if w.key != nil {
		return w.key.pos
	}
	return w.t.pos
}

func (o origin) kindCode() diag.Code {
	if o.goType {
		return diag.KindMismatch
	}
	return diag.KindDiffers
}

// inVain says what becomes of what is asked for in a field of another kind.
func (w want) inVain() string {
	switch {
	case w.key != nil:
		return w.operator + ", which asks for " + w.kind.String() + ", never matches"
	case w.operator != "":
		return "the exception " + w.t.kindWord() + " never applies"
	}
	return w.t.kindWord() + " never matches"
}

func (w want) quoteHint(el *shape.Shape) string {
	switch {
	case w.key != nil:
	case el.Kind == shape.String && w.kind != shape.String:
		return fmt.Sprintf(": quote it: '%s'", w.t.word)
	case w.kind == shape.String && el.Kind.Has(wordKind(w.t.plain())):
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
func (c *schemaCheck) closedSet(f *treeField, w want, at []origin) {
	if w.t.kind != directive.String || len(w.t.text.Params()) > 0 {
		return
	}
	set, who := setOf(at)
	value := w.t.plain()
	if len(set) == 0 || slices.ContainsFunc(set, func(v string) bool { return w.allows(v, value) }) {
		return
	}
	near, ok := spell.Nearest(value, set)
	if len(set) == 1 && !ok {
		return // one constant is a default, or a start, rather than all there is
	}
	d := diag.New(diag.ValueOutside, w.t.pos, "%s %s in %s%s", f.key, w.never(), strings.Join(who, " or "), known(set))
	if ok && w.isWhole() {
		d = d.Suggest(near)
	}
	c.p.diags.Add(d)
}

// setOf returns the values that a field can have, and who says so; none if it
// can have any. Events are told apart by more than the pattern says, so one of
// them that takes any value is enough; that a Go type takes any says nothing.
func setOf(at []origin) (set, who []string) {
	open := slices.ContainsFunc(at, func(o origin) bool { return !o.goType && o.at.Element().Values == nil })
	for _, o := range at {
		values := o.at.Element().Values
		if values == nil || open && !o.goType {
			continue
		}
		set = append(set, values...)
		if !slices.Contains(who, o.name) {
			who = append(who, o.name)
		}
	}
	slices.Sort(set)
	return slices.Compact(set), who
}

// isWhole reports whether the text stands for a whole value, not for a part.
func (w want) isWhole() bool {
	switch w.bare() {
	case "prefix", "suffix", "wildcard", "cidr":
		return false
	}
	return true
}

// bare is the operator that the text itself is for.
func (w want) bare() string { return strings.TrimPrefix(w.operator, "anything-but ") }

// never says what a field's value isn't.
func (w want) never() string {
	if w.isWhole() {
		return fmt.Sprintf("is never %q", w.t.plain())
	}
	return "never " + w.part()
}

// allows reports whether a value of the closed set is one that the text asks
// for.
func (w want) allows(v, text string) bool {
	switch w.bare() {
	case "prefix":
		return strings.HasPrefix(v, text)
	case "suffix":
		return strings.HasSuffix(v, text)
	case "equals-ignore-case":
		return strings.EqualFold(v, text)
	case "wildcard":
		return wildcardMatches(text, v)
	case "cidr":
		return true
	}
	return v == text
}

// wildcardMatches reports whether a wildcard matches a text.
func wildcardMatches(wildcard, text string) bool {
	operand, err := match.WildcardOperand(wildcard)
	if err != nil {
		return true // told elsewhere
	}
	return match.MatchesWildcard(operand, []byte(text))
}
