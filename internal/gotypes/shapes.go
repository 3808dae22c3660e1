package gotypes

import (
	"go/constant"
	"go/types"
	"regexp"
	"slices"

	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/shape"
)

// Shapes makes shapes of Go types by the rules of encoding/json. The shape of a
// recursive type is recursive.
type Shapes struct {
	pkg    *types.Package // the handlers' own: it may declare constants of others' types
	json   *JSONRules
	fields *FieldReader
	done   map[types.Type]*shape.Shape
	depth  int // how many types the current one is within
}

// NewShapes returns Shapes of the types that handlers of the reader's package take.
func NewShapes(fields *FieldReader) *Shapes {
	return &Shapes{pkg: fields.pkg.Types, json: fields.json, fields: fields, done: map[types.Type]*shape.Shape{}}
}

// Of returns the shape of the JSON that encoding/json decodes into a value of type t.
func (g *Shapes) Of(t types.Type) *shape.Shape {
	t = Pointee(t)
	if s, ok := g.done[t]; ok {
		return s
	}
	if g.depth > maxDepth || len(g.done) > maxTypes {
		return shape.Unknown
	}
	s := &shape.Shape{Type: g.name(t)}
	g.done[t] = s
	g.depth++
	g.fill(s, t)
	g.depth--
	return s
}

// name returns a type's name for messages, as the handlers' package writes it. A
// type without a name is the handler's.
func (g *Shapes) name(t types.Type) string {
	if _, ok := t.(interface{ Obj() *types.TypeName }); !ok {
		return "of the handler"
	}
	return types.TypeString(t, g.qualifier)
}

// qualifier returns the name of a package before the names of its types.
func (g *Shapes) qualifier(p *types.Package) string {
	if p == g.pkg {
		return ""
	}
	return p.Name()
}

// Pointee returns the type behind all pointers, which JSON doesn't have.
func Pointee(t types.Type) types.Type {
	for range 8 { // a type can be a pointer to itself
		p, ok := types.Unalias(t).Underlying().(*types.Pointer)
		if !ok {
			break
		}
		t = p.Elem()
	}
	return types.Unalias(t)
}

func (g *Shapes) fill(s *shape.Shape, t types.Type) {
	if DecodesItself(t) && !isJSONNumberType(t) {
		s.Kind, s.Open = shape.Any, true
		return
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		g.basic(s, t, u)
	case *types.Slice:
		g.list(s, u.Elem())
	case *types.Array:
		g.list(s, u.Elem())
	case *types.Map:
		s.Kind, s.Elem = shape.Object, g.Of(u.Elem())
	case *types.Struct:
		s.Kind = shape.Object
		g.members(s, u)
	default:
		s.Kind, s.Open = shape.Any, true
	}
}

func (g *Shapes) basic(s *shape.Shape, t types.Type, u *types.Basic) {
	s.Kind = basicKind(u)
	s.Open = s.Kind == shape.Any
	s.Numbers = numbersOf(u)
	switch named, ok := t.(*types.Named); {
	case isJSONNumberType(t):
		s.Kind, s.Written = shape.String|shape.Number, isJSONNumber
	case ok && s.Kind == shape.String:
		s.Values = g.constants(named)
	}
}

// bitsOf are the sizes of number types on Lambda's processors.
var bitsOf = map[types.BasicKind]int{
	types.Int8: 8, types.Int16: 16, types.Int32: 32, types.Int64: 64, types.Int: 64,
	types.Uint8: 8, types.Uint16: 16, types.Uint32: 32, types.Uint64: 64, types.Uint: 64, types.Uintptr: 64,
	types.Float32: 32, types.Float64: 64,
}

// numbersOf returns the numbers that a type can hold, nil if it holds none.
func numbersOf(b *types.Basic) *shape.Numbers {
	bits := bitsOf[b.Kind()]
	switch info := b.Info(); {
	case bits == 0:
		return nil
	case info&types.IsFloat != 0:
		return shape.Float(b.Name(), bits)
	case info&types.IsUnsigned != 0:
		return shape.Uint(b.Name(), bits)
	}
	return shape.Int(b.Name(), bits)
}

// list fills in a slice or array. A slice of bytes is a string in JSON.
func (g *Shapes) list(s *shape.Shape, elem types.Type) {
	if b, ok := elem.Underlying().(*types.Basic); ok && b.Kind() == types.Byte {
		s.Kind, s.Base64 = shape.String, true
		return
	}
	s.Kind, s.Elem = shape.Array, g.Of(elem)
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

// DecodesItself reports whether encoding/json leaves the decoding to the type, so that
// nothing is known of the JSON that it takes.
func DecodesItself(t types.Type) bool {
	if _, ok := t.Underlying().(*types.Interface); ok {
		return true
	}
	return hasMethod(t, "UnmarshalJSON", "UnmarshalJSONFrom", "UnmarshalText")
}

// EncodesItself reports whether encoding/json leaves the encoding to the type.
func EncodesItself(t types.Type) bool {
	return hasMethod(t, "MarshalJSON", "MarshalJSONTo", "MarshalText", "AppendText")
}

// hasMethod reports whether a pointer to t has one of the methods.
func hasMethod(t types.Type, names ...string) bool {
	for _, name := range names {
		obj, _, _ := types.LookupFieldOrMethod(types.NewPointer(t), true, nil, name)
		if _, ok := obj.(*types.Func); ok {
			return true
		}
	}
	return false
}

// isJSONNumberType reports whether t is json.Number. Since Go 1.27 it has methods for
// JSON, which take the same JSON as before.
func isJSONNumberType(t types.Type) bool { return IsNamed(t, "encoding/json", "Number") }

// constants returns the values of the constants of a string type, nil if it has
// none. They may be declared in the type's package or in the handlers'.
func (g *Shapes) constants(t *types.Named) []string {
	var values []string
	for _, pkg := range []*types.Package{t.Obj().Pkg(), g.pkg} {
		if pkg == nil {
			continue
		}
		for _, name := range pkg.Scope().Names() {
			c, ok := pkg.Scope().Lookup(name).(*types.Const)
			if ok && types.Identical(c.Type(), t) && c.Val().Kind() == constant.String {
				values = append(values, constant.StringVal(c.Val()))
			}
		}
	}
	slices.Sort(values)
	return slices.Compact(values)
}

func (g *Shapes) members(s *shape.Shape, t *types.Struct) {
	fields, others := g.json.fields(t)
	for _, f := range fields {
		inner := g.Of(f.field.Type())
		if f.quoted && inner.Kind&^(shape.String|shape.Number|shape.Boolean) == 0 {
			inner = g.quoted(inner)
		}
		s.Fields = append(s.Fields, shape.Field{Name: f.name, AnyCase: !f.tagged && !f.strict, Strict: f.strict, Shape: inner, Go: g.goField(f)})
	}
	if others != nil {
		s.Elem = g.Of(others)
	}
}

// structText is the text of a struct in that of a type without a name.
var structText = regexp.MustCompile(`struct\{.+\}`)

// goField describes a struct field.
func (g *Shapes) goField(f jsonField) *shape.GoField {
	typ := structText.ReplaceAllString(types.TypeString(f.field.Type(), g.qualifier), "struct{…}")
	if f.quoted {
		typ += " with the tag option string"
	}
	return &shape.GoField{
		Name: f.field.Name(), Type: typ,
		At: g.fields.position(f.field), Foreign: g.fields.isForeign(f.field.Pkg()),
		Places: func() (field, tag model.Pos) { return g.fields.places(f) },
	}
}

// quoted returns the shape of a field with encoding/json's option string: its value
// is JSON text in a string.
func (g *Shapes) quoted(inner *shape.Shape) *shape.Shape {
	s := &shape.Shape{Kind: shape.String, Type: inner.Type}
	switch {
	case inner.Kind.Has(shape.Number):
		s.Numbers = inner.Numbers
		s.Written = func(text string) bool { return g.json.unquotes(text, inner.Numbers) }
	case inner.Kind == shape.Boolean:
		s.Values = []string{"false", "true"}
	}
	return s
}
