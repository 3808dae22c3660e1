package parse

import (
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/shape"
)

// way is one way in which a pattern can match: its fields with one branch
// chosen of each $or at the top.
type way struct {
	fields []*treeField
}

// maxWays bounds the ways that are looked at; a pattern with more is
// checked by the first ones.
const maxWays = 64

// ways multiplies the branches of the $or at the top of a pattern out.
func ways(t *tree) []way {
	all := []way{{}}
	for _, f := range t.fields {
		if f.key == or && f.value.kind == directive.List && len(f.value.items) > 0 {
			all = branched(all, f.value.items)
			continue
		}
		for i := range all {
			all[i].fields = append(all[i].fields, f)
		}
	}
	return all
}

// branched puts each branch behind each way.
func branched(all []way, branches []*tree) []way {
	var next []way
	for _, w := range all {
		for _, branch := range branches {
			for _, inner := range ways(branch) {
				if len(next) == maxWays {
					return next
				}
				next = append(next, way{slices.Concat(w.fields, inner.fields)})
			}
		}
	}
	return next
}

// list returns the alternatives of a field at a dotted path, nil if the
// pattern doesn't have it.
func (c way) list(path string) *tree {
	for _, f := range c.fields {
		if found := f.at(path); found != nil {
			return found
		}
	}
	return nil
}

// at finds the list at a dotted path that begins with f's key.
func (f *treeField) at(path string) *tree {
	if f.key == path {
		if f.value.kind == directive.List {
			return f.value
		}
		return nil
	}
	rest, ok := strings.CutPrefix(path, f.key+".")
	if !ok || f.value.kind != directive.Map {
		return nil
	}
	for _, inner := range f.value.fields {
		if found := inner.at(rest); found != nil {
			return found
		}
	}
	return nil
}

// literals returns the texts among a list's alternatives, and whether there is
// nothing else.
func literals(list *tree) (texts []*tree, only bool) {
	if list == nil {
		return nil, false
	}
	only = true
	for _, item := range list.items {
		if item.kind == directive.String && len(item.text.Params()) == 0 {
			texts = append(texts, item)
		} else {
			only = false
		}
	}
	return texts, only && len(texts) > 0
}

func (t *tree) plain() string {
	s, _ := t.text.Plain()
	return s
}

func plains(texts []*tree) []string {
	var out []string
	for _, t := range texts {
		out = append(out, t.plain())
	}
	return out
}

// catalogOrigins are the AWS events that a way can be about; nil if the
// catalog doesn't know, or the source is the user's own.
func (c way) catalogOrigins() []origin {
	sources, onlySources := literals(c.list("source"))
	types, onlyTypes := literals(c.list("detail-type"))
	if len(sources) == 0 && onlyTypes && allCloudTrail(plains(types)) {
		// CloudTrail's record has one shape, whoever's call it is.
		return eventOrigins([]string{"aws.ec2"}, plains(types))
	}
	if c.list("source") == nil && onlyTypes {
		return eventOrigins(sourcesOf(plains(types)), plains(types))
	}
	if !onlySources || slices.ContainsFunc(plains(sources), isOwn) {
		return nil
	}
	if c.list("detail-type") == nil {
		return sourceOrigins(plains(sources))
	}
	if !onlyTypes {
		return nil
	}
	return eventOrigins(plains(sources), plains(types))
}

// sourcesOf are the sources of detail-types; their names are such that no other
// sends them.
func sourcesOf(types []string) []string {
	var all []string
	for _, t := range types {
		all = append(all, catalog.SourcesOf(t)...)
	}
	return all
}

func isOwn(source string) bool { return !catalog.HasSource(source) }

func allCloudTrail(types []string) bool {
	return len(types) > 0 && !slices.ContainsFunc(types, func(t string) bool { return !catalog.IsCloudTrail(t) })
}

// eventOrigins are the events of all pairs. A detail-type is one source's; a
// pair that the catalog lacks is left out if another source has the type.
func eventOrigins(sources, types []string) []origin {
	var all []origin
	for _, t := range types {
		found := false
		for _, s := range sources {
			if e, ok := catalog.Lookup(s, t); ok {
				all = append(all, origin{name: "the AWS event", at: shape.OfCatalog(e.Detail)})
				found = true
			}
		}
		if !found {
			return nil
		}
	}
	return all
}

// sourceOrigins are all events of the sources.
func sourceOrigins(sources []string) []origin {
	var all []origin
	for _, s := range sources {
		for _, t := range catalog.DetailTypes(s) {
			all = append(all, eventOrigins([]string{s}, []string{t})...)
		}
	}
	return all
}
