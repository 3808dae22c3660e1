package lint

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/shape"
	"github.com/jobgen/jobgen/internal/spell"
)

// checkHandlerFields compares the fields of the handlers' types with the events that the
// rules send. A value of another kind can't be decoded. A field whose name is misspelled
// stays empty; since handlers share types, it is one that no rule of the run fills.
func checkHandlerFields(run *Run, f *Facts, report diag.Reporter) {
	c := &handlerFields{filled: map[model.Pos]bool{}, found: map[model.Pos]diag.Diagnostic{}}
	for _, j := range run.jobs() {
		if j.Event != nil && j.Event.Shape != nil {
			c.handler(j, f)
		}
	}
	for _, at := range c.order {
		if d := c.found[at]; d.Code != diag.HandlerField || !c.filled[at] {
			report.Add(d)
		}
	}
}

// handlerFields is the state of checkHandlerFields. Fields are known by their positions.
type handlerFields struct {
	filled map[model.Pos]bool // fields that a rule fills, or may fill
	found  map[model.Pos]diag.Diagnostic
	order  []model.Pos // the keys of found
}

// handler checks the type of a handler.
func (c *handlerFields) handler(j *Job, f *Facts) {
	w := &handlerWalk{handlerFields: c, j: j, unknown: map[*shape.Shape]bool{}}
	var all []sent
	for _, r := range j.Rules {
		if isForDetail(j, r, f) {
			continue
		}
		for _, s := range r.sends(f) {
			if j.Event.Kind == model.TypedEvent {
				// An input may send something else, which checkHandlerInput reports.
				s = s.in("detail", cmp.Or(s.at.Lookup("detail"), shape.Unknown))
			}
			all = append(all, s)
		}
	}
	w.value(nil, j.Event.Shape, all, 0)
}

// isForDetail reports whether a rule sends the whole event to a struct that is meant for the
// detail or for something else, which checkEmpty reports.
func isForDetail(j *Job, r *Rule, f *Facts) bool {
	if j.Event.Kind != model.StructEvent || j.Event.Struct == nil || r.Input != nil && r.Input.Path != "$" {
		return false
	}
	inDetail, _ := r.detail(f)
	nested, unknown := misplaced(j.Event.Struct.Fields, inDetail)
	return len(nested)+len(unknown) > 0
}

// handlerWalk walks through the type of one handler.
type handlerWalk struct {
	*handlerFields
	j       *Job
	unknown map[*shape.Shape]bool // the types that were visited with unknown values alone
}

// maxFields bounds the depth of a walk: types and schemas can be recursive.
const maxFields = 32

// value compares a Go type with the values that it decodes. Field is the innermost field
// that has the type, nil outside of fields.
func (w *handlerWalk) value(field *shape.GoField, g *shape.Shape, all []sent, depth int) {
	if depth > maxFields || g.Kind == shape.Any {
		return
	}
	if !slices.ContainsFunc(all, sent.isKnown) {
		if w.unknown[g] {
			return
		}
		w.unknown[g] = true
	}
	if depth > 0 { // checkEmpty and checkInputType compare the parameter itself
		w.kinds(field, g, all)
	}
	switch {
	case g.Kind == shape.Array:
		w.value(field, g.Item(), concat(all, sent.items), depth+1)
	case g.Kind == shape.Object && g.Elem != nil && len(g.Fields) == 0:
		w.value(field, g.Elem, concat(all, sent.members), depth+1)
	case g.Kind == shape.Object:
		w.fields(g, all, depth)
	}
}

// items returns the elements of a list.
func (s sent) items() []sent {
	if s.at.Kind&shape.Array == 0 {
		return nil
	}
	at := s.at
	if at.Kind == shape.Array { // a list or an object has the fields of both
		at = at.Item()
	}
	return []sent{{s.sender, at, s.path + "[]", s.whole}}
}

// members returns the values of all fields of an object.
func (s sent) members() []sent {
	if s.at.Kind&shape.Object == 0 {
		return nil
	}
	var all []sent
	for _, f := range s.at.Fields {
		all = append(all, s.in(f.Name, f.Shape))
	}
	if s.at.Elem != nil {
		all = append(all, s.in("*", s.at.Elem))
	}
	return all
}

// fields compares the fields of a struct with the objects that it decodes.
func (w *handlerWalk) fields(g *shape.Shape, all []sent, depth int) {
	objects := slices.DeleteFunc(slices.Clone(all), func(s sent) bool { return s.at.Kind&shape.Object == 0 })
	for i := range g.Fields {
		f := &g.Fields[i]
		var values []sent
		for _, s := range objects {
			if at := s.at.Decoded(f); at != nil {
				value := s.in(f.Name, at)
				value.whole = at
				values = append(values, value)
			}
		}
		switch {
		case len(values) > 0:
			w.filled[f.Go.At] = true
			w.value(f.Go, f.Shape, values, depth+1)
		default:
			w.misspelled(g, f, objects)
		}
	}
}

// misspelled notes a field that none of the objects has, and whose name is one slip from
// that of a field that they have and that no other field of the struct decodes.
func (w *handlerWalk) misspelled(g *shape.Shape, f *shape.Field, objects []sent) {
	var names []string
	for _, s := range objects {
		if s.path == "" {
			continue // checkEmpty compares the names at an event's top
		}
		for _, name := range s.at.Names() {
			if !slices.ContainsFunc(g.Fields, func(other shape.Field) bool { return other.Takes(name) }) {
				names = append(names, name)
			}
		}
	}
	near, ok := spell.Find(f.Name, slices.Values(sorted(names)))
	if !ok || near.Distance > 1 || strings.EqualFold(near.Word, f.Name) || withoutDigits(near.Word) == withoutDigits(f.Name) {
		return
	}
	s := objects[slices.IndexFunc(objects, func(s sent) bool { return slices.Contains(s.at.Names(), near.Word) })]
	d := diag.New(diag.HandlerField, model.Pos{}, "no event that %s handles has %s, so the field %s stays empty; give it the tag `json:%s`",
		w.j.Name, s.in(f.Name, nil).path, f.Go.Name, strconv.Quote(near.Word))
	_, tag := f.Go.Places()
	w.note(f.Go, tag, d.Suggest("", near.Word))
}

// kinds notes values of a kind that the Go type doesn't hold.
func (w *handlerWalk) kinds(field *shape.GoField, g *shape.Shape, all []sent) {
	fits := slices.ContainsFunc(all, func(s sent) bool { return s.at.Kind != shape.Any && s.at.Kind.Has(g.Kind) })
	for _, s := range all {
		switch {
		case s.at.Kind == shape.Any:
		case !s.at.Kind.Has(g.Kind):
			w.misfit(field, s, s.at.Kind.String(), s.at.Sure && !(s.oneOfAll && fits))
		case g.Numbers != nil && g.Kind == shape.Number && s.at.Fractions && !g.Numbers.Reads("0.5"):
			w.misfit(field, s, "numbers with fractions", false)
		}
	}
}

// misfit notes a value that the field can't hold.
func (w *handlerWalk) misfit(field *shape.GoField, s sent, what string, sure bool) {
	holder := "the type that " + w.j.Name + " takes"
	at := w.j.Pos
	if field != nil {
		holder = "the field " + field.Name + " of type " + field.Type
		at, _ = field.Places()
	}
	has := s.has
	if !sure && !s.at.Sure {
		has = s.doubtful
	}
	d := diag.New(diag.HandlerKind, at, "%s %s for %s, which %s can't hold%s", has, what, s.path, holder, s.remedy())
	if !sure {
		d.Severity = diag.Warning
	}
	w.note(field, at, d)
}

// remedy says which type holds the value.
func (s sent) remedy() string {
	if s.whole == nil {
		return ""
	}
	t, named := goType(s.whole)
	inDetail := s.printed != "" && strings.HasPrefix(s.path, "detail.")
	switch {
	case inDetail && named:
		return "; make it " + t + ", as `" + s.printed + "` does"
	case inDetail:
		return "; take the type that `" + s.printed + "` prints"
	case named:
		return "; make it " + t
	case s.whole.Kind == shape.Array:
		return "; make it a slice of structs with the fields of the objects"
	}
	return "; make it a struct with the fields of the object"
}

// note keeps the first finding about a field, an error before a warning. The user can't
// change the types of other modules: a finding about one is a warning at the handler.
func (w *handlerWalk) note(field *shape.GoField, at model.Pos, d diag.Diagnostic) {
	key := w.j.Pos
	if field != nil {
		key = field.At
	}
	switch {
	case field != nil && field.Foreign:
		d.Pos, d.Severity, d.Message = w.j.Pos, diag.Warning, w.j.Name+" takes a type of another module: "+d.Message
	case field != nil:
		d.Pos, d.Handler = at, w.j.Pos
		d = d.Relate(w.j.Pos, "%s handles the event", w.j.Name)
	}
	before, ok := w.found[key]
	if !ok {
		w.order = append(w.order, key)
	}
	if !ok || before.Severity == diag.Warning && d.Severity == diag.Error {
		w.found[key] = d
	}
}
