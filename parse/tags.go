package parse

import (
	"go/ast"
	"go/types"
	"reflect"
	"slices"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/model"
)

// structTag is a jobs tag: the match list of the field at a path.
type structTag struct {
	path  []string // from the type that was walked
	field *types.Var
	raw   string // the tag's value
	key   model.Pos
	value gosource.Line // stands in for a directive's line: places count from the value
}

// tagWalker collects the jobs tags of a type and of what it holds.
type tagWalker struct {
	p     *packageParser
	tags  []structTag
	way   []types.Type // the types on the way down
	inMap bool
}

// Bounds of walks through types, far above what people write: a type parameter
// can make types without end of one declaration.
const (
	maxTypes = 4096
	maxDepth = 64
)

// tagsOf returns the jobs tags of a type.
func (p *packageParser) tagsOf(t types.Type) []structTag {
	if !hasTags(t, map[types.Type]bool{}, 0) {
		return nil
	}
	w := &tagWalker{p: p}
	w.walk(t, nil)
	return w.tags
}

// hasTags reports whether a type, or what it holds, has a tag that may be
// jobgen's: types that hold each other have more paths than can be walked in
// vain.
func hasTags(t types.Type, seen map[types.Type]bool, depth int) bool {
	t = pointee(t)
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
	t = pointee(t)
	if slices.Contains(w.way, t) || len(w.way) > maxDepth || decodesItself(t) {
		return
	}
	w.way = append(w.way, t)
	defer func() { w.way = w.way[:len(w.way)-1] }()
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
		fields, _ := w.p.json.fields(u)
		for _, f := range fields {
			w.field(f, append(slices.Clone(path), f.name))
		}
		w.undecoded(u, fields, nil)
	}
}

func (w *tagWalker) field(f jsonField, path []string) {
	if raw, ok := f.tag.Lookup(directive.Tool); ok {
		tag := w.p.locate(f.field, raw)
		tag.path = path
		if w.inMap {
			w.misplaced(tag, "this tag stands below a map, where a field's path isn't known; write the condition as an event_pattern")
		} else {
			w.tags = append(w.tags, tag)
		}
	}
	w.walk(f.field.Type(), path)
}

// undecoded reports tags on fields that encoding/json doesn't decode, in a
// struct and those that it embeds, which lie within outer.
func (w *tagWalker) undecoded(t *types.Struct, decoded []jsonField, outer []*types.Struct) {
	if slices.Contains(outer, t) {
		return
	}
	for i := range t.NumFields() {
		f := t.Field(i)
		w.p.tagSyntax(f, t.Tag(i))
		raw, ok := reflect.StructTag(t.Tag(i)).Lookup(directive.Tool)
		isDecoded := slices.ContainsFunc(decoded, func(d jsonField) bool { return d.field == f })
		inner := w.p.json.embeds(f, t.Tag(i))
		if inner != nil && !isDecoded {
			w.undecoded(inner, decoded, append(slices.Clone(outer), t))
		}
		switch {
		case !ok || isDecoded:
		case inner != nil:
			w.misplaced(w.p.locate(f, raw), "the fields of the embedded "+f.Name()+" stand in the event, and it doesn't itself: put the tag on one of them")
		default:
			w.misplaced(w.p.locate(f, raw), "encoding/json doesn't decode the field "+f.Name()+", so nothing of the event stands in it")
		}
	}
}

// misplaced reports a tag that can't be matched; that it is unused goes without
// saying.
func (w *tagWalker) misplaced(tag structTag, why string) {
	w.p.usedTags[tag.key] = true
	w.p.diags.Report(diag.TagPlace, tag.value.Pos, "%s", why)
}

// unusedTags reports the jobs tags on the package's types that no rule uses.
func (p *packageParser) unusedTags() {
	for _, f := range p.pkg.Files {
		ast.Inspect(f.Syntax, func(n ast.Node) bool {
			if field, ok := n.(*ast.Field); ok && field.Tag != nil {
				p.unusedTag(field.Tag)
			}
			return true
		})
	}
}

func (p *packageParser) unusedTag(lit *ast.BasicLit) {
	place, ok := tagPlace(p.pkg.Fset, lit)
	switch {
	case !ok:
	case place.fault != "":
		p.diags.Report(diag.TagSyntax, place.key, "%s", place.fault)
	case !p.usedTags[place.key]:
		p.diags.Report(diag.TagUnused, place.key, "no rule uses this tag: no rule with a pattern has a handler that decodes this type from the event")
	}
}
