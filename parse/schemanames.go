package parse

import (
	"slices"
	"strings"
	"unicode"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/shape"
	"github.com/jobgen/jobgen/internal/spell"
)

// Schema is a document that describes events of a source of the user's own.
type Schema struct {
	Source string
	File   string // absolute
	Data   []byte // the file's content
	*shape.Schema
}

// describes reports whether the document is about events of one of the
// detail-types; nil are all.
func (s *Schema) describes(types []string) bool {
	return types == nil || s.DetailTypes == nil ||
		slices.ContainsFunc(types, func(t string) bool { return slices.Contains(s.DetailTypes, t) })
}

// schemasOf are the schemas of a source.
func (p *packageParser) schemasOf(source string) []*Schema {
	return slices.DeleteFunc(slices.Clone(p.schemas), func(s *Schema) bool { return s.Source != source })
}

// schemaOrigins are the schemas that the user gave for the events of a way.
func (p *packageParser) schemaOrigins(w way) []origin {
	sources, only := literals(w.list("source"))
	if !only {
		return nil
	}
	var types []string
	if texts, only := literals(w.list("detail-type")); only {
		types = plains(texts)
	}
	var all []origin
	for _, source := range plains(sources) {
		for _, s := range p.schemasOf(source) {
			if s.describes(types) {
				all = append(all, origin{name: "the schema of " + source, at: s.Event})
			}
		}
	}
	return all
}

// checkSchemaNames holds the source and detail-type of a way against those of
// the user's schemas.
func (p *packageParser) checkSchemaNames(w way) {
	if len(p.schemas) == 0 {
		return
	}
	sources, only := literals(w.list("source"))
	for _, t := range sources {
		p.schemaSource(t)
	}
	if !only && w.list("source") != nil {
		return // one of the sources is not known
	}
	types, _ := literals(w.list("detail-type"))
	for _, t := range types {
		p.schemaDetailType(t, plains(sources))
	}
}

// schemaSource notes the schemas of a source as used, or reports one that is near
// a schema's. What AWS sends is the catalog's to judge.
func (p *packageParser) schemaSource(t *tree) {
	name := t.plain()
	own := p.schemasOf(name)
	if len(own) == 0 && !catalog.HasSource(name) {
		if _, sure := nearSource(name); sure {
			return
		}
		var all []string
		for _, s := range p.schemas {
			all = append(all, s.Source)
		}
		near, ok := nearOwn(name, all)
		if !ok {
			return
		}
		p.diags.Add(diag.New(diag.SourceMisspelled, t.pos, "none of the schemas describes events from %q", name).Suggest(near.Word))
		own = p.schemasOf(near.Word)
	}
	for _, s := range own {
		p.usedSchemas[s] = true
	}
}

// nearOwn finds the name that was meant among the user's own. Names that differ in
// their digits alone are versions.
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

// schemaDetailType reports a detail-type that no schema of its sources names. Where
// one of them names none, or a source has no schema, only a near name is sure to be
// a fault.
func (p *packageParser) schemaDetailType(t *tree, sources []string) {
	name := t.plain()
	if len(catalog.SourcesOf(name)) > 0 {
		return
	}
	names, all := p.schemaTypes(sources)
	if slices.Contains(names, name) {
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
		p.diags.Add(diag.New(diag.DetailTypeMisspelled, t.pos, "%s no event with the detail-type %q", from, name).Suggest(near.Word))
	case all && len(names) > 0 && len(sources) > 0:
		p.diags.Report(diag.DetailTypeUnknown, t.pos, "%s no event with the detail-type %q%s", from, name, known(names))
	}
}

// schemaTypes returns the detail-types that the schemas of the sources name, of
// all schemas if there are no sources, and whether those are all. They are none
// where a source has no schema: that may send anything.
func (p *packageParser) schemaTypes(sources []string) (names []string, all bool) {
	schemas := p.schemas
	if len(sources) > 0 {
		schemas = nil
	}
	for _, source := range sources {
		own := p.schemasOf(source)
		if len(own) == 0 {
			return nil, false
		}
		schemas = append(schemas, own...)
	}
	all = true
	for _, s := range schemas {
		names = append(names, s.DetailTypes...)
		all = all && s.DetailTypes != nil
	}
	slices.Sort(names)
	return slices.Compact(names), all
}

// unusedSchemas reports the schemas whose source no rule names.
func unusedSchemas(schemas []*Schema, used map[*Schema]bool, diags *diag.List) {
	for _, s := range schemas {
		if !used[s] {
			diags.Report(diag.SchemaUnused, model.Pos{File: s.File}, "no rule names the source %q, whose events this schema describes; mend the flag -schema, or leave it out", s.Source)
		}
	}
}
