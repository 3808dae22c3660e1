package lint

import (
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/shape"
	"github.com/jobgen/jobgen/internal/spell"
	"github.com/jobgen/jobgen/pattern"
)

// origin is a description of the events that a rule is for: the handler's Go type, an
// event of AWS's catalog, a schema that the user gave.
type origin struct {
	name string // for messages: "the Go type StateChange", "the AWS event"
	// goType says that it is the Go type: what contradicts it can't be decoded. The
	// others describe the event itself.
	goType bool
	// aws says that it is an event of the catalog, to which AWS may add.
	aws bool
	at  *shape.Shape
	// in is the object that the key led here from; nil at the top of the event.
	in  *origin
	key string
}

// origins returns all descriptions of the events that a conjunct is for.
func (r *Rule) origins(c conjunct, f *Facts) []origin {
	var all []origin
	if r.Handler != nil {
		all = append(all, origin{name: "the Go type " + r.HandlerType, goType: true, at: r.Handler})
	}
	all = append(all, f.schemaOrigins(c)...)
	if usesCatalog(c) {
		for _, o := range c.catalogOrigins() {
			all = append(all, origin{name: o.name, aws: true, at: underDetail(o.at)})
		}
	}
	return all
}

// usesCatalog reports whether a conjunct names something of AWS's: where none does, the
// catalog isn't even unpacked.
func usesCatalog(c conjunct) bool {
	sources := c.field("source")
	if sources == nil {
		return c.field("detail-type") != nil || c.field("detail.eventSource") != nil
	}
	for i := range sources.Alternatives {
		for _, o := range sources.Alternatives[i].Operands {
			if o.Type == pattern.String && (o.Param || mayBeAWS(o.Text)) {
				return true
			}
		}
	}
	return false
}

// mayBeAWS reports whether a source is AWS's, or may be meant as AWS's: its first label
// is aws or one edit from it, or it has one label alone, as ec2; or it is a service's
// host or the like.
func mayBeAWS(source string) bool {
	lower := strings.ToLower(source)
	label, _, dotted := strings.Cut(lower, ".")
	_, near := spell.Nearest(label, []string{"aws"})
	return near || !dotted || strings.HasPrefix(lower, "aws") || strings.Contains(lower, "amazon")
}

func underDetail(s *shape.Shape) *shape.Shape {
	return &shape.Shape{Kind: shape.Object, Fields: []shape.Field{{Name: "detail", Shape: s}}}
}

// mostSources is how many sources a rule can name and still be for their events: one
// that takes all but a few is for whatever comes.
const mostSources = 8

// sources returns the AWS sources that a conjunct is for; none, where it is for any. The
// second result is false if it takes sources that aren't AWS's, or that the catalog
// doesn't know.
func (c conjunct) sources() (names []string, known bool) {
	field := c.field("source")
	if field == nil {
		return nil, true
	}
	names, known = namesIn(field, catalog.Sources())
	if !known || slices.ContainsFunc(names, isOwn) {
		return nil, false
	}
	if len(names) > mostSources && len(names) > len(field.Alternatives) {
		return nil, true
	}
	return names, true
}

// detailTypes returns the detail-types of the sources' events that a conjunct takes, and
// whether those are all; none, where it takes any.
func (c conjunct) detailTypes(sources []string) (names []string, all bool) {
	field := c.field("detail-type")
	if field == nil {
		return nil, true
	}
	return namesIn(field, sentBy(sources))
}

// sentBy returns all detail-types that sources send, of any source if there is none.
func sentBy(sources []string) []string {
	if len(sources) == 0 {
		return catalog.AllDetailTypes()
	}
	return append(catalog.CloudTrailDetailTypes(), listedTypes(sources)...)
}

// catalogOrigins returns the AWS events that a conjunct can be about; none if the
// catalog doesn't know, or the source is the user's own.
func (c conjunct) catalogOrigins() []origin {
	sources, known := c.sources()
	types, all := c.detailTypes(sources)
	switch {
	case all && allCloudTrail(types) && len(sources) == 0 && !hasLiteral(c.field("source")):
		// CloudTrail's record has one shape, whichever service is called.
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

func hasLiteral(f *pattern.Field) bool {
	texts, _ := literals(f)
	return len(texts) > 0
}

// sourcesOf returns the sources of detail-types; no other source sends them.
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

// eventOrigins returns the events of all pairs. A detail-type is one source's; a
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

// sourceOrigins returns all events of the sources.
func sourceOrigins(sources []string) []origin {
	var all []origin
	for _, s := range sources {
		for _, t := range catalog.DetailTypes(s) {
			all = append(all, eventOrigins([]string{s}, []string{t})...)
		}
	}
	return all
}
