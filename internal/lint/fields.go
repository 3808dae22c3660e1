package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/shape"
	"github.com/jobgen/jobgen/internal/spell"
	"github.com/jobgen/jobgen/pattern"
)

// checkFields checks the fields of a pattern and their values against the descriptions of
// its events: the handler's Go type, the catalog of AWS's events, the user's schemas. A field
// is right if one of them has it: structs rarely declare all fields that a pattern names, and
// AWS adds fields.
func checkFields(r *Rule, f *Facts, report diag.Reporter) {
	c := &fieldCheck{r: r, report: report}
	for _, each := range r.conjuncts() {
		if origins := r.origins(each, f); len(origins) > 0 {
			c.members(each.detailMembers(), origins)
		}
	}
}

// fieldCheck checks the fields that a rule's pattern or input names.
type fieldCheck struct {
	r      *Rule
	report diag.Reporter
}

// members checks the members of an object of a conjunct, and those below. A conjunct has a
// $or only where its value is wrong.
func (c *fieldCheck) members(all []*pattern.Member, origins []origin) {
	for _, m := range all {
		if !m.IsOr() || m.Object != nil {
			c.field(m, origins)
		}
	}
}

// field checks a member, whose key may be a dotted path.
func (c *fieldCheck) field(m *pattern.Member, at []origin) {
	for key := range strings.SplitSeq(m.Key, ".") {
		if at = c.step(c.r.At(m.Offset), key, at); len(at) == 0 {
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

// step follows one key of a path, and reports it if none of the origins has it. It returns
// the origins that have it.
func (c *fieldCheck) step(pos model.Pos, key string, at []origin) []origin {
	r := reach(at, key)
	switch {
	case r.has(shape.Has):
		return r.found
	case c.misspelled(pos, key, r):
		return nil
	case !r.mayExist():
		c.unknown(pos, key, r)
	}
	return r.found
}

// reached is the result of following a key from several origins.
type reached struct {
	found []origin // at the field
	sure  []shape.Sureness
	// lacking are the origins that don't have the field. They are at the object. silent are
	// the events that don't list it, and may have it.
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
		r.found = append(r.found, origin{name: o.name, goType: o.goType, aws: o.aws, sender: o.sender, at: next, in: &o, key: key})
		r.sure = append(r.sure, sure)
	}
	return r
}

func (r reached) has(sure shape.Sureness) bool { return slices.Contains(r.sure, sure) }

// mayExist reports whether an unknown key must not be reported: a Go type has it in another
// letter case, or not all fields of the event are known. A Go type that decodes any field
// doesn't count if the event itself is known.
func (r reached) mayExist() bool {
	return len(r.lacking) == 0 || r.has(shape.Folded) || r.open()
}

// open reports whether not all fields of the event are known.
func (r reached) open() bool { return len(withGoType(false, r.found)) > 0 }

// misspelled reports a field that no origin has and that is near one of an origin's. The
// names of the event come before those of the Go type, whose letter case may not be known.
func (c *fieldCheck) misspelled(pos model.Pos, key string, r reached) bool {
	what := "field"
	found, near := spell.Find(key, slices.Values(names(withGoType(true, r.lacking))))
	if correct, ok := r.nearest(found.Word); near && ok && correct.Distance <= 1 {
		found.Word = correct.Word // the Go type's name is misspelled too
	}
	if ofEvent, ok := r.nearest(key); ok {
		if !near && len(r.silent) > 0 {
			what = "known field"
		}
		found, near = ofEvent, true
	}
	// If the Go type has the field in another letter case, it is no other field misspelled.
	if !near || r.has(shape.Folded) && found.Distance > 0 {
		return false
	}
	c.report.Add(diag.New(diag.FieldMisspelled, pos, "%s no %s %q", have(append(r.lacking, r.silent...)), what, key).Suggest(key, found.Word))
	return true
}

// nearest returns the name of a field of the events that a key is a misspelling of. If not
// all fields of an event are known, the key can be the name of another field. Then only a
// name that is one edit away counts, and not one that differs in its digits.
func (r reached) nearest(key string) (spell.Match, bool) {
	of := withGoType(false, r.lacking)
	if !r.open() {
		return spell.Find(key, slices.Values(names(of)))
	}
	found, ok := spell.Find(key, slices.Values(names(append(of, r.silent...))))
	return found, ok && found.Distance <= 1 && withoutDigits(found.Word) != withoutDigits(key)
}

// unknown reports a field that no origin has and that is near none. Events have fields that
// no description names, so the field may exist.
func (c *fieldCheck) unknown(pos model.Pos, key string, r reached) {
	if !slices.ContainsFunc(r.lacking, func(o origin) bool { return o.at.Element().Kind.Has(shape.Object) }) {
		o := r.lacking[0]
		c.report.Report(o.kindCode(), pos, "%s has no field %q: it is %s there", o.name, key, o.at.Element().Kind)
		return
	}
	hint, path := wrongLevel(r.lacking, key)
	found := ""
	if path == "" {
		found, path = key, longerName(key, names(r.lacking))
	}
	c.report.Add(diag.New(diag.FieldUnknown, pos, "%s no field %q%s%s", have(r.lacking), key, known(names(r.lacking)), hint).Suggest(found, path))
}

// withGoType returns the origins that are the Go type, or those that aren't.
func withGoType(goType bool, at []origin) []origin {
	return slices.DeleteFunc(slices.Clone(at), func(o origin) bool { return o.goType != goType })
}

// names returns the names of all fields of the origins, sorted.
func names(at []origin) []string {
	return sorted(concat(at, func(o origin) []string { return o.at.Names() }))
}

// originNames names the origins. Origins with the same name follow each other.
func originNames(at []origin) []string {
	var all []string
	for _, o := range at {
		all = append(all, o.name)
	}
	return slices.Compact(all)
}

// have names the origins with the verb: "the AWS event has".
func have(at []origin) string {
	all := originNames(at)
	if len(all) == 1 {
		return all[0] + " has"
	}
	return strings.Join(all, " and ") + " have"
}

// known lists names at the end of a message, the first ones if there are many.
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
