package gotypes

import (
	"go/types"
	"strings"

	"github.com/jobgen/jobgen/internal/model"
)

// TypeReader records the underlying type of every named type that a handler's
// parameter refers to, and the packages that the generated file imports for them.
type TypeReader struct {
	Types model.Types
	Names map[string]string // the packages' names, by path

	own  *types.Package
	seen map[types.Type]bool
}

// NewTypeReader returns a reader for the types of a package's handlers.
func NewTypeReader(own *types.Package) *TypeReader {
	return &TypeReader{Types: model.Types{}, Names: map[string]string{}, own: own, seen: map[types.Type]bool{}}
}

// Signature reads the types of a handler's parameters and results.
func (r *TypeReader) Signature(sig *types.Signature) {
	for v := range sig.Params().Variables() {
		importNames(v.Type(), r.Names)
		r.read(v.Type())
	}
	for v := range sig.Results().Variables() {
		importNames(v.Type(), r.Names)
	}
}

// read records t, if it has a name, and the types that it refers to.
func (r *TypeReader) read(t types.Type) {
	if r.seen[t] {
		return
	}
	r.seen[t] = true
	if obj := nameOf(t); obj != nil {
		r.named(t, obj)
	}
	r.parts(t)
}

// named records a named type if the generated file can decode it as encoding/json
// does.
func (r *TypeReader) named(t types.Type, obj *types.TypeName) {
	under := t.Underlying()
	if obj.Pkg() == nil || isGeneric(t) || IsInvalid(t) || readsItself(t) || !r.reaches(under) {
		return
	}
	m, err := ModelType(under)
	if err != nil {
		return
	}
	r.Types[model.TypeName{Path: obj.Pkg().Path(), Name: obj.Name()}] = m
	r.Names[obj.Pkg().Path()] = obj.Pkg().Name()
	importNames(under, r.Names)
	r.parts(under)
}

// parts reads the types that a type is written with.
func (r *TypeReader) parts(t types.Type) {
	for part := range partsOf(t) {
		r.read(part)
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

// readsItself reports whether encoding/json decodes a type by a method. A field or
// method with such a name counts too, whatever its type: the type is then decoded
// by encoding/json, which takes longer.
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

// reaches reports whether the generated file can name a type and all its fields.
func (r *TypeReader) reaches(t types.Type) bool {
	if obj := nameOf(t); obj != nil {
		return r.reachesName(obj)
	}
	if s, ok := t.(*types.Struct); ok {
		for f := range s.Fields() {
			if !f.Exported() && f.Pkg() != r.own || IsInvalid(f.Type()) {
				return false
			}
		}
	}
	for part := range partsOf(t) {
		if !r.reaches(part) {
			return false
		}
	}
	return true
}

func (r *TypeReader) reachesName(obj *types.TypeName) bool {
	switch {
	case obj.Pkg() == nil || obj.Pkg() == r.own:
		return true
	case !obj.Exported():
		return false
	}
	// The user's package may import an internal package, but need not be able to.
	return !strings.Contains("/"+obj.Pkg().Path()+"/", "/internal/")
}
