package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/shape"
	"github.com/jobgen/jobgen/internal/target"
)

// checkInputPaths checks the paths of an input against the descriptions of the rule's events:
// at a path that the events don't have, EventBridge finds no value.
func checkInputPaths(r *Rule, f *Facts, report diag.Reporter) {
	input := r.OwnInput()
	checkInputPath(r, f, target.InPath, 0, input.Path, report)
	for i, path := range input.Paths {
		checkInputPath(r, f, target.InPathPath, i, path.Path, report)
	}
}

func checkInputPath(r *Rule, f *Facts, field target.Field, index int, path string, report diag.Reporter) {
	steps, err := target.ParsePath(path)
	if err != nil || len(steps) == 0 || steps[0].Kind != target.MemberStep {
		return // checkInput reports an invalid path
	}
	at := func(offset int) model.Pos { return r.InputAt(field, index, offset) }
	switch first := steps[0]; {
	case !isEnvelope(first.Name):
		report.Add(diag.New(diag.InputTemplate, at(first.Offset), "path %s: no event has %q at its top: there are %s",
			path, first.Name, strings.Join(envelopeFields, ", ")).Suggest(nearestName(first.Name, envelopeFields)))
	case r.Scheduled && first.Name == "detail" && len(steps) > 1:
		report.Report(diag.InputTemplate, at(steps[1].Offset), "path %s: the detail is empty in the event of a schedule", path)
	default:
		c := &pathCheck{fieldCheck: fieldCheck{r: r, report: report}, at: at}
		c.follow(steps, r.inputEvents(f))
	}
}

// valuesAt returns the descriptions of the value at a path of the rule's events. There are
// none if nothing is known about the value.
func (r *Rule) valuesAt(steps []target.Step, f *Facts) []origin {
	c := &pathCheck{fieldCheck: fieldCheck{r: r, report: new(diag.List)}, at: func(int) model.Pos { return model.Pos{} }}
	return c.follow(steps, r.inputEvents(f))
}

// inputEvents returns the descriptions of the events that the rule's input is made from. If
// not all of the events are known, it returns the envelope, which all events have.
func (r *Rule) inputEvents(f *Facts) []origin {
	unknown := certainly(wholeEvent(&shape.Shape{Kind: shape.Object, Open: true}))
	if r.Pattern == nil {
		return unknown
	}
	var all []origin
	for _, c := range r.conjuncts() {
		events := c.inputEvents(f)
		if len(events) == 0 {
			return unknown
		}
		for _, o := range events {
			o.at = wholeEvent(o.at.Lookup("detail"))
			all = append(all, o)
		}
	}
	return all
}

// inputEvents returns the descriptions of all events that match a conjunct. There are none if
// not all of the events are known.
func (c conjunct) inputEvents(f *Facts) []origin {
	events := c.catalogOrigins()
	sources, _ := c.literals("source")
	if len(events) == 0 && !every(sources, func(source string) bool { return len(f.schemasOf(source)) > 0 }) {
		return nil
	}
	if len(events) > 0 && c.field("detail-type") == nil {
		// CloudTrail's events have the source of the service that was called.
		events = append(events, eventOrigins(eventsOf([]string{"aws.ec2"}, catalog.CloudTrailDetailTypes()[:1]))...)
	}
	return append(events, f.schemaOrigins(c)...)
}

// certainly returns the description of a value that has the same shape in every event.
func certainly(s *shape.Shape) []origin {
	return []origin{{name: "every event", certain: true, at: s}}
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

// pathCheck follows a path of an input.
type pathCheck struct {
	fieldCheck
	at func(offset int) model.Pos // the position of an offset in the path
}

// follow returns the descriptions of the value at a path. It reports the first step for which
// no event has a value.
func (c *pathCheck) follow(steps []target.Step, at []origin) []origin {
	before, list := "$", false
	for i, s := range steps {
		kind, text := shape.Array, fmt.Sprintf("[%d]", s.Index)
		switch s.Kind {
		case target.MemberStep:
			kind, text = shape.Object, "."+s.Name
		case target.WildcardStep:
			kind, text, list = shape.Array|shape.Object, "[*]", true
		}
		if at = c.having(kind, s, before, at); len(at) == 0 {
			return nil
		}
		before += text
		if s.Kind != target.MemberStep {
			at = within(at)
			continue
		}
		if c.r.names(strings.TrimPrefix(before, "$.")) {
			at = reach(at, s.Name).found // checkFields reports an unknown field
		} else {
			at = c.step(c.at(s.Offset), s.Name, at)
		}
		if i == 0 && s.Name != "detail" {
			at = certainly(at[0].at)
		}
	}
	if list {
		return certainly(&shape.Shape{Kind: shape.Array})
	}
	return at
}

// having returns the descriptions of values that can have the kind that a step needs. If
// there are none, it reports that.
func (c *pathCheck) having(kind shape.Kind, s target.Step, before string, at []origin) []origin {
	var found []origin
	for _, o := range at {
		if o.at.Kind.Has(kind) {
			found = append(found, o)
		}
	}
	if len(found) == 0 && len(at) > 0 {
		hint := ""
		if at[0].at.Kind == shape.Array {
			hint = fmt.Sprintf("; write %s[0] or %s[*]", before, before)
		}
		c.report.Report(at[0].kindCode(), c.at(s.Offset), "%s is %s in %s, so the path finds no value%s", before, at[0].at.Kind, at[0].name, hint)
	}
	return found
}

// within returns the descriptions of the elements of lists. Nothing is known about the values
// of an object's members together.
func within(at []origin) []origin {
	var all []origin
	for _, o := range at {
		next := shape.Unknown
		if o.at.Kind == shape.Array {
			next = o.at.Item()
		}
		all = append(all, origin{name: o.name, certain: o.certain, at: next, in: &o})
	}
	return all
}

// names reports whether the rule's pattern has a field at a dotted path.
func (r *Rule) names(path string) bool {
	return r.Pattern != nil && slices.ContainsFunc(r.conjuncts(), func(c conjunct) bool { return c.field(path) != nil })
}
