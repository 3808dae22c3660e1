package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/shape"
	"github.com/jobgen/jobgen/internal/spell"
	"github.com/jobgen/jobgen/pattern"
)

// checkFields checks the fields of a pattern, and what it asks of each, against the
// descriptions of its events: the handler's Go type, the catalog of AWS events, the
// user's schemas. A field that one of them has is right: structs rarely declare all that
// is matched on, and AWS adds fields.
func checkFields(r *Rule, f *Facts, report diag.Reporter) {
	c := &fieldCheck{r: r, report: report}
	for _, each := range r.conjuncts() {
		if origins := r.origins(each, f); len(origins) > 0 {
			c.members(each.detailMembers(), origins)
		}
	}
}

// fieldCheck checks the fields of one rule's pattern.
type fieldCheck struct {
	r      *Rule
	report diag.Reporter
}

// members checks the members of an object of the pattern, and below.
func (c *fieldCheck) members(all []*pattern.Member, origins []origin) {
	for _, m := range all {
		for _, branch := range m.Branches {
			c.members(branch.Members, origins)
		}
		if !m.IsOr() || m.Object != nil {
			c.field(m, origins)
		}
	}
}

// field checks a member of the pattern; its key may be a dotted path.
func (c *fieldCheck) field(m *pattern.Member, origins []origin) {
	at := origins
	for key := range strings.SplitSeq(m.Key, ".") {
		if at = c.step(m, key, at); len(at) == 0 {
			return
		}
	}
	if m.Object != nil {
		c.members(m.Object.Members, at)
	}
	if m.Field != nil {
		c.values(m, at)
	}
}

// step follows one key of a path, and reports one that leads nowhere. The
// origins that don't have it fall out.
func (c *fieldCheck) step(m *pattern.Member, key string, at []origin) []origin {
	r := reach(at, key)
	switch {
	case r.has(shape.Has):
		return r.found
	case c.misspelled(m, key, r):
		return nil
	case !r.mayExist():
		c.unknown(m, key, r)
	}
	return r.found
}

// reached is where a key leads from several origins.
type reached struct {
	found []origin // where it leads
	sure  []shape.Sureness
	// lacking are the origins that don't have it, still at the object. Silent are the
	// events that may have it, though they don't list it.
	lacking, silent []origin
}

func reach(at []origin, key string) reached {
	var r reached
	for _, o := range at {
		next, sure := o.at.Find(key)
		if sure == shape.Lacks {
			r.lacking = append(r.lacking, o)
			continue
		}
		if sure == shape.Open && !o.goType {
			r.silent = append(r.silent, o)
		}
		r.found = append(r.found, origin{o.name, o.goType, o.aws, next, &o, key})
		r.sure = append(r.sure, sure)
	}
	return r
}

func (r reached) has(sure shape.Sureness) bool { return slices.Contains(r.sure, sure) }

// mayExist reports whether an unknown key must not be reported: a Go type has it in
// another letter case, or not all fields of the event are known. A Go type that decodes
// anything doesn't count where the event itself is known.
func (r reached) mayExist() bool {
	return len(r.lacking) == 0 || r.has(shape.Folded) || r.open()
}

// open reports whether not all fields of the event are known.
func (r reached) open() bool { return len(events(r.found)) > 0 }

// misspelled reports a field that nobody has, near one that somebody has. The
// event's own names come before the Go type's, whose case may not be known.
func (c *fieldCheck) misspelled(m *pattern.Member, key string, r reached) bool {
	what := "field"
	found, near := spell.Find(key, slices.Values(names(r.goType())))
	if ofEvent, ok := r.nearest(key); ok {
		if !near && len(r.silent) > 0 {
			what = "known field"
		}
		found, near = ofEvent, true
	}
	// The Go type has the field in some case: another name is no typo's.
	if !near || r.has(shape.Folded) && found.Distance > 0 {
		return false
	}
	c.report.Add(diag.New(diag.FieldMisspelled, c.r.At(m.Offset), "%s no %s %q", lack(append(r.lacking, r.silent...)), what, key).Suggest(found.Word))
	return true
}

// nearest returns the name of a field of the events that a key was meant to be. If not all
// fields of an event are known, the key may be one of the others, unless it is an edit
// away: names that differ in their digits alone are two names.
func (r reached) nearest(key string) (spell.Match, bool) {
	if !r.open() {
		return spell.Find(key, slices.Values(names(events(r.lacking))))
	}
	found, ok := spell.Find(key, slices.Values(names(append(events(r.lacking), r.silent...))))
	return found, ok && found.Distance <= 1 && withoutDigits(found.Word) != withoutDigits(key)
}

// unknown reports a field that nobody knows: events hold more than is written
// down, so it may be right.
func (c *fieldCheck) unknown(m *pattern.Member, key string, r reached) {
	if o, ok := scalar(r.lacking); ok {
		c.report.Report(o.kindCode(), c.r.At(m.Offset), "%s has no field %q: it is %s there", o.name, key, o.at.Element().Kind)
		return
	}
	say, meant := wrongLevel(r.lacking, key)
	c.report.Add(diag.New(diag.FieldUnknown, c.r.At(m.Offset), "%s no field %q%s%s", lack(r.lacking), key, known(names(r.lacking)), say).Suggest(meant))
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
