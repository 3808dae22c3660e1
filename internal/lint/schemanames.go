package lint

import (
	"slices"
	"strings"
	"unicode"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/shape"
	"github.com/jobgen/jobgen/internal/spell"
	"github.com/jobgen/jobgen/pattern"
)

// Schema is a document that describes events of one of the user's own sources.
type Schema struct {
	Source string
	File   string // absolute
	*shape.Schema
}

// describes reports whether the document is about events of one of the detail-types. If
// types is nil, the detail-type can be any.
func (s *Schema) describes(types []string) bool {
	return types == nil || s.DetailTypes == nil ||
		slices.ContainsFunc(types, func(t string) bool { return slices.Contains(s.DetailTypes, t) })
}

// schemasOf returns the schemas of a source.
func (f *Facts) schemasOf(source string) []*Schema {
	return slices.DeleteFunc(slices.Clone(f.Schemas), func(s *Schema) bool { return s.Source != source })
}

// schemaOrigins returns the user's schemas for the events of a conjunct.
func (f *Facts) schemaOrigins(c conjunct) []origin {
	sources, only := c.literals("source")
	if !only {
		return nil
	}
	types, only := c.literals("detail-type")
	if !only {
		types = nil
	}
	var all []origin
	for _, s := range concat(sources, f.schemasOf) {
		if s.describes(types) {
			all = append(all, origin{name: "the schema of " + s.Source, at: s.Event})
		}
	}
	return all
}

// checkSchemaNames checks sources and detail-types against those of the user's schemas.
func checkSchemaNames(r *Rule, f *Facts, report diag.Reporter) {
	if len(f.Schemas) == 0 {
		return
	}
	for _, each := range r.conjuncts() {
		sources, only := literals(each.field("source"))
		for _, t := range sources {
			if near := f.nearSchema(textOf(t)); near != "" {
				report.Add(diag.New(diag.SourceMisspelled, r.At(t.Offset()), "none of the schemas describes events from %q", textOf(t)).Suggest(replaceable(t), near))
			}
		}
		if !only && each.field("source") != nil {
			continue // one of the sources is not known
		}
		types, _ := literals(each.field("detail-type"))
		for _, t := range types {
			f.checkDetailType(r, t, textsOf(sources), report)
		}
	}
}

// nearSchema returns the source of a schema that a name most likely misspells. It is empty
// if the name is right, or one of AWS's, which checkCatalog checks.
func (f *Facts) nearSchema(name string) string {
	if len(f.schemasOf(name)) > 0 || catalog.HasSource(name) {
		return ""
	}
	if _, sure := nearSource(name); sure {
		return ""
	}
	var all []string
	for _, s := range f.Schemas {
		all = append(all, s.Source)
	}
	near, ok := nearOwn(name, all)
	if !ok {
		return ""
	}
	return near.Word
}

// checkUnusedSchemas reports the schemas whose source no rule of the run names. It reports
// none if a rule can't be read, since that one may name it.
func checkUnusedSchemas(run *Run, f *Facts, report diag.Reporter) {
	if run.Unread || len(f.Schemas) == 0 {
		return
	}
	used := map[string]bool{}
	for _, r := range run.rules() {
		for _, name := range r.sourceNames() {
			used[name], used[f.nearSchema(name)] = true, true
		}
	}
	for _, s := range f.Schemas {
		if !used[s.Source] {
			report.Report(diag.SchemaUnused, model.Pos{File: s.File}, "no rule names the source %q, whose events this schema describes; correct the flag -schema, or leave it out", s.Source)
		}
	}
}

// sourceNames returns the sources that the rule's pattern names.
func (r *Rule) sourceNames() []string {
	if r.Pattern == nil {
		return nil
	}
	return concat(r.conjuncts(), func(c conjunct) []string {
		sources, _ := c.literals("source")
		return sources
	})
}

// nearOwn returns the user's name that a name most likely misspells. Names that differ only
// in their digits are versions.
func nearOwn(name string, names []string) (m spell.Match, ok bool) {
	m, ok = spell.Find(name, slices.Values(names))
	return m, ok && withoutDigits(m.Word) != withoutDigits(name)
}

func withoutDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return -1
		}
		return r
	}, s)
}

// checkDetailType reports a detail-type that no schema of its sources names. If one of the
// schemas names none, or a source has no schema, it reports only misspelled ones.
func (f *Facts) checkDetailType(r *Rule, t pattern.Term, sources []string, report diag.Reporter) {
	name := textOf(t)
	names, all := f.schemaTypes(sources)
	if len(catalog.SourcesOf(name)) > 0 || slices.Contains(names, name) {
		return
	}
	from := "the schemas have"
	if len(sources) > 0 {
		from = "the schema of " + strings.Join(sources, " or ") + " has"
	}
	near, ok := nearOwn(name, names)
	switch {
	case ok && len(sources) == 0 && near.Distance > 1: // it may be another source's
	case ok:
		report.Add(diag.New(diag.DetailTypeMisspelled, r.At(t.Offset()), "%s no event with the detail-type %q", from, name).Suggest(replaceable(t), near.Word))
	case all && len(names) > 0 && len(sources) > 0:
		report.Report(diag.DetailTypeUnknown, r.At(t.Offset()), "%s no event with the detail-type %q%s", from, name, known(names))
	}
}

// schemaTypes returns the detail-types that the schemas of the sources name, or without
// sources those that any schema names. All says that the sources send no others. A source
// without a schema may send any, so there are none then.
func (f *Facts) schemaTypes(sources []string) (names []string, all bool) {
	schemas := f.Schemas
	if len(sources) > 0 {
		schemas = concat(sources, f.schemasOf)
	}
	if !every(sources, func(source string) bool { return len(f.schemasOf(source)) > 0 }) {
		return nil, false
	}
	all = every(schemas, func(s *Schema) bool { return s.DetailTypes != nil })
	return sorted(concat(schemas, func(s *Schema) []string { return s.DetailTypes })), all
}
