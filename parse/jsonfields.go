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
	seen := map[*types.Struct]bool{}
	for level := []*types.Struct{t}; len(level) > 0; {
		var found []jsonField
		var deeper []*types.Struct
		for _, s := range level {
			if seen[s] {
				continue // encoding/json stops there too
			}
			fields, embedded := ownFields(s)
			found = append(found, fields...)
			for _, e := range embedded {
				deeper = appendTwice(deeper, e)
			}
		}
		for _, s := range level {
			seen[s] = true
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

// appendTwice appends s unless it is there twice: two are enough to see that the
// fields of one struct stand for each other.
func appendTwice(all []*types.Struct, s *types.Struct) []*types.Struct {
	n := 0
	for _, have := range all {
		if have == s {
			n++
		}
	}
	if n == 2 {
		return all
	}
	return append(all, s)
}

// ownFields returns a struct's own fields, and the structs that it embeds and
// whose fields are promoted.
func ownFields(t *types.Struct) (fields []jsonField, embedded []*types.Struct) {
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
		inner := embeddedStruct(f)
		if inner != nil && name == "" {
			embedded = append(embedded, inner)
			continue
		}
		if !f.Exported() && inner == nil {
			continue
		}
		quoted := slices.Contains(strings.Split(options, ","), "string")
		out := jsonField{name: name, tagged: name != "", quoted: quoted, field: f, tag: tag}
		if name == "" {
			out.name = f.Name()
		}
		fields = append(fields, out)
	}
	return fields, embedded
}

// isJSONName reports whether encoding/json takes a name from a tag: it takes
// none with a quote, a backslash or a comma in it.
func isJSONName(name string) bool {
	return !strings.ContainsFunc(name, func(r rune) bool {
		return !strings.ContainsRune("!#$%&()*+-./:;<=>?@[]^_{|}~ ", r) && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

// embeddedStruct returns the struct that an embedded field promotes, or nil.
func embeddedStruct(f *types.Var) *types.Struct {
	if !f.Embedded() || decodesItself(f.Type()) {
		return nil
	}
	t := f.Type()
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	s, _ := t.Underlying().(*types.Struct)
	return s
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
