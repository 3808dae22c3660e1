package parse

import (
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/lint"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/target"
)

// propertyReader reads the properties of directives.
type propertyReader struct {
	report     diag.Reporter
	references references
	// known has values of parameters, which take the place of references to them. It is nil
	// if a package is read as it is.
	known map[string]string
}

// properties reads a directive's properties.
func (r propertyReader) properties(c gosource.Line) directive.Values {
	n := arguments(c, directive.WantMap, r.report)
	if n == nil {
		return nil
	}
	values, _ := r.decode(c, n)
	return values
}

// decode reads the properties in a directive's arguments, and reports whether all are
// right.
func (r propertyReader) decode(c gosource.Line, n *directive.Node) (directive.Values, bool) {
	values, problems := directive.Decode(n, c.Spec.Props, r.known, c.Spec.Refused...)
	reportProblems(c, problems, r.report)
	r.references.properties(c, values)
	return values, len(problems) == 0
}

// first records that a property is set, or reports that it was set before.
func (r propertyReader) first(settings map[string]lint.Setting, c gosource.Line, name string, offset int, value string) bool {
	if before, ok := settings[name]; ok {
		r.report.Add(diag.New(diag.PropTwice, c.At(offset), "%s is set twice; keep one of the two", name).
			Relate(before.Pos, "it is set here first"))
		return false
	}
	settings[name] = lint.Setting{Pos: c.At(offset), Value: value}
	return true
}

// itemPlaces returns the places of a list's items, or of a single value.
func itemPlaces(c gosource.Line, n *directive.Node) []model.Pos {
	if n.Kind != directive.List {
		return []model.Pos{c.At(n.Offset)}
	}
	var all []model.Pos
	for _, item := range n.Items {
		all = append(all, c.At(item.Offset))
	}
	return all
}

// addPlaces adds the places of properties to others. Of a property that several lines set,
// which is a mapping, it keeps the last place, and of an entry the first one.
func addPlaces(to lint.Properties, prefix string, c gosource.Line, values directive.Values) {
	for _, v := range values {
		name := prefix + v.Prop.Name
		to[name] = lint.Property{Key: c.At(v.KeyOffset), Value: c.At(v.Node.Offset)}
		addPlaces(to, name+".", c, v.Object)
		for _, e := range v.When {
			to[name+"."+e.Param] = lint.Property{Key: c.At(e.KeyOffset), Value: c.At(e.ValueOffset)}
			for i, at := range e.ValueOffsets {
				to[name+"."+e.Param+"."+e.Values[i]] = lint.Property{Key: c.At(at), Value: c.At(at)}
			}
		}
		for _, e := range v.Named {
			if _, ok := to[name+"."+e.Name]; ok {
				continue // another line has it, which is reported
			}
			to[name+"."+e.Name] = lint.Property{Key: c.At(e.KeyOffset), Value: c.At(e.ValueOffset)}
			addPlaces(to, name+"."+e.Name+".", c, e.Values)
		}
		for _, e := range v.Map {
			entry := name + "." + e.Key
			if _, ok := to[entry]; !ok {
				to[entry] = lint.Property{Key: c.At(e.KeyOffset), Value: c.At(e.ValueOffset)}
			}
		}
	}
}

// queue reads a destination: the word create, or an ARN.
func queue(t model.Text) (create bool, arn model.Text) {
	if s, ok := t.Plain(); ok && s == "create" {
		return true, nil
	}
	return false, t
}

// queueOf returns the queue between a rule and its function. The property may be missing.
func queueOf(v *directive.Value) *model.Queue {
	if v == nil {
		return nil
	}
	q := &model.Queue{Group: v.Object.Get("group").String()}
	if arn := v.Object.Get("arn"); arn != nil {
		q.ARN = arn.Text
	}
	for name, number := range map[string]*int{"batch": &q.Batch, "concurrency": &q.Concurrency, "receives": &q.Receives} {
		if p := v.Object.Get(name).IntPtr(); p != nil {
			*number = *p
		}
	}
	if p := v.Object.Get("window").DurationPtr(); p != nil {
		q.Window = *p
	}
	return q
}

// whenOf returns a condition, which may be missing.
func whenOf(v *directive.Value) model.When {
	if v == nil {
		return nil
	}
	var when model.When
	for _, t := range v.When {
		when = append(when, t.Term)
	}
	return when
}

// tagsOf returns the tags of a property, which may be missing.
func tagsOf(v *directive.Value) []model.Tag {
	if v == nil {
		return nil
	}
	var tags []model.Tag
	for _, e := range v.Map {
		value, _ := e.Value.Plain()
		tags = append(tags, model.Tag{Key: e.Key, Value: value})
	}
	return tags
}

// readInput reads what the target is sent instead of the event: one of three
// properties (API_Target).
func readInput(r *rule, c gosource.Line, values directive.Values, report diag.Reporter) {
	var first *directive.Value
	for _, name := range []string{"input", "input_path", "input_transformer"} {
		v := values.Get(name)
		if v == nil {
			continue
		}
		if first != nil {
			report.Add(diag.New(diag.PropConflict, c.At(max(first.KeyOffset, v.KeyOffset)),
				"%s and %s can't be used together: a target is sent one input; keep one", first.Prop.Name, v.Prop.Name).
				Relate(c.At(min(first.KeyOffset, v.KeyOffset)), "the other is here"))
			return
		}
		first = v
	}
	if first == nil {
		return
	}
	r.Input = inputOf(first)
	r.InputAt = func(field target.Field, index, offset int) model.Pos {
		return c.At(inputOffset(c, first, target.Problem{Field: field, Index: index, Offset: offset}))
	}
}

func inputOf(v *directive.Value) *model.Input {
	switch v.Prop.Name {
	case "input":
		return &model.Input{JSON: v.JSON}
	case "input_path":
		return &model.Input{Path: v.String()}
	}
	t := &model.Transformer{Template: v.Object.Get("template").String()}
	if paths := v.Object.Get("paths"); paths != nil {
		for _, e := range paths.Map {
			path, _ := e.Value.Plain()
			t.Paths = append(t.Paths, model.PathVar{Name: e.Key, Path: path})
		}
	}
	return &model.Input{Transformer: t}
}

// inputOffset returns the offset in the arguments of a finding in an input.
func inputOffset(c gosource.Line, v *directive.Value, problem target.Problem) int {
	switch problem.Field {
	case target.InPathName, target.InPathPath:
		if paths := v.Object.Get("paths"); paths != nil && problem.Index < len(paths.Node.Pairs) {
			pair := paths.Node.Pairs[problem.Index]
			if problem.Field == target.InPathName {
				return pair.Key.Offset
			}
			return inside(c, pair.Value, problem.Offset)
		}
	case target.InTemplate:
		if template := v.Object.Get("template"); template != nil {
			return inside(c, template.Node, problem.Offset)
		}
	case target.InPath:
		return inside(c, v.Node, problem.Offset)
	}
	return v.Node.Offset
}

// inside finds an offset in a text's content among the arguments. Where the
// text is written with escapes, that is the text's own place.
func inside(c gosource.Line, n *directive.Node, offset int) int {
	start := n.Offset
	if n.Quoted {
		start++
	}
	if start < len(c.Args) && strings.HasPrefix(c.Args[start:], n.Text) && offset > 0 {
		return start + offset
	}
	return n.Offset
}
