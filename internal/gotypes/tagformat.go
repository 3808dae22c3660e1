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
func (r *FieldReader) FormatOptions(t types.Type, itself func(types.Type) bool) []FormatOption {
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
func (r *FieldReader) formatPos(f jsonField) model.Pos {
	at, places := placesOf(r, f.field, formatPlace)
	if len(places) > 0 {
		return places[0]
	}
	return at
}

// formatPlace returns the position of the option format in a json tag.
func formatPlace(fset *token.FileSet, field *ast.Field) (model.Pos, bool) {
	return jsonPlace(fset, field, ",format:", 1)
}

// jsonPlace returns the position of a text in a field's json tag, or of what begins so
// many bytes behind its start.
func jsonPlace(fset *token.FileSet, field *ast.Field, text string, offset int) (model.Pos, bool) {
	if field.Tag == nil {
		return model.Pos{}, false
	}
	tag, at := decodeLiteral(field.Tag.Value)
	pairs, _ := tagPairs(tag)
	for _, pair := range pairs {
		if pair.name != "json" {
			continue
		}
		if i := strings.Index(tag[pair.value:pair.end], text); i >= 0 {
			return gosource.Pos(fset, field.Tag.Pos()+token.Pos(at[pair.value+i+offset])), true
		}
	}
	return model.Pos{}, false
}
