package parse

import (
	"go/constant"
	"go/types"
	"reflect"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/shape"
)

// goShapes gives Go types as shapes, by the rules of encoding/json. A type that
// holds itself has a shape that does too.
type goShapes map[types.Type]*shape.Shape

// of returns what encoding/json would decode into a value of type t.
func (g goShapes) of(t types.Type) *shape.Shape {
	t = pointee(t)
	if s, ok := g[t]; ok {
		return s
	}
	s := &shape.Shape{Type: typeString(t)}
	g[t] = s
	g.fill(s, t)
	return s
}

// pointee goes through pointers: JSON has none.
func pointee(t types.Type) types.Type {
	for range 8 { // a type can be a pointer to itself
		p, ok := types.Unalias(t).Underlying().(*types.Pointer)
		if !ok {
			break
		}
		t = p.Elem()
	}
	return types.Unalias(t)
}

func (g goShapes) fill(s *shape.Shape, t types.Type) {
	if decodesItself(t) {
		s.Kind, s.Open = shape.Any, true
		return
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		s.Kind = basicKind(u)
		s.Open = s.Kind == shape.Any
		if named, ok := t.(*types.Named); ok && s.Kind == shape.String {
			s.Values = constantsOf(named)
		}
	case *types.Slice:
		g.list(s, u.Elem())
	case *types.Array:
		g.list(s, u.Elem())
	case *types.Map:
		s.Kind, s.Elem = shape.Object, g.of(u.Elem())
	case *types.Struct:
		s.Kind = shape.Object
		g.fields(s, u)
	default:
		s.Kind, s.Open = shape.Any, true
	}
}

// list fills in a slice or array; bytes are text in JSON.
func (g goShapes) list(s *shape.Shape, elem types.Type) {
	if b, ok := elem.Underlying().(*types.Basic); ok && b.Kind() == types.Byte {
		s.Kind = shape.String
		return
	}
	s.Kind, s.Elem = shape.Array, g.of(elem)
}

func basicKind(b *types.Basic) shape.Kind {
	switch info := b.Info(); {
	case info&types.IsString != 0:
		return shape.String
	case info&types.IsNumeric != 0:
		return shape.Number
	case info&types.IsBoolean != 0:
		return shape.Boolean
	}
	return shape.Any
}

// decodesItself reports whether encoding/json leaves the decoding to the type:
// what it takes is not to be seen from here.
func decodesItself(t types.Type) bool {
	if _, ok := t.Underlying().(*types.Interface); ok {
		return true
	}
	for _, method := range []string{"UnmarshalJSON", "UnmarshalJSONFrom", "UnmarshalText"} {
		obj, _, _ := types.LookupFieldOrMethod(types.NewPointer(t), true, nil, method)
		if _, ok := obj.(*types.Func); ok {
			return true
		}
	}
	return false
}

// constantsOf returns the values of the constants that a string type's package
// declares of it: its closed set. It is nil if there are none.
func constantsOf(t *types.Named) []string {
	pkg := t.Obj().Pkg()
	if pkg == nil {
		return nil
	}
	var values []string
	for _, name := range pkg.Scope().Names() {
		c, ok := pkg.Scope().Lookup(name).(*types.Const)
		if ok && types.Identical(c.Type(), t) && c.Val().Kind() == constant.String {
			values = append(values, constant.StringVal(c.Val()))
		}
	}
	slices.Sort(values)
	return slices.Compact(values)
}

// jsonField is a field of a struct as encoding/json sees it: those of embedded
// structs are among it.
type jsonField struct {
	name   string
	tagged bool // the name comes from a json tag
	field  *types.Var
	tag    reflect.StructTag
}

func (g goShapes) fields(s *shape.Shape, t *types.Struct) {
	for _, f := range jsonFields(t) {
		inner := g.of(f.field.Type())
		if _, options, _ := strings.Cut(f.tag.Get("json"), ","); hasOption(options, "string") {
			inner = &shape.Shape{Kind: shape.String, Type: inner.Type}
		}
		s.Fields = append(s.Fields, shape.Field{Name: f.name, AnyCase: !f.tagged, Shape: inner})
	}
}

func hasOption(options, name string) bool {
	return slices.Contains(strings.Split(options, ","), name)
}

// jsonFields returns the fields that encoding/json decodes: exported ones, those
// of embedded structs promoted; of several with one name, the one that is least
// deep, then the tagged one, and none if that leaves several.
func jsonFields(t *types.Struct) []jsonField {
	type level struct {
		t    *types.Struct
		seen map[*types.Struct]bool
	}
	var out []jsonField
	taken := map[string]bool{}
	for next := []level{{t, map[*types.Struct]bool{}}}; len(next) > 0; {
		var found []jsonField
		var deeper []level
		for _, l := range next {
			if l.seen[l.t] {
				continue
			}
			l.seen[l.t] = true
			fields, embedded := ownFields(l.t)
			found = append(found, fields...)
			for _, e := range embedded {
				deeper = append(deeper, level{e, l.seen})
			}
		}
		for _, f := range dominant(found) {
			if !taken[f.name] {
				out = append(out, f)
			}
		}
		for _, f := range found {
			taken[f.name] = true
		}
		next = deeper
	}
	return out
}

// ownFields returns a struct's own fields, and the structs that it embeds and
// whose fields are promoted.
func ownFields(t *types.Struct) (fields []jsonField, embedded []*types.Struct) {
	for i := range t.NumFields() {
		f, tag := t.Field(i), reflect.StructTag(t.Tag(i))
		jsonTag := tag.Get("json")
		name, _, _ := strings.Cut(jsonTag, ",")
		if jsonTag == "-" {
			continue
		}
		if inner := embeddedStruct(f); inner != nil && name == "" {
			embedded = append(embedded, inner)
			continue
		}
		if !f.Exported() {
			continue
		}
		out := jsonField{name: name, tagged: name != "", field: f, tag: tag}
		if name == "" {
			out.name = f.Name()
		}
		fields = append(fields, out)
	}
	return fields, embedded
}

// embeddedStruct returns the struct that an embedded field promotes, or nil.
func embeddedStruct(f *types.Var) *types.Struct {
	if !f.Embedded() || decodesItself(f.Type()) {
		return nil
	}
	t := f.Type()
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	s, _ := t.Underlying().(*types.Struct)
	return s
}

// dominant leaves of the fields with one name at one depth the one that
// encoding/json takes.
func dominant(fields []jsonField) []jsonField {
	byName := map[string][]jsonField{}
	var order []string
	for _, f := range fields {
		if byName[f.name] == nil {
			order = append(order, f.name)
		}
		byName[f.name] = append(byName[f.name], f)
	}
	var out []jsonField
	for _, name := range order {
		all := byName[name]
		if tagged := slices.DeleteFunc(slices.Clone(all), func(f jsonField) bool { return !f.tagged }); len(all) > 1 && len(tagged) > 0 {
			all = tagged
		}
		if len(all) == 1 {
			out = append(out, all[0])
		}
	}
	return out
}
