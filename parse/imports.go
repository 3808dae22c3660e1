package parse

import (
	"go/ast"
	"go/types"

	"github.com/jobgen/jobgen/internal/gotypes"
	"github.com/jobgen/jobgen/internal/lint"
	"github.com/jobgen/jobgen/internal/load"
	"github.com/jobgen/jobgen/internal/model"
)

// importsOf returns the names that the generated file can't give an import, the real
// names of what it imports, and the underlying types of what its handlers decode.
func importsOf(pkg *load.Package, names []lint.Declared) (model.Imports, model.Types) {
	reader := gotypes.NewTypeReader(pkg.Types)
	out := model.Imports{Names: reader.Names, Taken: map[string]bool{}, Anywhere: map[string]bool{}, Files: map[string]bool{}}
	for _, n := range names {
		if n.Imported {
			out.Files[n.Name] = true
		} else {
			out.Anywhere[n.Name] = true
		}
	}
	for _, name := range pkg.Types.Scope().Names() {
		out.Taken[name] = true
	}
	for _, f := range pkg.Files {
		for _, decl := range f.Syntax.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || fn.Recv == nil {
				continue
			}
			if obj, ok := pkg.TypesInfo.Defs[fn.Name].(*types.Func); ok {
				reader.Signature(obj.Signature())
			}
		}
	}
	return out, reader.Types
}
