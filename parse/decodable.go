package parse

import (
	"go/types"
)

// holdsDetail reports whether an event's detail, which is a JSON object, can be
// decoded into t by encoding/json.
func holdsDetail(t types.Type) bool {
	if unmarshals(t) {
		return true
	}
	switch u := t.Underlying().(type) {
	case *types.Pointer:
		return holdsDetail(u.Elem())
	case *types.Struct:
		return true
	case *types.Map:
		return isKey(u.Key()) && notJSON(u.Elem()) == ""
	case *types.Interface:
		return u.Empty()
	case *types.TypeParam:
		return true
	}
	return false
}

// unmarshals reports whether t, or a pointer to it, decodes JSON by itself.
func unmarshals(t types.Type) bool {
	obj, _, _ := types.LookupFieldOrMethod(t, true, nil, "UnmarshalJSON")
	_, ok := obj.(*types.Func)
	return ok
}

// isKey reports whether a map's key can be decoded from an object's: text, a
// whole number, or a type that decodes text by itself.
func isKey(t types.Type) bool {
	obj, _, _ := types.LookupFieldOrMethod(t, true, nil, "UnmarshalText")
	if _, ok := obj.(*types.Func); ok {
		return true
	}
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&(types.IsString|types.IsInteger) != 0
}
