package parse

import (
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/shape"
)

// way is one way in which a pattern can match: its fields with one branch
// chosen of each $or, wherever it stands.
type way struct {
	fields []*treeField
}

// How many ways are looked at. Of a pattern with more than maxWays, each branch is in
// one of them at least, as long as there are no more branches than AWS takes
// combinations (user guide, eb-create-pattern-operators).
const (
	maxWays     = 64
	maxBranches = 1000
)

// ways multiplies the branches of a pattern's $or out.
func ways(t *tree) []way {
	all := []way{{}}
	for _, f := range t.fields {
		switch {
		case f.key == or && f.value.kind == directive.List && len(f.value.items) > 0:
			all = times(all, branches(f.value))
		case f.value.kind == directive.Map && f.value.hasOr():
			all = times(all, f.versions())
		default:
			all = times(all, []way{{[]*treeField{f}}})
		}
	}
	return all
}

// branches are the ways of all branches of a $or.
func branches(list *tree) []way {
	var all []way
	for _, branch := range list.items {
		all = append(all, ways(branch)...)
	}
	return all
}

// versions are those of a field that holds others: one for each of their ways.
func (f *treeField) versions() []way {
	var all []way
	for _, inner := range ways(f.value) {
		v := *f.value
		v.fields = inner.fields
		all = append(all, way{[]*treeField{{key: f.key, pos: f.pos, value: &v, of: f}}})
	}
	return all
}

// hasOr reports whether there is a $or in an object or below.
func (t *tree) hasOr() bool {
	return slices.ContainsFunc(t.fields, func(f *treeField) bool {
		return f.key == or && f.value.kind == directive.List || f.value.hasOr()
	})
}

// times puts each choice behind each way. Where that is too many, each way and each
// choice is taken once at least.
func times(all, choices []way) []way {
	n, each := len(all)*len(choices), len(choices)
	if n > maxWays {
		n, each = min(max(len(all), len(choices)), maxBranches), 1
	}
	next := make([]way, n)
	for i := range next {
		next[i] = way{slices.Concat(all[i/each%len(all)].fields, choices[i%len(choices)].fields)}
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
	for _, item := range list.items {
		if text := literalOf(item); text != nil {
			texts = append(texts, text)
		}
	}
	return texts, len(texts) > 0 && len(texts) == len(list.items)
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

// mostSources is how many sources a rule can name and still be for their events: one
// that takes all but a few is for whatever comes.
const mostSources = 8

// sources returns the sources of AWS's that a way is for; none, where it is for any. The
// second result is false if it takes sources that aren't AWS's, or that nobody knows.
func (c way) sources() (names []string, known bool) {
	list := c.list("source")
	if list == nil {
		return nil, true
	}
	names, known = namesIn(list, catalog.Sources())
	if !known || slices.ContainsFunc(names, isOwn) {
		return nil, false
	}
	if len(names) > mostSources && len(names) > len(list.items) {
		return nil, true
	}
	return names, true
}

// detailTypes returns the detail-types that a way takes of the sources' events, and
// whether those are all; none, where it takes any.
func (c way) detailTypes(sources []string) (names []string, all bool) {
	list := c.list("detail-type")
	if list == nil {
		return nil, true
	}
	return namesIn(list, sentBy(sources))
}

// sentBy are all detail-types that sources send, of any source if there is none.
func sentBy(sources []string) []string {
	if len(sources) == 0 {
		return catalog.AllDetailTypes()
	}
	return append(catalog.CloudTrailDetailTypes(), listedTypes(sources)...)
}

// catalogOrigins are the AWS events that a way can be about; nil if the
// catalog doesn't know, or the source is the user's own.
func (c way) catalogOrigins() []origin {
	sources, known := c.sources()
	types, all := c.detailTypes(sources)
	switch {
	case all && allCloudTrail(types) && len(sources) == 0 && !c.list("source").hasLiteral():
		// CloudTrail's record has one shape, whoever's call it is.
		return eventOrigins([]string{"aws.ec2"}, types)
	case !known || !all:
		return nil
	case types == nil:
		return sourceOrigins(sources)
	case len(sources) == 0:
		return eventOrigins(sourcesOf(types), types)
	}
	return eventOrigins(sources, types)
}

func (t *tree) hasLiteral() bool {
	texts, _ := literals(t)
	return len(texts) > 0
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
