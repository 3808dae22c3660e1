package lint

import (
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/spell"
	"github.com/jobgen/jobgen/pattern"
)

// namesIn returns the names that a field's alternatives take: the literals, and the known
// names that the other alternatives match. It is not sure if an alternative takes none of
// the known names, or refers to a parameter: then the field takes unknown names too.
func namesIn(f *pattern.Field, known []string) (names []string, sure bool) {
	if f == nil {
		return nil, false
	}
	for i := range f.Alternatives {
		a := &f.Alternatives[i]
		if text, ok := a.Literal(); ok {
			names = append(names, text)
			continue
		}
		if a.Refers() {
			return names, false
		}
		found := a.Takes(known)
		if len(found) == 0 {
			return names, false
		}
		names = append(names, found...)
	}
	return sorted(names), len(names) > 0
}

// literals returns the literal texts among a field's alternatives, and whether there is
// nothing else.
func literals(f *pattern.Field) (terms []pattern.Term, only bool) {
	if f == nil {
		return nil, false
	}
	for i := range f.Alternatives {
		if _, ok := f.Alternatives[i].Literal(); ok {
			terms = append(terms, f.Alternatives[i].Terms()...)
		}
	}
	return terms, len(terms) > 0 && len(terms) == len(f.Alternatives)
}

// literals returns the values of the literal texts at a dotted path, and whether the field
// has no other alternatives.
func (c conjunct) literals(path string) (values []string, only bool) {
	terms, only := literals(c.field(path))
	return textsOf(terms), only
}

// textsOf returns the texts of terms.
func textsOf(terms []pattern.Term) []string {
	var all []string
	for _, t := range terms {
		all = append(all, textOf(t))
	}
	return all
}

// textOf returns the text of a term that has one.
func textOf(t pattern.Term) string {
	text, _ := t.Text()
	return text
}

// replaceable returns the text of a term for which a similar name can be written, or "". In a
// wildcard the name would replace the stars too.
func replaceable(t pattern.Term) string {
	text := textOf(t)
	if !t.Whole() && strings.ContainsAny(text, `*\`) {
		return ""
	}
	return text
}

// termsOf returns the terms of all alternatives of a field, which may be nil.
func termsOf(f *pattern.Field) []pattern.Term {
	if f == nil {
		return nil
	}
	var all []pattern.Term
	for i := range f.Alternatives {
		all = append(all, f.Alternatives[i].Terms()...)
	}
	return all
}

// textTerms returns the terms of a field that are texts, exceptions included.
func textTerms(f *pattern.Field) []pattern.Term {
	return slices.DeleteFunc(termsOf(f), func(t pattern.Term) bool {
		_, ok := t.Text()
		return !ok
	})
}

// selectsNone reports whether a term's comparison holds for none of the names.
func selectsNone(t pattern.Term, names []string) bool { return len(t.Selects(names)) == 0 }

// nameIn returns the name that a term compares with, in lower case if the comparison
// ignores letter case.
func nameIn(t pattern.Term) string {
	if t.AnyCase() {
		return strings.ToLower(textOf(t))
	}
	return textOf(t)
}

// nearPart returns the correct spelling of a prefix or suffix that none of the names has:
// a part of one of the names that is one edit away. It is not ok if there are several.
func nearPart(t pattern.Term, names []string) (part string, ok bool) {
	m, ok := findPart(t, names)
	if !ok || m.Distance > 1 {
		return "", false
	}
	return longestPart(t, append(m.Ties, m.Word))
}

// findPart finds the part of one of the names that is nearest to a prefix or suffix.
func findPart(t pattern.Term, names []string) (spell.Match, bool) {
	text := textOf(t)
	return spell.Find(text, func(yield func(string) bool) {
		for _, name := range names {
			for n := max(len(text)-1, 1); n <= min(len(text)+1, len(name)); n++ {
				if part := t.Part(name, n); part != "" && !yield(part) {
					return
				}
			}
		}
	})
}

// longestPart returns the longest of the parts. It is not ok unless the others are parts of
// it, so that all of them can be parts of one name.
func longestPart(t pattern.Term, parts []string) (longest string, ok bool) {
	longest = slices.MaxFunc(parts, func(a, b string) int { return len(a) - len(b) })
	return longest, every(parts, func(part string) bool { return t.Part(longest, len(part)) == part })
}
