package lint

import (
	"slices"
	"strconv"
	"strings"

	"github.com/jobgen/jobgen/internal/shape"
	"github.com/jobgen/jobgen/pattern"
)

// sent is a value that a rule sends to its target, as far as it is known.
type sent struct {
	*sender
	at   *shape.Shape
	path string // of the value in the event
	// whole is the value of the innermost field that holds the value.
	whole *shape.Shape
}

// sender is an event that a rule sends.
type sender struct {
	name string // for messages: "the AWS event"
	// has begins a message: `the AWS event "Object Created" sends`. Doubtful is the same for
	// what isn't sure: `AWS's schema of the event "Object Created" has`.
	has, doubtful string
	printed       string // the command that prints a Go type; empty if there is none
	oneOfAll      bool   // the rule is for all events of a source
}

// in returns the value of a field of an object.
func (s sent) in(name string, at *shape.Shape) sent {
	return sent{s.sender, at, strings.TrimPrefix(s.path+"."+name, "."), s.whole}
}

// isKnown reports whether something is known of the value.
func (s sent) isKnown() bool {
	return s.at.Kind != shape.Any && !s.at.IsUnknownObject()
}

// sends returns what the handler of a rule decodes, once for each event that the rule can
// be for.
func (r *Rule) sends(f *Facts) []sent {
	events := r.events(f)
	switch in := r.Input; {
	case in == nil || in.Path == "$":
		return events
	case in.Path != "":
		if found := r.valuesAt(in.Path, r.inputEvents(f)); len(found) > 0 {
			path := strings.TrimPrefix(in.Path, "$.")
			return concat(found, func(o origin) []sent { return []sent{{o.sender, o.at, path, nil}} })
		}
	}
	return []sent{{&sender{}, shape.Unknown, "", nil}}
}

// wholeEvent returns the shape of an event with a detail of a shape.
func wholeEvent(detail *shape.Shape) *shape.Shape {
	text := &shape.Shape{Kind: shape.String, Sure: true}
	event := &shape.Shape{Kind: shape.Object, Sure: true}
	for _, name := range envelopeFields {
		field := shape.Field{Name: name, Shape: text}
		switch name {
		case "detail":
			field.Shape = detail
		case "resources":
			field.Shape = &shape.Shape{Kind: shape.Array, Elem: text, Sure: true}
		}
		event.Fields = append(event.Fields, field)
	}
	return event
}

// unknownEvent returns an event with an unknown detail.
func unknownEvent() sent {
	detail := &shape.Shape{Kind: shape.Object, Open: true, Sure: true}
	return sent{&sender{name: "every event", has: "every event sends"}, wholeEvent(detail), "", nil}
}

// events returns the events that the rule can be for.
func (r *Rule) events(f *Facts) []sent {
	switch {
	case r.Scheduled && !r.hasEmptyDetail():
		return []sent{unknownEvent()} // checkInputType compares the input
	case r.Scheduled:
		return []sent{{&sender{name: "the event of a schedule", has: "a schedule's event has"}, wholeEvent(&shape.Shape{Kind: shape.Object}), "", nil}}
	case r.Pattern == nil:
		return []sent{unknownEvent()}
	}
	return concat(r.conjuncts(), func(c conjunct) []sent {
		all := c.events(f)
		matching := slices.DeleteFunc(slices.Clone(all), func(s sent) bool {
			return !every(c.detailMembers(), func(m *pattern.Member) bool { return mayMatch(m, s.at) })
		})
		if len(matching) == 0 {
			return all // a name in the pattern is misspelled
		}
		return matching
	})
}

// events returns the events that a conjunct can be for.
func (c conjunct) events(f *Facts) []sent {
	if all := c.awsEvents(); len(all) > 0 {
		return append(all, f.schemaEvents(c)...)
	}
	sources, only := c.literals("source")
	if only && every(sources, func(source string) bool { return len(f.schemasOf(source)) > 0 }) {
		if all := f.schemaEvents(c); len(all) > 0 {
			return all
		}
	}
	return append(f.schemaEvents(c), unknownEvent())
}

// mayMatch reports whether a value of that shape can have the fields that a member names.
func mayMatch(m *pattern.Member, at *shape.Shape) bool {
	for key := range strings.SplitSeq(m.Key, ".") {
		next, sure := at.Find(key)
		if sure == shape.Lacks {
			return m.Field != nil && slices.ContainsFunc(m.Field.Alternatives, func(a pattern.Alternative) bool { return a.TakesAbsence() })
		}
		at = next
	}
	return m.Object == nil || every(m.Object.Members, func(inner *pattern.Member) bool { return mayMatch(inner, at) })
}

// schemaEvents returns the events of the user's schemas that a conjunct can be for.
func (f *Facts) schemaEvents(c conjunct) []sent {
	var all []sent
	for _, o := range f.schemaOrigins(c) {
		if detail := o.at.Lookup("detail"); detail != nil {
			all = append(all, sent{&sender{name: o.name, has: o.name + " has", doubtful: o.name + " has"}, wholeEvent(detail), "", nil})
		}
	}
	return all
}

// awsEvents returns the events of the catalog that a conjunct can be for.
func (c conjunct) awsEvents() []sent {
	var all []sent
	for _, e := range c.catalogEvents() {
		name, detail := strconv.Quote(e.DetailType), shape.OfCatalog(e.Detail)
		detail.Sure = true // it is an object in every event
		all = append(all, sent{&sender{
			name: "the AWS event",
			has:  "the AWS event " + name + " sends", doubtful: "AWS's schema of the event " + name + " has",
			printed:  "jobgen events -go " + e.Source + " " + name,
			oneOfAll: c.field("detail-type") == nil,
		}, wholeEvent(detail), "", nil})
	}
	return all
}

// goType returns the Go type that `jobgen events -go` writes for a value, and whether that
// is the name of a type rather than a struct.
func goType(s *shape.Shape) (string, bool) {
	switch {
	case s.Kind == shape.String:
		return "string", true
	case s.Kind == shape.Boolean:
		return "bool", true
	case s.Kind == shape.Number && s.Whole:
		return "int64", true
	case s.Kind == shape.Number:
		return "float64", true
	case s.Kind == shape.Array && s.Elem != nil:
		elem, named := goType(s.Elem)
		return "[]" + elem, named
	case s.Kind == shape.Object && s.Elem != nil:
		elem, named := goType(s.Elem)
		return "map[string]" + elem, named
	case s.Kind == shape.Object && len(s.Fields) > 0:
		return "struct", false
	}
	return "json.RawMessage", true
}
