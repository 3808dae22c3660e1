package gotypes

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/jobgen/jobgen/internal/model"
)

// typeReader notes what the named types are underneath that a type is made of.
type typeReader struct {
	Types model.Types
	Names map[string]string // the packages' names, by path

	own  *types.Package
	seen map[types.Type]bool
	made typeutil.Map // *model.Type: one for each type, whatever its names
}

func NewTypeReader(own *types.Package) *typeReader {
	return &typeReader{Types: model.Types{}, Names: map[string]string{}, own: own, seen: map[types.Type]bool{}}
}

// Signature reads the types of a method.
func (r *typeReader) Signature(sig *types.Signature) {
	for v := range sig.Params().Variables() {
		importNames(v.Type(), r.Names)
		r.read(v.Type())
	}
	for v := range sig.Results().Variables() {
		importNames(v.Type(), r.Names)
	}
}

// read notes t, where it has a name, and all that it is made of.
func (r *typeReader) read(t types.Type) {
	if r.seen[t] {
		return
	}
	r.seen[t] = true
	switch t := t.(type) {
	case *types.Alias:
		r.named(t, t.Obj())
		for arg := range t.TypeArgs().Types() {
			r.read(arg)
		}
	case *types.Named:
		r.named(t, t.Obj())
		for arg := range t.TypeArgs().Types() {
			r.read(arg)
		}
	default:
		r.parts(t)
	}
}

// named notes a named type, if the generated file can do what encoding/json
// does.
func (r *typeReader) named(t types.Type, obj *types.TypeName) {
	under := t.Underlying()
	if obj.Pkg() == nil || isGeneric(t) || IsInvalid(t) || readsItself(t) || !r.reaches(under) {
		return
	}
	m, err := r.underneath(t)
	if err != nil {
		return
	}
	r.Types[model.TypeName{Path: obj.Pkg().Path(), Name: obj.Name()}] = m
	r.Names[obj.Pkg().Path()] = obj.Pkg().Name()
	importNames(under, r.Names)
	r.parts(under)
}

// underneath gives what a named type is underneath.
func (r *typeReader) underneath(t types.Type) (*model.Type, error) {
	t = types.Unalias(t)
	if m, ok := r.made.At(t).(*model.Type); ok {
		return m, nil
	}
	m, err := ModelType(t.Underlying())
	if err == nil {
		r.made.Set(t, m)
	}
	return m, err
}

// parts reads the types that an unnamed type is made of.
func (r *typeReader) parts(t types.Type) {
	switch t := t.(type) {
	case *types.Map:
		r.read(t.Key())
		r.read(t.Elem())
	case interface{ Elem() types.Type }:
		r.read(t.Elem())
	case *types.Struct:
		for f := range t.Fields() {
			r.read(f.Type())
		}
	}
}

func isGeneric(t types.Type) bool {
	named, ok := t.(interface{ TypeArgs() *types.TypeList })
	if ok && named.TypeArgs().Len() > 0 {
		return true
	}
	alias, ok := t.(*types.Alias)
	return ok && isGeneric(types.Unalias(alias))
}

// readsItself reports whether encoding/json lets a type read itself. A field or
// a method of another signature that bears one of the names is taken for one: it
// costs no more than time.
func readsItself(t types.Type) bool {
	if isJSONNumberType(t) {
		return true // it takes numbers, though it is a string
	}
	for _, name := range []string{"UnmarshalJSON", "UnmarshalJSONFrom", "UnmarshalText"} {
		if obj, _, _ := types.LookupFieldOrMethod(types.NewPointer(t), false, nil, name); obj != nil {
			return true
		}
	}
	return false
}

// reaches reports whether the generated file can write a type out: all its
// names, and all its fields.
func (r *typeReader) reaches(t types.Type) bool {
	switch t := t.(type) {
	case *types.Alias:
		return r.reachesName(t.Obj())
	case *types.Named:
		return r.reachesName(t.Obj())
	case *types.Map:
		return r.reaches(t.Key()) && r.reaches(t.Elem())
	case interface{ Elem() types.Type }:
		return r.reaches(t.Elem())
	case *types.Struct:
		for f := range t.Fields() {
			if !f.Exported() && f.Pkg() != r.own || IsInvalid(f.Type()) || !r.reaches(f.Type()) {
				return false
			}
		}
	}
	return true
}

func (r *typeReader) reachesName(obj *types.TypeName) bool {
	switch {
	case obj.Pkg() == nil || obj.Pkg() == r.own:
		return true
	case !obj.Exported():
		return false
	}
	// The user's package may import an internal package, but need not be able to.
	return !strings.Contains("/"+obj.Pkg().Path()+"/", "/internal/")
}
