package gotypes

import (
	"go/types"
	"reflect"
	"slices"
)

// jsonField is a field that encoding/json decodes, a promoted one too.
type jsonField struct {
	name   string
	tagged bool // the name comes from a json tag
	strict bool // no key in another letter case is decoded into it
	quoted bool // the value is JSON text in a string
	format bool // the tag has the option format, which encoding/json refuses
	field  *types.Var
	tag    reflect.StructTag
	path   string // from the struct: "Base.ID"
	index  []int  // of each field on the path
}

// jsonLevel has the fields of the structs at one depth.
type jsonLevel struct {
	fields []jsonField
	inner  []embedded
	others []types.Type // of the fields that take all members without a field
}

// fields returns the fields that encoding/json decodes: the exported ones, and the promoted
// ones of embedded structs. If several have the same name, it returns the least deep one. If
// several of these are equally deep, it returns the one with a tag. If there are still
// several, it returns none.
//
// Others is the type for the members that have no field, if a field has the option embed. It
// is nil otherwise.
func (r *JSONRules) fields(t *types.Struct) (fields []jsonField, others types.Type) {
	declared := map[string]bool{}
	var seen []types.Type
	found := false
	for queue := []embedded{{typ: t}}; len(queue) > 0; {
		var level jsonLevel
		for _, e := range queue {
			if slices.ContainsFunc(seen, e.is) {
				continue // encoding/json stops there too
			}
			seen = append(seen, e.typ)
			r.own(e, &level)
		}
		for _, f := range dominant(level.fields) {
			if !declared[f.name] {
				fields = append(fields, f)
			}
		}
		for _, f := range level.fields {
			declared[f.name] = true
		}
		if !found && len(level.others) == 1 {
			others = level.others[0]
		}
		found = found || len(level.others) > 0
		queue = level.inner
	}
	return fields, others
}

// embedded is a struct among those at one depth.
type embedded struct {
	typ      types.Type // its underlying type is a struct
	repeated bool       // it occurs more than once, and so does each of its fields
	path     string     // the path of its fields, up to their names
	index    []int
}

// is reports whether the struct is of type t; the name doesn't matter.
func (e embedded) is(t types.Type) bool { return types.Identical(e.typ, t) }

// appendOnce appends a struct, or marks it as repeated. As in encoding/json, the
// structs that a repeated one embeds are not repeated.
func appendOnce(all []embedded, e embedded) []embedded {
	for i := range all {
		if all[i].is(e.typ) {
			all[i].repeated = true
			return all
		}
	}
	return append(all, e)
}

// own adds a struct's own fields to its level.
func (r *JSONRules) own(e embedded, level *jsonLevel) {
	t := e.typ.Underlying().(*types.Struct)
	for i := range t.NumFields() {
		f, tag := t.Field(i), r.tag(t.Tag(i))
		if tag.ignored || !f.Exported() && !f.Embedded() {
			continue
		}
		path, index := e.path+f.Name(), slices.Concat(e.index, []int{i})
		promoted, other := r.promotes(f, tag)
		switch {
		case promoted != nil:
			level.inner = appendOnce(level.inner, embedded{typ: promoted, path: path + ".", index: index})
			continue
		case other != nil:
			level.others = append(level.others, other)
			if e.repeated {
				level.others = append(level.others, other)
			}
			continue
		case !f.Exported() && structOf(f.Type()) == nil:
			continue
		}
		field := newJSONField(f, tag, t.Tag(i))
		field.path, field.index = path, index
		level.fields = append(level.fields, field)
		if e.repeated {
			level.fields = append(level.fields, field)
		}
	}
}

func newJSONField(f *types.Var, tag jsonTag, raw string) jsonField {
	out := jsonField{name: tag.name, tagged: tag.name != "", field: f, tag: reflect.StructTag(raw)}
	if !tag.embed || out.tagged { // an embed that is no object loses its other options
		out.strict, out.quoted, out.format = tag.strict, tag.quoted, tag.format
	}
	if out.name == "" {
		out.name = f.Name()
	}
	return out
}

// promotes returns the struct whose fields a field promotes, or the type for the members
// that have no field, if f takes them. Both are nil for another field.
func (r *JSONRules) promotes(f *types.Var, tag jsonTag) (inner, others types.Type) {
	if tag.name != "" || !f.Embedded() && !tag.embed {
		return nil, nil
	}
	if inner = structOf(f.Type()); inner != nil || !tag.embed || !f.Exported() {
		return inner, nil
	}
	t := unpointed(f.Type())
	if m, ok := t.Underlying().(*types.Map); ok && isTextKey(m.Key()) {
		return nil, m.Elem()
	}
	if isRawJSON(t) {
		return nil, types.NewInterfaceType(nil, nil)
	}
	return nil, nil
}

// embeds returns the struct whose fields a field promotes, or nil.
func (r *JSONRules) embeds(f *types.Var, tag string) *types.Struct {
	if inner, _ := r.promotes(f, r.tag(tag)); inner != nil {
		return inner.Underlying().(*types.Struct)
	}
	return nil
}

// isTextKey reports whether a map with such keys can take members without a field.
func isTextKey(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsString != 0 && !DecodesItself(t) && !EncodesItself(t)
}

// structOf returns the type of the struct that t is or points to, or nil.
func structOf(t types.Type) types.Type {
	t = unpointed(t)
	if _, ok := t.Underlying().(*types.Struct); !ok {
		return nil
	}
	return t
}

// unpointed returns what t points to, if it is a pointer without a name.
func unpointed(t types.Type) types.Type {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}

// dominant returns the fields that encoding/json decodes of those at one depth: at most
// one of each name.
func dominant(fields []jsonField) []jsonField {
	byName := map[string][]jsonField{}
	var order []string
	for _, f := range fields {
		if byName[f.name] == nil {
			order = append(order, f.name)
		}
		byName[f.name] = append(byName[f.name], f)
	}
	var out []jsonField
	for _, name := range order {
		all := byName[name]
		if tagged := slices.DeleteFunc(slices.Clone(all), func(f jsonField) bool { return !f.tagged }); len(all) > 1 && len(tagged) > 0 {
			all = tagged
		}
		if len(all) == 1 {
			out = append(out, all[0])
		}
	}
	return out
}
