package gotypes

import (
	"go/types"
	"reflect"
	"slices"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/model"
)

// Tag is a jobs tag: the match list of a field of the event.
type Tag struct {
	Path  []string // from the type that was walked
	Field *types.Var
	Raw   string // the tag's value
	Key   model.Pos
	Value gosource.Line // in place of a directive's line: places count from the value
}

// tagWalker collects the jobs tags of a type and of the types of its fields.
type tagWalker struct {
	*FieldReader
	tags, misplaced []Tag
	path            []types.Type // the types above the current one
	inMap           bool
}

// Tags returns the jobs tags of a type and of the types of its fields. It reports the
// misplaced ones, which no event can match.
func (r *FieldReader) Tags(t types.Type) (tags, misplaced []Tag) {
	if !hasTags(t, map[types.Type]bool{}, 0) {
		return nil, nil
	}
	w := &tagWalker{FieldReader: r}
	w.walk(t, nil)
	return w.tags, w.misplaced
}

// hasTags reports whether a type or the type of a field has a tag that may be
// jobgen's. It visits each type once: types that refer to each other have too many
// paths to walk all of them for nothing.
func hasTags(t types.Type, seen map[types.Type]bool, depth int) bool {
	t = Pointee(t)
	if seen[t] || depth > maxDepth || len(seen) > maxTypes {
		return false
	}
	seen[t] = true
	switch u := t.Underlying().(type) {
	case interface{ Elem() types.Type }:
		return hasTags(u.Elem(), seen, depth+1)
	case *types.Struct:
		for i := range u.NumFields() {
			if mentionsJobs(u.Tag(i)) || hasTags(u.Field(i).Type(), seen, depth+1) {
				return true
			}
		}
	}
	return false
}

func (w *tagWalker) walk(t types.Type, path []string) {
	t = Pointee(t)
	if slices.Contains(w.path, t) || len(w.path) > maxDepth || DecodesItself(t) {
		return
	}
	w.path = append(w.path, t)
	defer func() { w.path = w.path[:len(w.path)-1] }()
	switch u := t.Underlying().(type) {
	case *types.Slice:
		w.walk(u.Elem(), path)
	case *types.Array:
		w.walk(u.Elem(), path)
	case *types.Map:
		outer := w.inMap
		w.inMap = true
		w.walk(u.Elem(), append(slices.Clone(path), "*"))
		w.inMap = outer
	case *types.Struct:
		fields, _ := w.json.fields(u)
		for _, f := range fields {
			w.field(f, append(slices.Clone(path), f.name))
		}
		w.undecoded(u, fields, nil)
	}
}

func (w *tagWalker) field(f jsonField, path []string) {
	if raw, ok := f.tag.Lookup(directive.Tool); ok {
		tag := w.locate(f.field, raw)
		tag.Path = path
		if w.inMap {
			w.misplace(tag, "this tag is below a map, where a field's path isn't known; write the condition as an event_pattern")
		} else {
			w.tags = append(w.tags, tag)
		}
	}
	w.walk(f.field.Type(), path)
}

// undecoded reports tags on fields of a struct, and of those that it embeds, that
// encoding/json doesn't decode. Outer are the structs that embed this one.
func (w *tagWalker) undecoded(t *types.Struct, decoded []jsonField, outer []*types.Struct) {
	if slices.Contains(outer, t) {
		return
	}
	for i := range t.NumFields() {
		f := t.Field(i)
		w.tagSyntax(f, t.Tag(i))
		raw, ok := reflect.StructTag(t.Tag(i)).Lookup(directive.Tool)
		isDecoded := slices.ContainsFunc(decoded, func(d jsonField) bool { return d.field == f })
		inner := w.json.embeds(f, t.Tag(i))
		if inner != nil && !isDecoded {
			w.undecoded(inner, decoded, append(slices.Clone(outer), t))
		}
		switch {
		case !ok || isDecoded:
		case inner != nil:
			w.misplace(w.locate(f, raw), "the fields of the embedded "+f.Name()+" are in the event, and the struct itself is not: put the tag on one of them")
		default:
			w.misplace(w.locate(f, raw), "encoding/json doesn't decode the field "+f.Name()+", so it never has anything of the event")
		}
	}
}

// misplace reports a tag that can't be matched.
func (w *tagWalker) misplace(tag Tag, why string) {
	w.misplaced = append(w.misplaced, tag)
	w.report.Report(diag.TagPlace, tag.Value.Pos, "%s", why)
}
