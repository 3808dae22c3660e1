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

// checkSent compares a constant or a template with the handler's type: a field
// that the type doesn't have is never seen by the handler, and a constant of
// another kind can't be decoded.
func checkSent(j *Job, _ *Facts, report diag.Reporter) {
	if j.Event == nil || j.Event.Kind != model.StructEvent {
		return
	}
	for _, r := range j.Rules {
		if r.Input == nil {
			continue
		}
		sent := sentValue(r.Input)
		if sent == nil {
			continue
		}
		if s := j.Event.Struct; s != nil && noneFits(s, sent) {
			report.Add(noneFilled(j, r, s, sent))
			continue
		}
		sentInto(r, sent, j.Event.Shape, j.Event.Shape.Type, "", report)
	}
}

// noneFits reports whether a struct has none of the fields that a constant or a
// template has. An empty object leaves all fields empty on purpose.
func noneFits(s *Struct, sent *model.Value) bool {
	names := sent.Keys()
	return len(names) > 0 && len(s.Fields) > 0 && !slices.ContainsFunc(names, func(name string) bool { return containsFold(s.Fields, name) })
}

// noneFilled makes a finding about a struct that has none of the fields that its rule sends.
func noneFilled(j *Job, r *Rule, s *Struct, sent *model.Value) diag.Diagnostic {
	names := sent.Keys()
	return emptied(j, diag.HandlerEmpty, s, ", which has none of the fields that its rule sends (%s), so it stays empty; it has %s",
		strings.Join(names, ", "), enumerate(s.Fields)).
		Relate(r.inputKey(), "the rule's input is set here").Suggest(nearestName(names[0], s.Fields))
}

// sentInto holds a value that is sent against the shape that takes it; typ is
// the handler's type, path where the value is in what is sent.
func sentInto(r *Rule, v *model.Value, s *shape.Shape, typ, path string, report diag.Reporter) {
	if kind := sentKind(v); kind != 0 && !s.Kind.Has(kind) {
		report.Report(diag.KindMismatch, r.inputKey(), "the Go type %s has %s for %s, and can't decode %s", typ, s.Kind, cmp.Or(path, "what the rule sends"), kind)
		return
	}
	if v.Kind == model.Number && s.Numbers != nil && !s.Numbers.Reads(v.Number) {
		report.Report(diag.KindMismatch, r.inputKey(), "the Go type %s has %s (%s) for %s, and can't decode %s", typ, s.Numbers.Type, s.Numbers, cmp.Or(path, "what the rule sends"), v.Number)
	}
	for _, item := range v.List {
		sentInto(r, item, s.Item(), typ, path, report)
	}
	for _, f := range v.Fields {
		at := strings.TrimPrefix(path+"."+f.Key, ".")
		next := s.Lookup(f.Key)
		if next == nil {
			next = s.LookupFold(f.Key)
		}
		if next == nil {
			d := diag.New(diag.InputMismatch, r.inputKey(), "the Go type %s has no field for %q, which the rule sends", typ, at)
			report.Add(d.Suggest(nearestName(f.Key, s.Names())))
			continue
		}
		sentInto(r, f.Value, next, typ, at, report)
	}
}

// sentKind is the kind of a value that is sent; 0 for null, which any type
// takes, and for what isn't known.
func sentKind(v *model.Value) shape.Kind {
	switch v.Kind {
	case model.Bool:
		return shape.Boolean
	case model.Number:
		return shape.Number
	case model.String:
		return shape.String
	case model.List:
		return shape.Array
	case model.Object:
		return shape.Object
	}
	return 0
}

// placeholder is a variable in a transformer's template.
var placeholder = regexp.MustCompile(`<[^<>]*>`)

// sentValue is the JSON that a rule sends, as far as it is known: a constant,
// or a template with nothing in its places.
func sentValue(in *model.Input) *model.Value {
	if in.Transformer == nil {
		return in.JSON
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal([]byte(placeholder.ReplaceAllString(in.Transformer.Template, "0")), &fields) != nil {
		return nil // a list or text, or no JSON, which checkInput reports
	}
	v := &model.Value{Kind: model.Object}
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		v.Fields = append(v.Fields, model.ValueField{Key: key, Value: &model.Value{}})
	}
	return v
}

// checkHandlerInput reports a handler that decodes the envelope of the event where the target
// is sent something else.
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

// mayMakeEvent reports whether a template may make an event: an object with a
// detail, without which no event is decoded.
func mayMakeEvent(in *model.Input) bool {
	made := sentValue(in)
	return made == nil || containsFold(made.Keys(), "detail")
}
