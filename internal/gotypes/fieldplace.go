package gotypes

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/model"
)

// position returns a field's position. Export data, which has the fields of other
// packages, has no columns.
func (r *FieldReader) position(v *types.Var) model.Pos { return gosource.Pos(r.pkg.Fset, v.Pos()) }

// isForeign reports whether a package is of another module than the handlers' or a member
// of its workspace.
func (r *FieldReader) isForeign(p *types.Package) bool {
	if p == r.pkg.Types {
		return false
	}
	foreign, ok := r.foreign[p.Path()]
	if !ok {
		declared := packageOf(r.pkg, p.Path())
		foreign = declared == nil || declared.Module == nil || !declared.Module.Main
		r.foreign[p.Path()] = foreign
	}
	return foreign
}

// places returns the positions of a field's name, and of the name in its json tag.
func (r *FieldReader) places(f jsonField) (field, tag model.Pos) {
	type places struct{ field, tag model.Pos }
	at, found := placesOf(r, f.field, func(fset *token.FileSet, syntax *ast.Field) (places, bool) {
		at := places{field: gosource.Pos(fset, nameIn(syntax, f.field.Name()).Pos())}
		if at.tag = at.field; f.tagged {
			if tag, ok := jsonPlace(fset, syntax, f.name, 0); ok {
				at.tag = tag
			}
		}
		return at, true
	})
	if len(found) == 0 {
		return at, at
	}
	return found[0].field, found[0].tag
}

// nameIn returns the identifier of a name that a field declares.
func nameIn(field *ast.Field, name string) *ast.Ident {
	for _, id := range fieldNames(field) {
		if id.Name == name {
			return id
		}
	}
	return nil
}
