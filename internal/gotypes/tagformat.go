package gotypes

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/model"
)

// FormatOption is a field whose json tag has the option format.
type FormatOption struct {
	Field *types.Var
	Pos   model.Pos
}

// FormatOptions returns the fields with the option format of a type, and of the
// types that it is made of. Itself reports whether encoding/json leaves a type to a
// method.
func (r *TagReader) FormatOptions(t types.Type, itself func(types.Type) bool) []FormatOption {
	var all []FormatOption
	seen := map[types.Type]bool{}
	var walk func(types.Type, int)
	walk = func(t types.Type, depth int) {
		t = Pointee(t)
		if seen[t] || depth > maxDepth || len(seen) > maxTypes || itself(t) {
			return
		}
		seen[t] = true
		switch u := t.Underlying().(type) {
		case interface{ Elem() types.Type }:
			walk(u.Elem(), depth+1)
		case *types.Struct:
			fields, others := r.json.fields(u)
			for _, f := range fields {
				if f.format {
					all = append(all, FormatOption{f.field, r.formatPos(f)})
				}
				walk(f.field.Type(), depth+1)
			}
			if others != nil {
				walk(others, depth+1)
			}
		}
	}
	walk(t, 0)
	return all
}

// formatPos returns the place of a field's option, or that of the field.
func (r *TagReader) formatPos(f jsonField) model.Pos {
	at, places := placesOf(r, f.field, formatPlace)
	if len(places) > 0 {
		return places[0]
	}
	return at
}

// formatPlace returns the position of the option format in a json tag.
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
