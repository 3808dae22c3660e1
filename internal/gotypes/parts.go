package gotypes

import (
	"go/types"
	"iter"
)

// Limits of walks through types, far above what people write: a generic type can
// refer to ever new instances of itself.
const (
	maxTypes = 4096
	maxDepth = 64
)

// partsOf yields the types that a type is written with: the arguments of a named one,
// the key, the element and the fields of another.
func partsOf(t types.Type) iter.Seq[types.Type] {
	return func(yield func(types.Type) bool) {
		switch t := t.(type) {
		case interface{ TypeArgs() *types.TypeList }: // *types.Named and *types.Alias
			t.TypeArgs().Types()(yield)
		case *types.Map:
			_ = yield(t.Key()) && yield(t.Elem())
		case interface{ Elem() types.Type }:
			yield(t.Elem())
		case *types.Struct:
			for f := range t.Fields() {
				if !yield(f.Type()) {
					return
				}
			}
		}
	}
}

// nameOf returns the object that declares a named type or an alias, nil for another type.
func nameOf(t types.Type) *types.TypeName {
	switch t := t.(type) {
	case *types.Named:
		return t.Obj()
	case *types.Alias:
		return t.Obj()
	}
	return nil
}
