package gen

import (
	"github.com/dave/jennifer/jen"

	"github.com/jobgen/jobgen/internal/model"
)

// goType writes a type; jennifer adds the imports that it needs.
func goType(t *model.Type) *jen.Statement {
	switch t.Kind {
	case model.Pointer:
		return jen.Op("*").Add(goType(t.Elem))
	case model.Slice:
		return jen.Index().Add(goType(t.Elem))
	case model.Array:
		return jen.Index(jen.Lit(int(t.Len))).Add(goType(t.Elem))
	case model.Map:
		return jen.Map(goType(t.Key)).Add(goType(t.Elem))
	case model.Struct:
		return structType(t)
	case model.Interface:
		return jen.Any()
	}
	return namedType(t)
}

func namedType(t *model.Type) *jen.Statement {
	s := jen.Id(t.Name)
	if t.Path != "" {
		s = jen.Qual(t.Path, t.Name)
	}
	if len(t.Args) == 0 {
		return s
	}
	return s.Types(each(t.Args, func(a *model.Type) jen.Code { return goType(a) })...)
}

func structType(t *model.Type) *jen.Statement {
	return jen.StructFunc(func(g *jen.Group) {
		for _, f := range t.Fields {
			field := g.Null()
			if !f.Embedded {
				field = g.Id(f.Name)
			}
			field.Add(goType(f.Type))
			if f.Tag != "" {
				// jennifer's own writer would sort the tag's keys, and a type with
				// another tag is another type.
				field.Add(goString(f.Tag))
			}
		}
	})
}
