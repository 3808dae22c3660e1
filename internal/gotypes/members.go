package gotypes

import (
	"go/types"
	"reflect"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/model"
)

// classic are the rules of the older encoding/json. The newer one has the same rules for the
// structs that generated code decodes.
var classic = NewJSONRules(func() bool { return false })

// addMembers adds the members of the JSON object to a struct. If only encoding/json can decode
// the struct, it sets Irregular instead.
func addMembers(m *model.Type, t *types.Struct) {
	m.Irregular = !isRegular(t, m, map[*types.Struct]bool{})
	if m.Irregular {
		return
	}
	fields, _ := classic.fields(t)
	slices.SortFunc(fields, func(a, b jsonField) int { return slices.Compare(a.index, b.index) })
	for _, f := range fields {
		ft := m.Fields[f.index[0]].Type
		if len(f.index) > 1 {
			var err error
			if ft, err = ModelType(f.field.Type()); err != nil {
				m.Irregular = true
				return
			}
		}
		m.Members = append(m.Members, model.Member{Key: f.name, Path: f.path, Type: ft})
	}
}

// isRegular reports whether encoding/json decodes a struct by its fields, in the same way in
// all versions of Go. It adds the embedded types to m.
func isRegular(t *types.Struct, m *model.Type, seen map[*types.Struct]bool) bool {
	if seen[t] {
		return true
	}
	seen[t] = true
	for i := range t.NumFields() {
		f, tag := t.Field(i), reflect.StructTag(t.Tag(i)).Get("json")
		if !f.Embedded() && !f.Exported() {
			continue
		}
		name, options, _ := strings.Cut(tag, ",")
		if tag != "-" && (!isClassicName(name) || !haveNoEffect(options) || isPromoted(f.Type())) {
			return false
		}
		if !f.Embedded() {
			continue
		}
		if _, isPointer := types.Unalias(f.Type()).(*types.Pointer); isPointer {
			return false
		}
		if obj := nameOf(f.Type()); obj.Pkg() != nil {
			m.Embeds = append(m.Embeds, model.TypeName{Path: obj.Pkg().Path(), Name: obj.Name()})
		}
		if inner := classic.embeds(f, t.Tag(i)); inner != nil && !isRegular(inner, m, seen) {
			return false
		}
	}
	return true
}

// haveNoEffect reports whether a tag's options have no effect on decoding in any version
// of Go. The generated file must decode as the encoding/json that it is compiled with, so
// it leaves a struct with other options to encoding/json.
func haveNoEffect(options string) bool {
	for option := range strings.SplitSeq(options, ",") {
		if option != "" && option != "omitempty" && option != "omitzero" {
			return false
		}
	}
	return true
}

// isPromoted reports whether a struct without a name, or an alias of one, decodes itself
// by a method of an embedded type.
func isPromoted(t types.Type) bool {
	_, nameless := types.Unalias(t).(*types.Struct)
	return nameless && readsItself(t)
}
