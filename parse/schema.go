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
	name string // for messages: "the Go type StateChange", "the AWS event"
	// goType says that it is the Go type: what contradicts it can't be decoded.
	// The others know the event itself.
	goType bool
	at     *shape.Shape
	// in is the object that the key led here from; nil at the top of the event.
	in  *origin
	key string
}

// schemaCheck holds one pattern against what its events hold.
//
// A field that one of the origins has is right: structs rarely declare all that
// is matched on, and AWS adds fields.
type schemaCheck struct {
	p *packageParser
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
	for i := range strings.Count(f.key, ".") + 1 {
		if at = c.step(f, i, at); len(at) == 0 {
			return
		}
	}
	if f.value.kind == directive.Map {
		c.object(f.value, at)
		return
	}
	c.values(f, at)
}

// step follows one key of a path, and reports one that leads nowhere. The
// origins that don't have it fall out.
func (c *schemaCheck) step(f *treeField, i int, at []origin) []origin {
	key := strings.Split(f.key, ".")[i]
	r := reach(at, key)
	switch {
	case r.has(shape.Has):
		return r.found
	case c.camel(f, i, key, at):
		return reach(at, lowerCamel(key)).found
	case c.misspelled(f, key, r):
		return nil
	case !r.vouched():
		c.unknown(f, key, r)
	}
	return r.found
}

// reached is where a key leads from several origins.
type reached struct {
	found []origin // where it leads
	sure  []shape.Sureness
	// lacking are the origins that don't have it, still at the object.
	lacking []origin
}

func reach(at []origin, key string) reached {
	var r reached
	for _, o := range at {
		next, sure := o.at.Find(key)
		if sure == shape.Lacks {
			r.lacking = append(r.lacking, o)
			continue
		}
		r.found = append(r.found, origin{o.name, o.goType, next, &o, key})
		r.sure = append(r.sure, sure)
	}
	return r
}

func (r reached) has(sure shape.Sureness) bool { return slices.Contains(r.sure, sure) }

// vouched reports whether somebody's word makes a field that nobody surely has
// none to report: the Go type has it in some letter case, or not all fields of
// the event are known. That the Go type decodes just anything is nobody's word,
// where the event itself is known.
func (r reached) vouched() bool {
	return len(r.lacking) == 0 || r.has(shape.Folded) || r.open()
}

// open reports whether not all fields of the event are known.
func (r reached) open() bool { return len(events(r.found)) > 0 }

// camel tries a snake_case key in lowerCamelCase, as Jets would write it, where
// the key itself is no field of the event. What was found is noted, and the
// pattern takes the event's spelling.
func (c *schemaCheck) camel(f *treeField, i int, key string, at []origin) bool {
	camel := lowerCamel(key)
	if r := reach(at, camel); camel == key || !r.has(shape.Has) && !r.has(shape.Folded) {
		return false
	}
	c.p.diags.Report(diag.KeyBecame, f.pos, "%q is taken for %q, the event's own name", key, camel)
	parts := strings.Split(f.key, ".")
	parts[i] = camel
	f.rename(strings.Join(parts, "."))
	return true
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

// misspelled reports a field that nobody has, near one that somebody has. The
// event's own names come before the Go type's, whose case may not be known.
func (c *schemaCheck) misspelled(f *treeField, key string, r reached) bool {
	var m spell.Match
	near := false
	if !r.open() {
		m, near = spell.Find(key, slices.Values(names(events(r.lacking))))
	}
	if !near {
		m, near = spell.Find(key, slices.Values(names(r.goType())))
	}
	// The Go type has the field in some case: another name is no typo's.
	if !near || r.has(shape.Folded) && m.Distance > 0 {
		return false
	}
	c.p.diags.Add(diag.New(diag.FieldMisspelled, f.pos, "%s no field %q", lack(r.lacking), key).Suggest(m.Word))
	return true
}

// unknown reports a field that nobody knows: events hold more than is written
// down, so it may be right.
func (c *schemaCheck) unknown(f *treeField, key string, r reached) {
	if o, ok := scalar(r.lacking); ok {
		c.p.diags.Report(o.kindCode(), f.pos, "%s has no field %q: it is %s there", o.name, key, o.at.Element().Kind)
		return
	}
	say, meant := wrongLevel(r.lacking, key)
	c.p.diags.Add(diag.New(diag.FieldUnknown, f.pos, "%s no field %q%s%s", lack(r.lacking), key, known(names(r.lacking)), say).Suggest(meant))
}

// scalar returns the first origin if none of them has an object at the place.
func scalar(at []origin) (origin, bool) {
	if slices.ContainsFunc(at, func(o origin) bool { return o.at.Element().Kind.Has(shape.Object) }) {
		return origin{}, false
	}
	return at[0], true
}

// goType is the Go type, if it lacks the key.
func (r reached) goType() []origin {
	return slices.DeleteFunc(slices.Clone(r.lacking), func(o origin) bool { return !o.goType })
}

// events are the origins that know the event itself.
func events(at []origin) []origin {
	return slices.DeleteFunc(slices.Clone(at), func(o origin) bool { return o.goType })
}

// names returns the names of all fields that the origins have, sorted.
func names(at []origin) []string {
	var all []string
	for _, o := range at {
		all = append(all, o.at.Names()...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// lack names the origins, and their verb: "the AWS event has".
func lack(at []origin) string {
	var who []string
	for _, o := range at {
		if !slices.Contains(who, o.name) {
			who = append(who, o.name)
		}
	}
	if len(who) == 1 {
		return who[0] + " has"
	}
	return strings.Join(who, " and ") + " have"
}

// known lists names in a message, as many as fit.
func known(names []string) string {
	const most = 12
	switch {
	case len(names) == 0:
		return ""
	case len(names) > most:
		return fmt.Sprintf("; there are %s and %d more", strings.Join(names[:most], ", "), len(names)-most)
	case len(names) == 1:
		return "; there is " + names[0]
	}
	return "; there are " + strings.Join(names, ", ")
}
