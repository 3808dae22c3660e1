package parse

import (
	"cmp"
	"encoding/json"
	"go/types"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/attach"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/gotypes"
	"github.com/jobgen/jobgen/internal/lint"
	"github.com/jobgen/jobgen/internal/load"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/shape"
)

// eventType returns the type of a job's event parameter, nil if it has none.
func eventType(pkg *load.Package, h *attach.Declaration) types.Type {
	fn, ok := pkg.TypesInfo.Defs[h.Func.Name].(*types.Func)
	if !ok {
		return nil
	}
	params := fn.Signature().Params()
	if params.Len() == 0 {
		return nil
	}
	t := params.At(params.Len() - 1).Type()
	if gotypes.IsNamed(t, "context", "Context") || gotypes.IsInvalid(t) {
		return nil
	}
	return t
}

// sentType returns the type that decodes a part of the event, and the path of
// that part. The type is nil where none does: no event is taken, it is taken
// raw, or the target is sent something that is no part of the event.
func sentType(r *rule, event types.Type) (types.Type, []string) {
	if event == nil {
		return nil, nil
	}
	in := r.out.Input
	switch kind := gotypes.EventKind(event); {
	case in != nil && in.Path == "":
		return nil, nil
	case kind == model.TypedEvent:
		if in != nil && in.Path != "$" {
			return nil, nil
		}
		return gotypes.DetailType(event), []string{"detail"}
	case kind != model.StructEvent:
		return nil, nil
	case in == nil || in.Path == "$":
		return event, nil
	}
	path, ok := strings.CutPrefix(in.Path, "$.")
	if !ok || strings.ContainsAny(path, "[*") {
		return nil, nil
	}
	return event, strings.Split(path, ".")
}

// isRecord reports whether a handler takes CloudTrail's record.
func isRecord(event types.Type) bool {
	return event != nil && gotypes.EventKind(event) == model.TypedEvent && gotypes.IsNamed(gotypes.DetailType(event), model.RuntimePath, "CloudTrail")
}

// handlerShape returns what the handler's type says of the whole event, and the type's
// name; nil where it says nothing.
func (p *packageParser) handlerShape(r *rule, event types.Type) (*shape.Shape, string) {
	t, prefix := sentType(r, event)
	if t == nil {
		return nil, ""
	}
	s := p.shapes.Of(t)
	name := s.Type
	if len(prefix) == 0 {
		// An envelope of the user's own may leave the detail out.
		if s.Lookup("detail") == nil {
			return nil, ""
		}
		return s, name
	}
	for i := len(prefix) - 1; i >= 0; i-- {
		// The type says nothing of what is beside the part that is sent.
		s = &shape.Shape{Kind: shape.Object, Open: i > 0, Fields: []shape.Field{{Name: prefix[i], Shape: s}}}
	}
	return s, name
}

// checkSent holds a constant or a template against the handler's type: a field
// that the type doesn't have is never seen by the handler, and a constant of
// another kind can't be decoded.
func (p *packageParser) checkSent(h *attach.Declaration, r *rule, event types.Type) {
	if event == nil || r.out.Input == nil || gotypes.EventKind(event) != model.StructEvent {
		return
	}
	sent := sentValue(r.out.Input)
	if sent == nil {
		return
	}
	if taken, ok := p.structTaken(event); ok {
		c := &emptyCheck{p: p, h: h, r: r}
		if d, found := c.noneFits(taken, sent); found {
			p.diags.Add(d)
			return
		}
	}
	s := p.shapes.Of(event)
	p.sentInto(r, sent, s, s.Type, "")
}

// sentInto holds a value that is sent against the shape that takes it; typ is
// the handler's type, path where the value stands in what is sent.
func (p *packageParser) sentInto(r *rule, v *model.Value, s *shape.Shape, typ, path string) {
	if kind := sentKind(v); kind != 0 && !s.Kind.Has(kind) {
		p.diags.Report(diag.KindMismatch, r.inputPos, "the Go type %s has %s for %s, and can't decode %s", typ, s.Kind, cmp.Or(path, "what the rule sends"), kind)
		return
	}
	if v.Kind == model.Number && s.Numbers != nil && !s.Numbers.Reads(v.Number) {
		p.diags.Report(diag.KindMismatch, r.inputPos, "the Go type %s has %s (%s) for %s, and can't decode %s", typ, s.Numbers.Type, s.Numbers, cmp.Or(path, "what the rule sends"), v.Number)
	}
	for _, item := range v.List {
		p.sentInto(r, item, s.Item(), typ, path)
	}
	for _, f := range v.Fields {
		at := strings.TrimPrefix(path+"."+f.Key, ".")
		next := s.Lookup(f.Key)
		if next == nil {
			next = s.LookupFold(f.Key)
		}
		if next == nil {
			d := diag.New(diag.InputMismatch, r.inputPos, "the Go type %s has no field for %q, which the rule sends", typ, at)
			p.diags.Add(d.Suggest(lint.NearestName(f.Key, s.Names())))
			continue
		}
		p.sentInto(r, f.Value, next, typ, at)
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
		return nil // a list or text, or no JSON, which is told elsewhere
	}
	v := &model.Value{Kind: model.Object}
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		v.Fields = append(v.Fields, model.ValueField{Key: key, Value: &model.Value{}})
	}
	return v
}
