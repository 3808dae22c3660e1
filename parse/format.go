package parse

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"github.com/jobgen/jobgen/internal/attach"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/model"
)

// refusedFormats reports the fields of a job's types that have the option format in
// their json tags: since Go 1.27 encoding/json neither decodes nor encodes a struct
// with such a field.
func (p *packageParser) refusedFormats(h *attach.Declaration) {
	fn, ok := p.pkg.TypesInfo.Defs[h.Func.Name].(*types.Func)
	if !ok {
		return
	}
	for v := range fn.Signature().Params().Variables() {
		if eventKind(v.Type()) != model.LambdaEvent {
			p.refused(detailType(v.Type()), "decode", decodesItself)
		}
	}
	for v := range fn.Signature().Results().Variables() {
		p.refused(v.Type(), "encode", encodesItself)
	}
}

// refused reports the fields with the option format of a type, and of the types that
// it is made of. Itself says of a type that encoding/json leaves it to a method.
func (p *packageParser) refused(t types.Type, verb string, itself func(types.Type) bool) {
	seen := map[types.Type]bool{}
	var walk func(types.Type, int)
	walk = func(t types.Type, depth int) {
		t = pointee(t)
		if seen[t] || depth > maxDepth || len(seen) > maxTypes || itself(t) {
			return
		}
		seen[t] = true
		switch u := t.Underlying().(type) {
		case interface{ Elem() types.Type }:
			walk(u.Elem(), depth+1)
		case *types.Struct:
			fields, others := p.json.fields(u)
			for _, f := range fields {
				if f.format {
					p.refusedFormat(f, verb)
				}
				walk(f.field.Type(), depth+1)
			}
			if others != nil {
				walk(others, depth+1)
			}
		}
	}
	walk(t, 0)
}

func (p *packageParser) refusedFormat(f jsonField, verb string) {
	at, places := placesOf(p, f.field, formatPlace)
	if len(places) > 0 {
		at = places[0]
	}
	p.diags.Report(diag.TagFormat, at,
		"encoding/json can't %s a struct whose field %s has the tag option format, and returns an error for every event; remove the option, and give the field a type with methods that read and write the format", verb, f.field.Name())
}

// formatPlace finds the option format in a field's json tag.
func formatPlace(fset *token.FileSet, lit *ast.BasicLit) (model.Pos, bool) {
	text, at := decodeLiteral(lit.Value)
	pairs, _ := tagPairs(text)
	for _, pair := range pairs {
		if pair.name != "json" {
			continue
		}
		if i := strings.Index(text[pair.value:pair.end], ",format:"); i >= 0 {
			return gosource.Pos(fset, lit.Pos()+token.Pos(at[pair.value+i+1])), true
		}
	}
	return model.Pos{}, false
}
