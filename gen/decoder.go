package gen

import (
	"fmt"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/jobs/decode"
)

// The import paths of the packages that dispatchers and decoders call.
const (
	dispatchPath = model.RuntimePath + "/dispatch"
	decodePath   = model.RuntimePath + "/decode"
)

// decoders writes the functions that decode the parameters of handlers, one for each
// type that encoding/json reads by its structure. encoding/json reads a type that
// decodes itself, also within a type that has a decoder.
type decoders struct {
	d *dispatcher
	// names holds the function of each type that has one; order has these types in
	// the order of their first use.
	names map[model.TypeName]string
	order []model.TypeName
	plain map[model.TypeName]bool
}

func newDecoders(d *dispatcher) *decoders {
	return &decoders{d: d, names: map[model.TypeName]string{}, plain: map[model.TypeName]bool{}}
}

// ready has the functions of the runtime that read a type.
var ready = map[model.TypeName]model.TypeName{
	{Path: "time", Name: "Time"}:                  {Path: decodePath, Name: "Time"},
	{Path: "encoding/json", Name: "RawMessage"}:   {Path: decodePath, Name: "Raw"},
	{Path: model.RuntimePath, Name: "CloudTrail"}: {Path: dispatchPath, Name: "DecodeCloudTrail"},
	{Name: "string"}:                              {Path: decodePath, Name: "String"},
	{Name: "bool"}:                                {Path: decodePath, Name: "Bool"},
	{Name: "float64"}:                             {Path: decodePath, Name: "Float64"},
	{Name: "float32"}:                             {Path: decodePath, Name: "Float32"},
	{Name: "int"}:                                 {Path: decodePath, Name: "Int"},
	{Name: "int8"}:                                {Path: decodePath, Name: "Int"},
	{Name: "int16"}:                               {Path: decodePath, Name: "Int"},
	{Name: "int32"}:                               {Path: decodePath, Name: "Int"},
	{Name: "int64"}:                               {Path: decodePath, Name: "Int"},
	{Name: "rune"}:                                {Path: decodePath, Name: "Int"},
	{Name: "uint"}:                                {Path: decodePath, Name: "Uint"},
	{Name: "uint8"}:                               {Path: decodePath, Name: "Uint"},
	{Name: "uint16"}:                              {Path: decodePath, Name: "Uint"},
	{Name: "uint32"}:                              {Path: decodePath, Name: "Uint"},
	{Name: "uint64"}:                              {Path: decodePath, Name: "Uint"},
	{Name: "uintptr"}:                             {Path: decodePath, Name: "Uint"},
	{Name: "byte"}:                                {Path: decodePath, Name: "Uint"},
}

func typeName(t *model.Type) model.TypeName { return model.TypeName{Path: t.Path, Name: t.Name} }

// under returns the underlying type of a type, or nil if it is not known.
func (d *decoders) under(t *model.Type) *model.Type {
	for t != nil && t.Kind == model.Named && len(t.Args) == 0 {
		if _, ok := ready[typeName(t)]; ok {
			return t
		}
		t = d.d.p.Types[typeName(t)]
	}
	if t != nil && t.Kind == model.Named {
		return nil
	}
	return t
}

// isPlain reports whether a decoder can read a type without encoding/json. It does not
// look at the fields of structs.
func (d *decoders) isPlain(t *model.Type) bool {
	if t.Kind == model.Named {
		if plain, known := d.plain[typeName(t)]; known && len(t.Args) == 0 {
			return plain
		}
		d.plain[typeName(t)] = true // for a type that refers to itself, the rest of it decides
		u := d.under(t)
		plain := u != nil && (u.Kind == model.Named || d.isPlain(u))
		d.plain[typeName(t)] = plain
		return plain
	}
	switch t.Kind {
	case model.Pointer, model.Array:
		return d.isPlain(t.Elem)
	case model.Slice:
		return !d.isBytes(t) && d.isPlain(t.Elem)
	case model.Map:
		key := d.under(t.Key)
		return key != nil && key.Kind == model.Named && key.Path == "" && key.Name == "string" && d.isPlain(t.Elem)
	case model.Struct:
		return !t.Irregular && !slices.ContainsFunc(t.Embeds, func(e model.TypeName) bool { return d.d.p.Types[e] == nil })
	}
	return false
}

// isBytes reports whether encoding/json may read a slice from base64.
func (d *decoders) isBytes(t *model.Type) bool {
	elem := d.under(t.Elem)
	return elem == nil || elem.Kind == model.Named && elem.Path == "" && (elem.Name == "byte" || elem.Name == "uint8")
}

// reader is an expression for the function that reads a type.
func (d *decoders) reader(t *model.Type) *jen.Statement {
	if !d.isPlain(t) {
		return jen.Qual(decodePath, "JSON").Types(goType(t))
	}
	if t.Kind == model.Named {
		if u := d.under(t); u.Kind == model.Named {
			read := ready[typeName(u)]
			return jen.Qual(read.Path, read.Name)
		}
		return jen.Id(d.name(typeName(t)))
	}
	return jen.Func().Params(d.params(t)).BlockFunc(func(g *jen.Group) { d.body(g, t) })
}

// params are the parameters of a function that reads a type.
func (d *decoders) params(t *model.Type) *jen.Statement {
	return d.d.local("d").Op("*").Qual(decodePath, "Decoder").Op(",").Add(d.d.local("v")).Op("*").Add(goType(t))
}

// name returns the name of a type's function, and adds it to those to write.
func (d *decoders) name(t model.TypeName) string {
	if name, ok := d.names[t]; ok {
		return name
	}
	name := "decode" + model.LogicalName(t.Name)
	for imports := d.d.p.Imports; imports.HasName(name) || imports.Files[name] || d.d.imports[name] || hasValue(d.names, name); {
		name += "_"
	}
	d.names[t] = name
	d.order = append(d.order, t)
	return name
}

// write writes the decoders' part of a file.
func (d *decoders) write() {
	if len(d.order) > 0 {
		d.d.file.Line()
		d.d.file.Comment("The functions below decode the jobs' parameters as encoding/json does. See package")
		d.d.file.Comment("decode.")
		d.d.file.Line()
	}
	d.functions()
}

// functions writes the functions whose names were used, and those that these call.
func (d *decoders) functions() {
	for i := 0; i < len(d.order); i++ {
		named := d.order[i]
		t := &model.Type{Kind: model.Named, Path: named.Path, Name: named.Name}
		d.d.file.Func().Id(d.names[named]).Params(d.params(t)).BlockFunc(func(g *jen.Group) { d.body(g, d.d.p.Types[named]) })
		d.d.file.Line()
	}
}

// structs returns the structs that have a decoder.
func (d *decoders) structs() []model.TypeName {
	return slices.DeleteFunc(slices.Clone(d.order), func(t model.TypeName) bool { return d.d.p.Types[t].Kind != model.Struct })
}

// body reads v, a pointer to a composite type.
func (d *decoders) body(g *jen.Group, t *model.Type) {
	dec, v := d.d.local("d"), d.d.local("v")
	if t.Kind == model.Struct {
		d.members(g, t, v)
		return
	}
	g.Add(d.composite(t, dec, v, v))
}

// composite is the call that reads a pointer, slice, map or array. at is a pointer to
// it; value is the array itself.
func (d *decoders) composite(t *model.Type, dec, at, value *jen.Statement) *jen.Statement {
	call := func(name string, v *jen.Statement) *jen.Statement {
		return jen.Qual(decodePath, name).Call(dec, v, d.reader(t.Elem))
	}
	switch t.Kind {
	case model.Pointer:
		return call("Pointer", at)
	case model.Slice:
		return call("Slice", at)
	case model.Map:
		return call("Map", at)
	}
	return call("Array", value.Clone().Index(jen.Empty(), jen.Empty()))
}

// members reads the members of an object into the struct that v is or points to.
func (d *decoders) members(g *jen.Group, t *model.Type, v *jen.Statement) {
	dec, end := d.d.local("d"), d.d.local("end")
	names := each(t.Members, func(m model.Member) string { return m.Key })
	set := jen.Op(fmt.Sprintf("%#x", decode.Names(names...)))
	g.Comment(fmt.Sprintf("%#x has a bit for each name below; Member skips most other names by it.", decode.Names(names...)))
	loop := g.For(end.Clone().Op(":=").Add(dec).Dot("Object").Call(), dec.Clone().Dot("Member").Call(end, set), jen.Empty())
	if len(t.Members) == 0 {
		loop.Block(dec.Clone().Dot("Skip").Call())
		return
	}
	loop.Block(jen.Switch(jen.String().Call(dec.Clone().Dot("Key").Call())).BlockFunc(func(g *jen.Group) {
		for _, m := range t.Members {
			g.Case(jen.Lit(m.Key)).BlockFunc(func(g *jen.Group) { d.value(g, m.Type, dec, v.Clone().Op(".").Id(m.Path)) })
		}
		g.Default().Block(dec.Clone().Dot("Other").Call(jen.Lit(strings.Join(names, ","))))
	}))
}

// whole reads a variable with the decoder that the expression begin returns.
func (d *decoders) whole(g *jen.Group, t *model.Type, begin, value *jen.Statement) {
	if (t.Kind == model.Struct || t.Kind == model.Pointer) && d.isPlain(t) { // the code calls it several times
		dec := d.d.local("d")
		g.Add(dec).Op(":=").Add(begin)
		begin = dec
	}
	d.value(g, t, begin, value)
}

// value reads a variable or field with the decoder that the expression dec returns.
func (d *decoders) value(g *jen.Group, t *model.Type, dec, value *jen.Statement) {
	at := jen.Op("&").Add(value)
	switch {
	case t.Kind == model.Named || !d.isPlain(t):
		g.Add(d.read(t, dec, at))
	case t.Kind == model.Struct:
		d.members(g, t, value)
	case t.Kind == model.Pointer:
		d.pointer(g, t, dec, value)
	default:
		g.Add(d.composite(t, dec, at, value))
	}
}

// read reads into the variable that at points to.
func (d *decoders) read(t *model.Type, dec, at *jen.Statement) *jen.Statement {
	if t.Kind == model.Named && typeName(t) == (model.TypeName{Name: "string"}) {
		return dec.Clone().Dot("Text").Call(at)
	}
	return d.reader(t).Call(dec, at)
}

// pointer reads a variable or field that is a pointer, as decode.Pointer does. The
// compiler would add a decode.Pointer to the program for each type.
func (d *decoders) pointer(g *jen.Group, t *model.Type, dec, value *jen.Statement) {
	g.If(dec.Clone().Dot("Null").Call()).Block(
		value.Clone().Op("=").Nil(),
	).Else().Block(
		jen.If(value.Clone().Op("==").Nil()).Block(value.Clone().Op("=").New(goType(t.Elem))),
		d.read(t.Elem, dec, value.Clone()),
	)
}
