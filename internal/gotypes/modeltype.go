package gotypes

import (
	"fmt"
	"go/types"

	"github.com/jobgen/jobgen/internal/model"
)

// ModelType returns a type as the generator writes it. The error names the part that
// another file can't write because it has no name.
func ModelType(t types.Type) (*model.Type, error) {
	m, err := written(t)
	if err == nil {
		m.Promotes = isPromoted(t)
	}
	return m, err
}

func written(t types.Type) (*model.Type, error) {
	switch t := t.(type) {
	case *types.Alias:
		// The alias rather than its type, which the file may be unable to name.
		return namedType(t.Obj(), t.TypeArgs())
	case *types.Named:
		return namedType(t.Obj(), t.TypeArgs())
	case *types.Basic:
		return &model.Type{Kind: model.Named, Name: t.Name()}, nil
	case *types.Pointer:
		return withElem(&model.Type{Kind: model.Pointer}, t.Elem())
	case *types.Slice:
		return withElem(&model.Type{Kind: model.Slice}, t.Elem())
	case *types.Array:
		return withElem(&model.Type{Kind: model.Array, Len: t.Len()}, t.Elem())
	case *types.Map:
		return mapType(t)
	case *types.Struct:
		return structType(t)
	case *types.Interface:
		if t.Empty() {
			return &model.Type{Kind: model.Interface}, nil
		}
	}
	return nil, fmt.Errorf("give %s a name", String(t))
}

func namedType(obj *types.TypeName, args *types.TypeList) (*model.Type, error) {
	m := &model.Type{Kind: model.Named, Name: obj.Name()}
	if obj.Pkg() != nil {
		m.Path = obj.Pkg().Path()
	}
	if m.Path == "encoding/json/jsontext" && m.Name == "Value" {
		m.Path, m.Name = "encoding/json", "RawMessage" // its name in every version of Go
	}
	for arg := range args.Types() {
		a, err := ModelType(arg)
		if err != nil {
			return nil, err
		}
		m.Args = append(m.Args, a)
	}
	return m, nil
}

func withElem(m *model.Type, elem types.Type) (*model.Type, error) {
	var err error
	m.Elem, err = ModelType(elem)
	return m, err
}

func mapType(t *types.Map) (*model.Type, error) {
	key, err := ModelType(t.Key())
	if err != nil {
		return nil, err
	}
	return withElem(&model.Type{Kind: model.Map, Key: key}, t.Elem())
}

func structType(t *types.Struct) (*model.Type, error) {
	m := &model.Type{Kind: model.Struct}
	for i := range t.NumFields() {
		f := t.Field(i)
		ft, err := ModelType(f.Type())
		if err != nil {
			return nil, err
		}
		m.Fields = append(m.Fields, model.Field{Name: f.Name(), Type: ft, Tag: t.Tag(i), Embedded: f.Embedded()})
	}
	addMembers(m, t)
	return m, nil
}

// importNames adds the names of the packages that a type's text refers to. The last
// element of a path is not always the package's name.
func importNames(t types.Type, names map[string]string) {
	if obj := nameOf(t); obj != nil && obj.Pkg() != nil {
		names[obj.Pkg().Path()] = obj.Pkg().Name()
	}
	for part := range partsOf(t) {
		importNames(part, names)
	}
}
