package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/shape"
	"github.com/jobgen/jobgen/internal/target"
)

// checkInputPaths checks the paths of an input against the descriptions of the rule's events:
// at a path that the events don't have, EventBridge finds no value.
func checkInputPaths(r *Rule, f *Facts, report diag.Reporter) {
	input := r.OwnInput()
	if input.Path == "" && len(input.Paths) == 0 {
		return
	}
	events := r.inputEvents(f)
	checkInputPath(r, events, target.InPath, 0, input.Path, report)
	for i, path := range input.Paths {
		checkInputPath(r, events, target.InPathPath, i, path.Path, report)
	}
}

func checkInputPath(r *Rule, events []origin, field target.Field, index int, path string, report diag.Reporter) {
	steps, err := target.ParsePath(path)
	if err != nil || len(steps) == 0 || steps[0].Kind != target.MemberStep {
		return // checkInput reports an invalid path
	}
	at := func(offset int) model.Pos { return r.InputAt(field, index, offset) }
	switch first := steps[0]; {
	case !isEnvelope(first.Name):
		report.Add(diag.New(diag.InputTemplate, at(first.Offset), "path %s: no event has %q at its top: there are %s",
			path, first.Name, strings.Join(envelopeFields, ", ")).Suggest(first.Name, nearestName(first.Name, envelopeFields)))
	case r.Scheduled && first.Name == "detail" && len(steps) > 1:
		report.Report(diag.InputTemplate, at(steps[1].Offset), "path %s: the detail is empty in the event of a schedule", path)
	default:
		c := &pathCheck{fieldCheck: fieldCheck{r: r, report: report}, at: at}
		c.follow(steps, events)
	}
}

// valuesAt returns the descriptions of the value at a path of the rule's events. There are
// none if no event has a value there.
func (r *Rule) valuesAt(path string, events []origin) []origin {
	steps, err := target.ParsePath(path)
	if err != nil {
		return nil
	}
	c := &pathCheck{fieldCheck: fieldCheck{r: r, report: new(diag.List)}, at: func(int) model.Pos { return model.Pos{} }}
	return c.follow(steps, events)
}

// inputEvents returns the descriptions of the events that the rule's input is made from.
func (r *Rule) inputEvents(f *Facts) []origin {
	var all []origin
	for _, e := range r.events(f) {
		all = append(all, origin{name: e.name, aws: e.printed != "", sender: e.sender, at: e.at})
	}
	return all
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
	for _, s := range steps {
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
		unknown := slices.ContainsFunc(at, func(o origin) bool { return o.at.Kind == shape.Any || o.at.IsUnknownObject() })
		if unknown || c.r.names(strings.TrimPrefix(before, "$.")) { // checkFields reports an unknown field
			at = reach(at, s.Name).found
		} else {
			at = c.step(c.at(s.Offset), s.Name, at)
		}
	}
	if list && len(at) > 0 {
		at[0].at = &shape.Shape{Kind: shape.Array, Sure: true}
		return at[:1]
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
		d := diag.New(diag.KindDiffers, c.at(s.Offset), "%s is %s in %s, so the path finds no value%s", before, at[0].at.Kind, at[0].name, hint)
		if at[0].at.Sure {
			d.Severity = diag.Error
		}
		c.report.Add(d)
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
		all = append(all, origin{name: o.name, aws: o.aws, sender: o.sender, at: next, in: &o})
	}
	return all
}

// names reports whether the rule's pattern has a field at a dotted path.
func (r *Rule) names(path string) bool {
	return r.Pattern != nil && slices.ContainsFunc(r.conjuncts(), func(c conjunct) bool { return c.field(path) != nil })
}
