package gotypes

import "go/types"

// IsNamed reports whether t is the type of that name, or an instance of it.
func IsNamed(t types.Type, path, name string) bool {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return false
	}
	obj := named.Obj()
	return obj.Pkg() != nil && obj.Pkg().Path() == path && obj.Name() == name
}

// isRawJSON reports whether t is json.RawMessage, which is an alias of
// jsontext.Value since Go 1.27.
func isRawJSON(t types.Type) bool {
	return IsNamed(t, "encoding/json", "RawMessage") || IsNamed(t, "encoding/json/jsontext", "Value")
}

// IsInvalid reports whether t, or a type that its text refers to, can't be resolved.
func IsInvalid(t types.Type) bool {
	t = types.Unalias(t)
	// An error in a named type's declaration is the compiler's to report.
	if basic, ok := t.Underlying().(*types.Basic); ok && basic.Kind() == types.Invalid {
		return true
	}
	for part := range partsOf(t) {
		if IsInvalid(part) {
			return true
		}
	}
	return false
}

// NotJSON names the kind of t if JSON has no such values, "" if t can be encoded.
func NotJSON(t types.Type) string {
	switch u := t.Underlying().(type) {
	case *types.Chan:
		return "channels"
	case *types.Signature:
		return "functions"
	case *types.Basic:
		if u.Info()&types.IsComplex != 0 {
			return "complex numbers"
		}
		if u.Kind() == types.UnsafePointer {
			return "pointers of that kind"
		}
	}
	return ""
}

// String returns a type as users write it, with the names of packages.
func String(t types.Type) string {
	return types.TypeString(t, func(p *types.Package) string { return p.Name() })
}
