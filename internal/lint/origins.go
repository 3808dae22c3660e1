package lint

import (
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/shape"
	"github.com/jobgen/jobgen/internal/spell"
	"github.com/jobgen/jobgen/pattern"
)

// origin is a description of the events that a rule is for: the handler's Go type, an event
// of AWS's catalog, or a schema of the user's.
type origin struct {
	name string // for messages: "the Go type StateChange", "the AWS event"
	// goType says that it is the Go type: a value that contradicts it can't be decoded. The
	// others describe the event itself.
	goType bool
	// sender is the event that it describes for an input. It is nil for a pattern.
	sender *sender
	// aws reports whether it is an event of AWS's catalog. AWS may add to it.
	aws bool
	at  *shape.Shape
	// in is the object in which the key led here. It is nil at the top of the event.
	in  *origin
	key string
}

// origins returns all descriptions of the events that a conjunct is for.
func (r *Rule) origins(c conjunct, f *Facts) []origin {
	var all []origin
	if r.Handler != nil {
		all = append(all, origin{name: "the Go type " + r.HandlerType, goType: true, at: r.Handler})
	}
	return slices.Concat(all, f.schemaOrigins(c), c.catalogOrigins())
}

// usesCatalog reports whether a conjunct names something of AWS's. If none does, the catalog
// stays compressed.
func usesCatalog(c conjunct) bool {
	sources := c.field("source")
	if sources == nil {
		return c.field("detail-type") != nil || c.field("detail.eventSource") != nil
	}
	return slices.ContainsFunc(sources.Alternatives, func(a pattern.Alternative) bool {
		return slices.ContainsFunc(a.Operands, func(o pattern.Operand) bool {
			return o.Type == pattern.String && (o.Param || mayBeAWS(o.Text))
		})
	})
}

// mayBeAWS reports whether a source is AWS's or may be a misspelling: its first label is aws
// or one edit from it, it has only one label, as ec2 does, or it looks like a service's host.
func mayBeAWS(source string) bool {
	lower := strings.ToLower(source)
	label, _, dotted := strings.Cut(lower, ".")
	_, near := spell.Nearest(label, []string{"aws"})
	return near || !dotted || strings.HasPrefix(lower, "aws") || strings.Contains(lower, "amazon")
}

// underDetail returns the shape of an event with a detail of that shape.
func underDetail(s *shape.Shape) *shape.Shape {
	return &shape.Shape{Kind: shape.Object, Fields: []shape.Field{{Name: "detail", Shape: s}}}
}

// mostSources is how many sources a rule can name and still be for their events. A rule that
// matches more is for events of any source, as one with anything-but is.
const mostSources = 8

// sources returns the AWS sources that a conjunct takes. There are none if it takes any. It
// is not known if the conjunct takes others: sources that aren't AWS's, or that the catalog
// doesn't have.
func (c conjunct) sources() (names []string, known bool) {
	field := c.field("source")
	if field == nil {
		return nil, true
	}
	names, known = namesIn(field, catalog.Sources())
	if !known || !every(names, catalog.HasSource) {
		return nil, false
	}
	if len(names) > mostSources && len(names) > len(field.Alternatives) {
		return nil, true
	}
	return names, true
}

// detailTypes returns those of the sources' detail-types that a conjunct takes, and whether
// it takes no others. There are none if it takes any.
func (c conjunct) detailTypes(sources []string) (names []string, all bool) {
	field := c.field("detail-type")
	if field == nil {
		return nil, true
	}
	return namesIn(field, detailTypesOf(sources))
}

// detailTypesOf returns all detail-types that the sources may send, or without sources those
// of any source.
func detailTypesOf(sources []string) []string {
	if len(sources) == 0 {
		return catalog.AllDetailTypes()
	}
	return append(catalog.CloudTrailDetailTypes(), listedTypes(sources)...)
}

// catalogOrigins returns the descriptions of the AWS events that a conjunct can be about.
func (c conjunct) catalogOrigins() []origin { return eventOrigins(c.catalogEvents()) }

// eventOrigins returns the descriptions of AWS events.
func eventOrigins(events []catalog.Event) []origin {
	var all []origin
	for _, e := range events {
		all = append(all, origin{name: "the AWS event", aws: true, at: underDetail(shape.OfCatalog(e.Detail))})
	}
	return all
}

// catalogEvents returns the AWS events that a conjunct can be about. There are none if it
// takes events that the catalog doesn't have, or a source of the user's own.
func (c conjunct) catalogEvents() []catalog.Event {
	if !usesCatalog(c) {
		return nil
	}
	sources, known := c.sources()
	types, all := c.detailTypes(sources)
	named, _ := c.literals("source")
	switch {
	case all && allCloudTrail(types) && len(sources) == 0 && len(named) == 0:
		// CloudTrail's record has the same fields for all services.
		return eventsOf([]string{"aws.ec2"}, types)
	case !known || !all:
		return nil
	case types == nil:
		return concat(sources, func(s string) []catalog.Event { return eventsOf([]string{s}, catalog.DetailTypes(s)) })
	case len(sources) == 0:
		sources = concat(types, catalog.SourcesOf)
	}
	return eventsOf(sources, types)
}

func allCloudTrail(types []string) bool { return len(types) > 0 && every(types, catalog.IsCloudTrail) }

// eventsOf returns the events with one of the sources and one of the detail-types. There
// are none if none of the sources sends one of the detail-types.
func eventsOf(sources, types []string) []catalog.Event {
	var all []catalog.Event
	for _, t := range types {
		found := false
		for _, s := range sources {
			if e, ok := catalog.Lookup(s, t); ok {
				all = append(all, e)
				found = true
			}
		}
		if !found {
			return nil
		}
	}
	return all
}
