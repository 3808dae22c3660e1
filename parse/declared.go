package parse

import (
	"go/ast"
	"go/build/constraint"
	"go/parser"
	"go/token"
	"go/types"
	"path"
	"slices"
	"strconv"

	"github.com/jobgen/jobgen/internal/builds"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/lint"
	"github.com/jobgen/jobgen/internal/load"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/snapshot"
)

// declaredNames returns the names that the package's files declare at the top level.
// Built is the constraint of the generated file: files that other builds have together
// with it count too.
func declaredNames(pkg *load.Package, sources *snapshot.Snapshot, built constraint.Expr) []lint.Declared {
	var all []lint.Declared
	files := otherFiles(pkg, sources, built)
	for _, f := range pkg.Files {
		files = append(files, f.Syntax)
	}
	for _, f := range files {
		for _, decl := range f.Decls {
			all = append(all, declaredBy(pkg.Fset, decl)...)
		}
		for _, s := range f.Imports {
			all = append(all, importedBy(pkg, s)...)
		}
	}
	return all
}

func declaredBy(fset *token.FileSet, decl ast.Decl) []lint.Declared {
	var all []lint.Declared
	add := func(ident *ast.Ident, prefix string) {
		all = append(all, lint.Declared{Name: prefix + ident.Name, Pos: gosource.Pos(fset, ident.Pos())})
	}
	switch d := decl.(type) {
	case *ast.FuncDecl:
		switch {
		case d.Recv == nil:
			add(d.Name, "")
		case gosource.ReceiverName(d) == "Jobs":
			add(d.Name, "Jobs.")
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				add(s.Name, "")
			case *ast.ValueSpec:
				for _, ident := range s.Names {
					add(ident, "")
				}
			}
		}
	}
	return all
}

// importedBy returns the names that an import declares: one, or with a dot all that
// the package exports. The name of a package that isn't loaded is the last element of
// its path.
func importedBy(pkg *load.Package, s *ast.ImportSpec) []lint.Declared {
	imported, err := strconv.Unquote(s.Path.Value)
	if err != nil {
		return nil
	}
	names := []string{path.Base(imported)}
	obj := pkg.TypesInfo.PkgNameOf(s)
	switch {
	case s.Name != nil && s.Name.Name != ".":
		names[0] = s.Name.Name
	case s.Name != nil:
		names = exported(obj)
	case obj != nil:
		names[0] = obj.Name()
	}
	var all []lint.Declared
	for _, name := range names {
		all = append(all, lint.Declared{Name: name, Pos: gosource.Pos(pkg.Fset, s.Pos()), Imported: true})
	}
	return all
}

// exported returns the names that a package exports, none if it isn't loaded.
func exported(imported *types.PkgName) []string {
	if imported == nil {
		return nil
	}
	return slices.DeleteFunc(imported.Imported().Scope().Names(), func(name string) bool { return !ast.IsExported(name) })
}

// otherFiles returns the package's files that this build lacks and another build has
// together with the generated one: tests, and files that constraints leave out. Their
// syntax errors are for those builds to report.
func otherFiles(pkg *load.Package, read *snapshot.Snapshot, built constraint.Expr) []*ast.File {
	sources, err := read.Dir(pkg.Dir)
	if err != nil {
		return nil
	}
	var files []*ast.File
	for _, source := range sources {
		isLoaded := slices.ContainsFunc(pkg.Files, func(f *gosource.File) bool { return f.Path == source.Path })
		if snapshot.IsHidden(source.Name()) || source.Name() == model.DispatcherFile || source.Err != nil || isLoaded {
			continue
		}
		f, _ := parser.ParseFile(pkg.Fset, source.Path, source.Data, parser.ParseComments|parser.SkipObjectResolution)
		if f != nil && f.Name.Name == pkg.Name && !isIgnored(f) && builds.Compatible(built, builds.ReadFile(source.Path, source.Data).Conditions()) {
			files = append(files, f)
		}
	}
	return files
}

// isIgnored reports whether a file is built only by its name, as programs that generate
// something are: by convention they have the constraint ignore.
func isIgnored(f *ast.File) bool {
	for _, group := range f.Comments {
		for _, c := range group.List {
			if expr, err := constraint.Parse(c.Text); err == nil && c.Pos() < f.Package && expr.String() == "ignore" {
				return true
			}
		}
	}
	return false
}
