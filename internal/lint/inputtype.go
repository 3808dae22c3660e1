package lint

import (
	"cmp"
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/shape"
)

// checkInputType compares a constant or a template with the handler's type. The handler never
// sees a field that the type doesn't have, and can't decode a constant of another kind.
func checkInputType(j *Job, _ *Facts, report diag.Reporter) {
	if j.Event == nil || j.Event.Kind != model.StructEvent {
		return
	}
	for _, r := range j.Rules {
		if r.Input == nil {
			continue
		}
		input := inputValue(r.Input)
		if input == nil {
			continue
		}
		if s := j.Event.Struct; s != nil && noneFits(s, input) {
			report.Add(noneFilled(j, r, s, input))
			continue
		}
		c := inputCheck{at: r.inputKey(), goType: j.Event.Shape.Type, report: report}
		c.value(input, j.Event.Shape, "")
	}
}

// noneFits reports whether a struct has none of the fields of a constant or template. An
// empty object leaves all fields empty on purpose.
func noneFits(s *Struct, input *model.Value) bool {
	names := input.Keys()
	return len(names) > 0 && len(s.Fields) > 0 && !slices.ContainsFunc(names, func(name string) bool { return containsFold(s.Fields, name) })
}

// noneFilled returns a finding about a struct that has none of the fields that its rule sends.
func noneFilled(j *Job, r *Rule, s *Struct, input *model.Value) diag.Diagnostic {
	names := input.Keys()
	return emptied(j, diag.HandlerEmpty, s, ", which has none of the fields that its rule sends (%s), so it stays empty; it has %s",
		strings.Join(names, ", "), conjoin(s.Fields, "and")).
		Relate(r.inputKey(), "the rule's input is set here").Suggest(nearestName(names[0], s.Fields))
}

// inputCheck compares the input of a rule with the handler's type.
type inputCheck struct {
	at     model.Pos
	goType string
	report diag.Reporter
}

// value compares a value at a path in the input with the shape that decodes it.
func (c *inputCheck) value(v *model.Value, s *shape.Shape, path string) {
	if kind := jsonKinds[v.Kind]; kind != 0 && !s.Kind.Has(kind) {
		c.report.Report(diag.KindMismatch, c.at, "the Go type %s has %s for %s, and can't decode %s", c.goType, s.Kind, cmp.Or(path, "what the rule sends"), kind)
		return
	}
	if v.Kind == model.Number && s.Numbers != nil && !s.Numbers.Reads(v.Number) {
		c.report.Report(diag.KindMismatch, c.at, "the Go type %s has %s (%s) for %s, and can't decode %s", c.goType, s.Numbers.Type, s.Numbers, cmp.Or(path, "what the rule sends"), v.Number)
	}
	for _, item := range v.List {
		c.value(item, s.Item(), path)
	}
	for _, f := range v.Fields {
		at := strings.TrimPrefix(path+"."+f.Key, ".")
		next := s.Lookup(f.Key)
		if next == nil {
			next = s.LookupFold(f.Key)
		}
		if next == nil {
			c.report.Add(diag.New(diag.InputMismatch, c.at, "the Go type %s has no field for %q, which the rule sends", c.goType, at).
				Suggest(nearestName(f.Key, s.Names())))
			continue
		}
		c.value(f.Value, next, at)
	}
}

// jsonKinds are the kinds of the values of an input. Null is not among them, since any type
// decodes it.
var jsonKinds = map[model.ValueKind]shape.Kind{
	model.Bool: shape.Boolean, model.Number: shape.Number, model.String: shape.String,
	model.List: shape.Array, model.Object: shape.Object,
}

// placeholder is a variable in a transformer's template.
var placeholder = regexp.MustCompile(`<[^<>]*>`)

// inputValue returns the JSON that a rule sends, as far as it is known: a constant, or the
// keys of a template. It is nil if nothing is known.
func inputValue(in *model.Input) *model.Value {
	if in.Transformer == nil {
		return in.JSON
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal([]byte(placeholder.ReplaceAllString(in.Transformer.Template, "0")), &fields) != nil {
		return nil // a list, a text, or invalid JSON, which checkInput reports
	}
	v := &model.Value{Kind: model.Object}
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		v.Fields = append(v.Fields, model.ValueField{Key: key, Value: &model.Value{}})
	}
	return v
}

// checkHandlerInput reports a handler that decodes an event's envelope if the target's input
// is no event.
func checkHandlerInput(j *Job, _ *Facts, report diag.Reporter) {
	kind := j.Signature.Kind
	if kind != model.TypedEvent && kind != model.LambdaEvent {
		return
	}
	for _, r := range j.Rules {
		if r.Input == nil || r.Input.Path == "$" || r.Input.Transformer != nil && mayMakeEvent(r.Input) {
			continue
		}
		report.Add(diag.New(diag.HandlerInput, j.Pos, "%s takes the event's envelope, and its rule sends something else; take a struct of what is sent, or json.RawMessage", j.Name).
			Relate(r.inputKey(), "the rule's input is set here"))
	}
}

// mayMakeEvent reports whether a template may make an event: an object with a detail, without
// which no event is decoded.
func mayMakeEvent(in *model.Input) bool {
	v := inputValue(in)
	return v == nil || containsFold(v.Keys(), "detail")
}
