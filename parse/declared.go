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

// declaredName is a name that a file of the package declares at its top level.
type declaredName struct {
	name string
	pos  token.Pos
	// imported says that an import declares the name, for its file alone.
	imported bool
}

// placed returns names with their places, as the checks read them.
func placed(fset *token.FileSet, names []declaredName) []lint.Declared {
	var all []lint.Declared
	for _, n := range names {
		all = append(all, lint.Declared{Name: n.name, Pos: gosource.Pos(fset, n.pos), Imported: n.imported})
	}
	return all
}

// declaredNames returns the names that the package's files declare at the top level.
// Built is the constraint of the generated file: files that other builds have together
// with it count too.
func declaredNames(pkg *load.Package, sources *snapshot.Snapshot, built constraint.Expr) []declaredName {
	var all []declaredName
	files := otherFiles(pkg, sources, built)
	for _, f := range pkg.Files {
		files = append(files, f.Syntax)
	}
	for _, f := range files {
		for _, decl := range f.Decls {
			all = append(all, declaredBy(decl)...)
		}
		for _, s := range f.Imports {
			all = append(all, importedBy(pkg, s)...)
		}
	}
	return all
}

func declaredBy(decl ast.Decl) []declaredName {
	var names []declaredName
	switch d := decl.(type) {
	case *ast.FuncDecl:
		switch {
		case d.Recv == nil:
			names = append(names, declaredName{name: d.Name.Name, pos: d.Name.Pos()})
		case gosource.ReceiverName(d) == "Jobs":
			names = append(names, declaredName{name: "Jobs." + d.Name.Name, pos: d.Name.Pos()})
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				names = append(names, declaredName{name: s.Name.Name, pos: s.Name.Pos()})
			case *ast.ValueSpec:
				for _, ident := range s.Names {
					names = append(names, declaredName{name: ident.Name, pos: ident.Pos()})
				}
			}
		}
	}
	return names
}

// importedBy returns the names that an import declares: one, or with a dot all that
// the package exports. The name of a package that isn't loaded is the last element of
// its path.
func importedBy(pkg *load.Package, s *ast.ImportSpec) []declaredName {
	imported, err := strconv.Unquote(s.Path.Value)
	if err != nil {
		return nil
	}
	name := path.Base(imported)
	obj := pkg.TypesInfo.PkgNameOf(s)
	switch {
	case s.Name != nil && s.Name.Name != ".":
		name = s.Name.Name
	case s.Name != nil:
		return dotted(obj, s.Pos())
	case obj != nil:
		name = obj.Name()
	}
	return []declaredName{{name, s.Pos(), true}}
}

// dotted returns the names that a package exports, none if it isn't loaded.
func dotted(imported *types.PkgName, pos token.Pos) []declaredName {
	if imported == nil {
		return nil
	}
	var names []declaredName
	for _, name := range imported.Imported().Scope().Names() {
		if ast.IsExported(name) {
			names = append(names, declaredName{name, pos, true})
		}
	}
	return names
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
