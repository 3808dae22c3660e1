package parse

import (
	"go/types"
	"reflect"
	"strings"

	"github.com/jobgen/jobgen/internal/attach"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/gotypes"
	"github.com/jobgen/jobgen/internal/lint"
	"github.com/jobgen/jobgen/internal/load"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/shape"
)

// eventType returns the type of a job's event parameter, nil if it has none.
func eventType(pkg *load.Package, d *attach.Declaration) types.Type {
	sig := typeOf(pkg, d)
	if sig == nil || sig.Params().Len() == 0 {
		return nil
	}
	t := sig.Params().At(sig.Params().Len() - 1).Type()
	if gotypes.IsNamed(t, "context", "Context") || gotypes.IsInvalid(t) {
		return nil
	}
	return t
}

// decodedPart returns the type that decodes a part of the event, and the path of
// that part. The type is nil where none does: no event is taken, it is taken
// raw, or the target is sent something that is no part of the event.
func decodedPart(r *rule, event types.Type) (types.Type, []string) {
	if event == nil {
		return nil, nil
	}
	in := r.Input
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
func handlerShape(shapes *gotypes.Shapes, r *rule, event types.Type) (*shape.Shape, string) {
	t, prefix := decodedPart(r, event)
	if t == nil {
		return nil, ""
	}
	s := shapes.Of(t)
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

// readEvent returns what the checks read of a method's event parameter, nil if it has none.
func readEvent(pkg *load.Package, shapes *gotypes.Shapes, event types.Type) *lint.Event {
	if event == nil {
		return nil
	}
	e := &lint.Event{Kind: gotypes.EventKind(event)}
	switch e.Kind {
	case model.TypedEvent:
		detail := gotypes.DetailType(event)
		e.Struct, e.Shape = readStruct(pkg, shapes, detail), shapes.Of(detail)
	case model.StructEvent:
		e.Struct, e.Shape = readStruct(pkg, shapes, event), shapes.Of(event)
	}
	return e
}

// readStruct returns the struct that decodes an event; see lint.Event.
func readStruct(pkg *load.Package, shapes *gotypes.Shapes, t types.Type) *lint.Struct {
	t = gotypes.Pointee(t)
	fields, ok := t.Underlying().(*types.Struct)
	s := shapes.Of(t)
	if !ok || s.Open || s.Elem != nil || isEmptyStruct(fields) {
		return nil
	}
	out := &lint.Struct{Fields: s.Names()}
	named, ok := t.(*types.Named)
	if !ok {
		return out
	}
	out.Name = types.TypeString(t, func(p *types.Package) string {
		if p == pkg.Types {
			return ""
		}
		return p.Name()
	})
	// Export data has no columns: only the package's own types have a full place.
	switch in := named.Obj().Pkg(); {
	case in == pkg.Types:
		out.Decl = gosource.Pos(pkg.Fset, named.Obj().Pos())
	case in != nil && in.Path() == lambdaEvents:
		out.InLambda = named.Obj().Name()
	}
	return out
}

// lambdaEvents is the package of aws-lambda-go's event types.
const lambdaEvents = "github.com/aws/aws-lambda-go/events"

// isEmptyStruct reports whether a struct is made to take nothing: it has no
// fields but blank ones, those with the tag json:"-", and structs like it.
func isEmptyStruct(t *types.Struct) bool {
	for i := range t.NumFields() {
		f := t.Field(i)
		inner, ok := f.Type().Underlying().(*types.Struct)
		omitted := f.Name() == "_" || reflect.StructTag(t.Tag(i)).Get("json") == "-"
		if !omitted && (!ok || !isEmptyStruct(inner)) {
			return false
		}
	}
	return true
}

// formatOptions returns the fields of a job's types whose json tags have the option
// format.
func formatOptions(pkg *load.Package, tags *gotypes.FieldReader, d *attach.Declaration) []lint.FormatOption {
	sig := typeOf(pkg, d)
	if sig == nil {
		return nil
	}
	var all []lint.FormatOption
	add := func(t types.Type, verb string, itself func(types.Type) bool) {
		for _, f := range tags.FormatOptions(t, itself) {
			all = append(all, lint.FormatOption{Field: f.Field.Name(), Pos: f.Pos, Verb: verb})
		}
	}
	for v := range sig.Params().Variables() {
		if gotypes.EventKind(v.Type()) != model.LambdaEvent {
			add(gotypes.DetailType(v.Type()), "decode", gotypes.DecodesItself)
		}
	}
	for v := range sig.Results().Variables() {
		add(v.Type(), "encode", gotypes.EncodesItself)
	}
	return all
}
