package parse

import (
	"go/types"
	"reflect"
	"slices"
	"strings"
	"unicode"
)

// jsonField is a field of a struct as encoding/json sees it: those of embedded
// structs are among it.
type jsonField struct {
	name   string
	tagged bool // the name comes from a json tag
	quoted bool // the tag has the option string: the value stands in JSON text
	field  *types.Var
	tag    reflect.StructTag
}

// jsonFields returns the fields that encoding/json decodes: exported ones, those
// of embedded structs promoted; of several with one name, the one that is least
// deep, then the tagged one, and none if that leaves several.
func jsonFields(t *types.Struct) []jsonField {
	var out []jsonField
	taken := map[string]bool{}
	var seen []types.Type
	for level := []embedded{{typ: t}}; len(level) > 0; {
		var found []jsonField
		var deeper []embedded
		for _, e := range level {
			if slices.ContainsFunc(seen, e.is) {
				continue // encoding/json stops there too
			}
			seen = append(seen, e.typ)
			fields, inner := ownFields(e.typ.Underlying().(*types.Struct))
			found = append(found, fields...)
			if e.twice {
				found = append(found, fields...)
			}
			for _, t := range inner {
				deeper = appendOnce(deeper, t)
			}
		}
		for _, f := range dominant(found) {
			if !taken[f.name] {
				out = append(out, f)
			}
		}
		for _, f := range found {
			taken[f.name] = true
		}
		level = deeper
	}
	return out
}

// embedded is a struct among those at one depth.
type embedded struct {
	typ   types.Type // a struct underneath
	twice bool       // it is there more than once, so that its fields stand for each other
}

// is reports whether it is the same type, by whatever name.
func (e embedded) is(t types.Type) bool { return types.Identical(e.typ, t) }

// appendOnce appends a struct; one that is there already is there twice. As in
// encoding/json, what it embeds itself is not.
func appendOnce(all []embedded, t types.Type) []embedded {
	for i := range all {
		if all[i].is(t) {
			all[i].twice = true
			return all
		}
	}
	return append(all, embedded{typ: t})
}

// ownFields returns a struct's own fields, and the structs that it embeds and
// whose fields are promoted.
func ownFields(t *types.Struct) (fields []jsonField, inner []types.Type) {
	for i := range t.NumFields() {
		f, tag := t.Field(i), reflect.StructTag(t.Tag(i))
		jsonTag := tag.Get("json")
		if jsonTag == "-" {
			continue
		}
		name, options, _ := strings.Cut(jsonTag, ",")
		if !isJSONName(name) {
			name = ""
		}
		promoted := embeddedType(f)
		if promoted != nil && name == "" {
			inner = append(inner, promoted)
			continue
		}
		if !f.Exported() && promoted == nil {
			continue
		}
		quoted := slices.Contains(strings.Split(options, ","), "string")
		out := jsonField{name: name, tagged: name != "", quoted: quoted, field: f, tag: tag}
		if name == "" {
			out.name = f.Name()
		}
		fields = append(fields, out)
	}
	return fields, inner
}

// isJSONName reports whether encoding/json takes a name from a tag: it takes
// none with a quote, a backslash or a comma in it.
func isJSONName(name string) bool {
	return !strings.ContainsFunc(name, func(r rune) bool {
		return !strings.ContainsRune("!#$%&()*+-./:;<=>?@[]^_{|}~ ", r) && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

// embeddedType returns the type of the struct that an embedded field promotes, or
// nil.
func embeddedType(f *types.Var) types.Type {
	if !f.Embedded() || decodesItself(f.Type()) {
		return nil
	}
	t := f.Type()
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	if _, ok := t.Underlying().(*types.Struct); !ok {
		return nil
	}
	return t
}

// embeddedStruct returns the struct that an embedded field promotes, or nil.
func embeddedStruct(f *types.Var) *types.Struct {
	if t := embeddedType(f); t != nil {
		return t.Underlying().(*types.Struct)
	}
	return nil
}

// dominant leaves of the fields with one name at one depth the one that
// encoding/json takes.
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
