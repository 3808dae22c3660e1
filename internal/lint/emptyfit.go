package lint

import (
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/spell"
)

// distinctive are the fields of the envelope that only a struct for a whole event has. The
// others are in the detail of many events too: every fifth of AWS's sample events has a
// version, region, id or the like there.
var distinctive = []string{"detail-type", "detail", "replay-name"}

// misplaced returns the fields of a struct that stay empty if it decodes a whole event: those
// that are in the detail, and those that are nowhere. Both are nil for a struct that is meant
// for the whole event: it has a distinctive field, or most of its fields are the envelope's.
func misplaced(fields []string, inDetail func(string) bool) (nested, unknown []string) {
	filled := 0
	for _, name := range fields {
		switch {
		case slices.ContainsFunc(distinctive, func(t string) bool { return spell.Fold(t) == spell.Fold(name) }):
			return nil, nil
		case containsFold(envelopeFields, name):
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

// containsFold reports whether a key is one of the names in any letter case, as encoding/json
// compares them.
func containsFold(names []string, key string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(name, key) })
}

// nearestEnvelope returns the field of the envelope that a field's name most likely
// misspells: one in another style or one edit away, which no other field decodes.
func nearestEnvelope(name string, fields []string) (string, bool) {
	m, ok := spell.Find(name, slices.Values(envelopeFields))
	return m.Word, ok && m.Distance <= 1 && len(m.Ties) == 0 && !containsFold(fields, m.Word)
}

// eventOf returns the type of an event with the struct as its detail.
func eventOf(s *Struct) string {
	if s.Name == "" {
		return "jobs.Event[D] with this struct as D"
	}
	return "jobs.Event[" + s.Name + "]"
}

// stay says in a sentence that fields of a struct stay empty.
func stay(s *Struct, empty []string) string {
	switch {
	case len(empty) == len(s.Fields):
		return s.called() + " stays empty"
	case len(empty) == 1:
		return "this field stays empty"
	}
	return "these fields stay empty"
}
