package parse

import (
	"fmt"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/shape"
	"github.com/jobgen/jobgen/internal/spell"
)

// origin is one of those that say what an event holds: the handler's Go type,
// the catalog of AWS events, a schema that the user gave.
type origin struct {
	name  string // for messages: "the Go type StateChange", "the AWS event"
	goSet bool   // it is the Go type: what contradicts it can't be decoded
	at    *shape.Shape
}

// schemaCheck holds one pattern against what its events hold.
type schemaCheck struct {
	p *packageParser
	// camel says that a snake_case key may stand for a lowerCamelCase one.
	camel bool
}

// object checks the fields of an object of the pattern, and below.
func (c *schemaCheck) object(t *tree, origins []origin) {
	for _, f := range t.fields {
		if f.key == or && f.value.kind == directive.List {
			for _, branch := range f.value.items {
				c.object(branch, origins)
			}
			continue
		}
		c.field(f, origins)
	}
}

// field checks a field of the pattern; its key may be a dotted path.
func (c *schemaCheck) field(f *treeField, origins []origin) {
	at := origins
	for i, key := range strings.Split(f.key, ".") {
		found := lookup(at, key)
		if len(found) == 0 && len(at) > 0 {
			if found = c.lookupCamel(f, i, key, at); len(found) == 0 {
				c.unknown(f, key, at)
				return
			}
		}
		at = found
	}
	if f.value.kind == directive.Map {
		c.object(f.value, at)
		return
	}
	c.values(f, at)
}

// lookup follows a key in each origin; the origins that don't have it fall out.
func lookup(origins []origin, key string) []origin {
	var found []origin
	for _, o := range origins {
		if s := o.at.Lookup(key); s != nil {
			found = append(found, origin{o.name, o.goSet, s})
		}
	}
	return found
}

// lookupCamel tries a snake_case key in lowerCamelCase, as Jets would write it,
// where the key itself is no field of the event. What was found is noted, and
// the pattern takes the event's spelling.
func (c *schemaCheck) lookupCamel(f *treeField, i int, key string, at []origin) []origin {
	camel := lowerCamel(key)
	if !c.camel || camel == key {
		return nil
	}
	found := slices.DeleteFunc(lookup(at, camel), func(o origin) bool { return o.at == shape.Unknown })
	if len(found) == 0 {
		return nil
	}
	c.p.diags.Report(diag.KeyBecame, f.pos, "%q is taken for %q, the event's own name", key, camel)
	parts := strings.Split(f.key, ".")
	parts[i] = camel
	f.key = strings.Join(parts, ".")
	return found
}

// lowerCamel gives event_source as eventSource.
func lowerCamel(key string) string {
	words := strings.Split(key, "_")
	for i, w := range words[1:] {
		if w != "" {
			words[i+1] = strings.ToUpper(w[:1]) + w[1:]
		}
	}
	return strings.Join(words, "")
}

// unknown reports a field that nobody knows: as a misspelling where a known
// name is near, else as unknown, since events hold more than is written down.
func (c *schemaCheck) unknown(f *treeField, key string, at []origin) {
	var names []string
	var who []string
	for _, o := range at {
		names = append(names, o.at.Names()...)
		if !slices.Contains(who, o.name) {
			who = append(who, o.name)
		}
		if el := o.at.Element(); el.Kind&(shape.Object|shape.Array) == 0 && el.Kind != 0 {
			c.p.diags.Report(diag.FieldUnknown, f.pos, "%s has no field %q: it is %s there", o.name, key, el.Kind)
			return
		}
	}
	slices.Sort(names)
	names = slices.Compact(names)
	if near, ok := spell.Nearest(key, names); ok {
		c.p.diags.Add(diag.New(diag.FieldMisspelled, f.pos, "%s has no field %q", strings.Join(who, " and "), key).Suggest(near))
		return
	}
	c.p.diags.Report(diag.FieldUnknown, f.pos, "%s has no field %q%s", strings.Join(who, " and "), key, known(names))
}

// known lists names in a message, as many as fit.
func known(names []string) string {
	const most = 12
	switch {
	case len(names) == 0:
		return ""
	case len(names) > most:
		return fmt.Sprintf("; there are %s and %d more", strings.Join(names[:most], ", "), len(names)-most)
	}
	return "; there are " + strings.Join(names, ", ")
}

// values checks the alternatives of a field.
func (c *schemaCheck) values(f *treeField, at []origin) {
	if f.value.kind != directive.List {
		return // package pattern says what it must be
	}
	for _, alternative := range f.value.items {
		for _, w := range wants(alternative) {
			c.kind(f, w, at)
			c.closedSet(f, w, at)
		}
	}
}

// want is what one alternative, or one operand of it, asks of a field.
type want struct {
	t        *tree // the literal, or the operator's operand
	operator string
	pos      *treeField // the operator's key, nil for a literal
	kind     shape.Kind // 0: any
}

// wants takes an alternative apart. What is no valid alternative is package
// pattern's business.
func wants(t *tree) []want {
	if t.kind != directive.Map {
		return []want{{t: t, kind: literalKind(t)}}
	}
	if len(t.fields) != 1 {
		return nil
	}
	op := t.fields[0]
	switch op.key {
	case "anything-but":
		return anythingBut(op)
	case "numeric":
		return []want{{t: op.value, operator: op.key, pos: op, kind: shape.Number}}
	case "exists":
		return []want{{t: op.value, operator: op.key, pos: op}}
	case "prefix", "suffix", "wildcard", "equals-ignore-case", "cidr":
		return textOperator(op.key, op)
	}
	return nil
}

// anythingBut takes the operands of anything-but: literals, or one more
// operator.
func anythingBut(op *treeField) []want {
	switch op.value.kind {
	case directive.List:
		var all []want
		for _, item := range op.value.items {
			all = append(all, want{t: item, operator: "anything-but", kind: literalKind(item)})
		}
		return all
	case directive.Map:
		if len(op.value.fields) == 1 {
			inner := op.value.fields[0]
			return []want{{t: inner.value, operator: "anything-but " + inner.key, pos: inner, kind: shape.String}}
		}
		return nil
	}
	return []want{{t: op.value, operator: "anything-but", kind: literalKind(op.value)}}
}

func textOperator(name string, op *treeField) []want {
	operand := op.value
	if operand.kind == directive.Map && len(operand.fields) == 1 {
		// {prefix: {equals-ignore-case: …}}: the case is open, so no closed set
		// is asked.
		return []want{{t: operand, operator: name, pos: op, kind: shape.String}}
	}
	return []want{{t: operand, operator: name, pos: op, kind: shape.String}}
}

func literalKind(t *tree) shape.Kind {
	switch t.kind {
	case directive.String:
		return shape.String
	case directive.Number:
		return shape.Number
	case directive.Bool:
		return shape.Boolean
	}
	return 0
}

// kind checks that what an alternative asks for can stand in the field. The
// Go type is sure; the catalog's types are wrong now and then, so what only it
// says is a warning, and where it agrees it needs no other.
func (c *schemaCheck) kind(f *treeField, w want, at []origin) {
	pos := w.t.pos
	if w.pos != nil {
		pos = w.pos.pos
	}
	for _, o := range at {
		el := o.at.Element()
		switch {
		case el.Open && el.Kind == shape.Any:
			continue
		case el.Kind == shape.Object:
			c.p.diags.Report(o.kindCode(), pos, "%s is an object in %s, and EventBridge compares its fields, never the object: name a field of it", f.key, o.name)
			return
		case w.kind == 0 || el.Kind.Has(w.kind):
			if !o.goSet {
				return
			}
			continue
		}
		c.p.diags.Report(o.kindCode(), pos, "%s is %s in %s, so %s never matches%s", f.key, el.Kind, o.name, w.describe(), w.quoteHint(el))
		return
	}
}

func (o origin) kindCode() diag.Code {
	if o.goSet {
		return diag.KindMismatch
	}
	return diag.KindDiffers
}

func (w want) describe() string {
	if w.operator != "" && w.pos != nil {
		return w.operator + ", which asks for " + w.kind.String() + ","
	}
	return w.t.kindWord()
}

func (w want) quoteHint(el *shape.Shape) string {
	if w.pos == nil && el.Kind == shape.String && w.kind != shape.String {
		return fmt.Sprintf(": quote it: '%s'", w.t.word)
	}
	if w.pos == nil && w.kind == shape.String && el.Kind.Has(shape.Number|shape.Boolean) {
		return ": leave the quotes out"
	}
	return ""
}

// closedSet checks a text against the closed sets of values that the origins
// know. A value that one of them has is right, and so is any where one of them
// leaves the field open.
func (c *schemaCheck) closedSet(f *treeField, w want, at []origin) {
	if w.t.kind != directive.String || len(w.t.text.Params()) > 0 {
		return
	}
	value, _ := w.t.text.Plain()
	var set []string
	var who []string
	for _, o := range at {
		values := o.at.Element().Values
		if values == nil {
			continue
		}
		if slices.ContainsFunc(values, func(v string) bool { return w.allows(v, value) }) {
			return
		}
		set = append(set, values...)
		who = append(who, o.name)
	}
	if len(set) == 0 {
		return
	}
	slices.Sort(set)
	set = slices.Compact(set)
	d := diag.New(diag.ValueOutside, w.t.pos, "%s is never %s in %s%s", f.key, w.phrase(value), strings.Join(slices.Compact(who), " or "), known(set))
	if near, ok := spell.Nearest(value, set); ok && w.isWhole() {
		d = d.Suggest(near)
	}
	c.p.diags.Add(d)
}

// isWhole reports whether the text stands for a whole value, not for a part.
func (w want) isWhole() bool {
	return w.operator == "" || w.operator == "anything-but" || w.operator == "equals-ignore-case"
}

func (w want) phrase(value string) string {
	if w.isWhole() {
		return fmt.Sprintf("%q", value)
	}
	return fmt.Sprintf("%s %q", w.operator, value)
}

// allows reports whether a value of the closed set is one that the text asks
// for.
func (w want) allows(v, text string) bool {
	switch strings.TrimPrefix(w.operator, "anything-but ") {
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

// wildcardMatches reports whether a wildcard matches a text, through package
// pattern: it alone decides a match.
func wildcardMatches(wildcard, text string) bool {
	return matchesText("wildcard", wildcard, text)
}
