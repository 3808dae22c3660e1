package parse

import (
	"fmt"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/shape"
	"github.com/jobgen/jobgen/internal/spell"
)

// telling are the fields of the envelope that show that a struct is meant for a
// whole event. The others are in the detail of many events too: of AWS's sample
// events, every fifth has a version, region, id or the like there.
var telling = []string{"detail-type", "detail", "replay-name"}

// misplaced returns the fields of a struct that stay empty where it decodes a
// whole event: those that are in the detail, and those that are nowhere. Both
// are nil for a struct that is meant for the whole event: it has a field that
// tells so, or most of its fields are the envelope's.
func misplaced(fields []string, inDetail func(string) bool) (nested, unknown []string) {
	filled := 0
	for _, name := range fields {
		switch {
		case slices.ContainsFunc(telling, func(t string) bool { return spell.Fold(t) == spell.Fold(name) }):
			return nil, nil
		case foldsInto(name, envelope):
			filled++
		case inDetail(name):
			nested = append(nested, name)
		default:
			unknown = append(unknown, name)
		}
	}
	if len(nested) == 0 && filled > len(unknown) {
		return nil, nil
	}
	return nested, unknown
}

// foldsInto reports whether encoding/json takes a key for one of some names: it
// compares them without letter case.
func foldsInto(key string, names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(name, key) })
}

// nearestEnvelope returns the field of the envelope that a name was meant for:
// one that is written in another style, or an edit away, and that no other
// field takes.
func nearestEnvelope(name string, fields []string) (string, bool) {
	m, ok := spell.Find(name, slices.Values(envelope))
	return m.Word, ok && m.Distance <= 1 && len(m.Ties) == 0 && !foldsInto(m.Word, fields)
}

// detailOf tells which names the detail of a rule's events is known to have:
// by AWS's catalog, by schemas, and by the pattern itself. The second result
// says that the catalog has every event that the rule is for.
func (p *packageParser) detailOf(r *rule) (has func(name string) bool, known bool) {
	if r.tree == nil {
		return func(string) bool { return false }, false
	}
	var names []string
	var shapes []*shape.Shape
	known = true
	for _, w := range ways(r.tree) {
		names = append(names, w.detailNames()...)
		for _, o := range p.schemaOrigins(w) {
			if detail := o.at.Lookup("detail"); detail != nil {
				shapes = append(shapes, detail)
			}
		}
		var aws []origin
		if usesCatalog(w) {
			aws = w.catalogOrigins()
		}
		known = known && len(aws) > 0
		for _, o := range aws {
			shapes = append(shapes, o.at)
		}
	}
	return func(name string) bool {
		return foldsInto(name, names) || slices.ContainsFunc(shapes, func(s *shape.Shape) bool { return s.LookupFold(name) != nil })
	}, known
}

// detailNames are the names of the detail's fields that a way asks for.
func (w way) detailNames() []string {
	var names []string
	for _, f := range w.detailFields() {
		if _, rest, ok := strings.Cut(f.key, "."); ok {
			first, _, _ := strings.Cut(rest, ".")
			names = append(names, first)
			continue
		}
		for _, inner := range f.value.fields {
			first, _, _ := strings.Cut(inner.key, ".")
			names = append(names, first)
		}
	}
	return names
}

// eventOf is the type of an event with the struct as its detail.
func eventOf(s structTaken) string {
	if s.name == unnamed {
		return "jobs.Event[D] with this struct as D"
	}
	return "jobs.Event[" + s.name + "]"
}

// stay says which fields of a struct stay empty.
func stay(s structTaken, empty []string) string {
	switch {
	case len(empty) == len(s.fields):
		return s.name + " stays empty"
	case len(empty) == 1:
		return "this field stays empty"
	}
	return "these fields stay empty"
}

// enumerate joins names with and.
func enumerate(names []string) string { return conjoin(names, "and") }

// alternatives joins names with or.
func alternatives(names []string) string { return conjoin(names, "or") }

// conjoin joins names for a sentence, as many as can be read at a glance.
func conjoin(names []string, word string) string {
	const most = 4
	n := len(names)
	switch {
	case n == 1:
		return names[0]
	case n > most:
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most-1], ", "), n-most+1)
	}
	return strings.Join(names[:n-1], ", ") + " " + word + " " + names[n-1]
}
