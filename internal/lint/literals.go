package lint

import (
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/spell"
	"github.com/jobgen/jobgen/pattern"
)

// namesIn returns the names that a field's alternatives take: the literals among them,
// and those of the known names that the others match. It is not sure where an
// alternative takes no known name, or refers to a parameter: then the field takes names
// that aren't known.
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
	slices.Sort(names)
	return slices.Compact(names), len(names) > 0
}

// literals returns the literal texts among a field's alternatives, and whether there is
// nothing else.
func literals(f *pattern.Field) (texts []pattern.Term, only bool) {
	if f == nil {
		return nil, false
	}
	for i := range f.Alternatives {
		if _, ok := f.Alternatives[i].Literal(); ok {
			texts = append(texts, f.Alternatives[i].Terms()...)
		}
	}
	return texts, len(texts) > 0 && len(texts) == len(f.Alternatives)
}

// plains returns the texts of literal terms.
func plains(terms []pattern.Term) []string {
	var all []string
	for _, t := range terms {
		text, _ := t.Text()
		all = append(all, text)
	}
	return all
}

// texts returns the terms of a field that are texts, exceptions too.
func texts(f *pattern.Field) []pattern.Term {
	if f == nil {
		return nil
	}
	var all []pattern.Term
	for i := range f.Alternatives {
		for _, t := range f.Alternatives[i].Terms() {
			if _, ok := t.Text(); ok {
				all = append(all, t)
			}
		}
	}
	return all
}

// textOf returns the text of a term that is one.
func textOf(t pattern.Term) string {
	text, _ := t.Text()
	return text
}

// ofNone reports whether a term's comparison holds for none of some names.
func ofNone(t pattern.Term, names []string) bool { return len(t.Selects(names)) == 0 }

// nameIn returns the name that a term is for: in lower case where the letter case
// doesn't count.
func nameIn(t pattern.Term) string {
	if t.AnyCase() {
		return strings.ToLower(textOf(t))
	}
	return textOf(t)
}

// nearPart returns the part of one of some names that the text of a prefix or suffix,
// which none of them has, was most likely meant to be: one that is an edit away, if
// there is no other.
func nearPart(t pattern.Term, names []string) (string, bool) {
	m, ok := findPart(t, names)
	if !ok || m.Distance > 1 {
		return "", false
	}
	return longestPart(t, append(m.Ties, m.Word))
}

// findPart finds the part of one of some names that is nearest to the text of a prefix
// or suffix.
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

// longestPart returns the longest of some parts, if all others are parts of it: those
// of one name.
func longestPart(t pattern.Term, parts []string) (string, bool) {
	longest := slices.MaxFunc(parts, func(a, b string) int { return len(a) - len(b) })
	return longest, !slices.ContainsFunc(parts, func(part string) bool { return t.Part(longest, len(part)) != part })
}
