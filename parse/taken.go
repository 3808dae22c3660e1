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
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/snapshot"
)

// taken is a name that a file of the package has.
type taken struct {
	name string
	pos  token.Pos
	// imported says that the name is the file's own, of something that it imports.
	imported bool
}

// checkTaken reports the user's names that the generated file needs: no import may
// have one that it declares, and no declaration one that it uses either.
func (p *packageParser) checkTaken() {
	declared, used := p.out.Declared(), p.out.Predeclared()
	for _, t := range p.taken {
		remedy := "rename the declaration"
		if t.imported {
			remedy = "give the import another name"
		}
		if slices.Contains(declared, t.name) || !t.imported && slices.Contains(used, t.name) {
			p.diags.Report(diag.NameTaken, gosource.Pos(p.pkg.Fset, t.pos),
				"the generated %s needs the name %s in this package; %s", model.DispatcherFile, t.name, remedy)
		}
	}
}

// takenNames returns the names that the package's files have at the top level, those
// included that are not in this build: the generated file is in theirs.
func (p *packageParser) takenNames() []taken {
	var all []taken
	files := p.otherFiles()
	for _, f := range p.pkg.Files {
		files = append(files, f.Syntax)
	}
	for _, f := range files {
		for _, decl := range f.Decls {
			all = append(all, declaredBy(decl)...)
		}
		for _, s := range f.Imports {
			all = append(all, p.importedBy(s)...)
		}
	}
	return all
}

func declaredBy(decl ast.Decl) []taken {
	var names []taken
	switch d := decl.(type) {
	case *ast.FuncDecl:
		switch {
		case d.Recv == nil:
			names = append(names, taken{name: d.Name.Name, pos: d.Name.Pos()})
		case gosource.ReceiverName(d) == "Jobs":
			names = append(names, taken{name: "Jobs." + d.Name.Name, pos: d.Name.Pos()})
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				names = append(names, taken{name: s.Name.Name, pos: s.Name.Pos()})
			case *ast.ValueSpec:
				for _, ident := range s.Names {
					names = append(names, taken{name: ident.Name, pos: ident.Pos()})
				}
			}
		}
	}
	return names
}

// importedBy returns the names that an import gives its file: one, or with a dot
// all that the package exports. Where the package isn't loaded, its path must do.
func (p *packageParser) importedBy(s *ast.ImportSpec) []taken {
	imported, err := strconv.Unquote(s.Path.Value)
	if err != nil {
		return nil
	}
	name := path.Base(imported)
	obj := p.pkg.TypesInfo.PkgNameOf(s)
	switch {
	case s.Name != nil && s.Name.Name != ".":
		name = s.Name.Name
	case s.Name != nil:
		return dotted(obj, s.Pos())
	case obj != nil:
		name = obj.Name()
	}
	return []taken{{name, s.Pos(), true}}
}

// dotted returns the names that a package exports, as far as it is loaded.
func dotted(imported *types.PkgName, pos token.Pos) []taken {
	if imported == nil {
		return nil
	}
	var names []taken
	for _, name := range imported.Imported().Scope().Names() {
		if ast.IsExported(name) {
			names = append(names, taken{name, pos, true})
		}
	}
	return names
}

// otherFiles returns the package's files that are not in this build: tests, and
// those that build constraints leave out, but for files that no build has together
// with the generated one. What can't be parsed of one is its own build's
// business.
func (p *packageParser) otherFiles() []*ast.File {
	sources, err := p.sources.Dir(p.out.Dir)
	if err != nil {
		return nil
	}
	var files []*ast.File
	for _, source := range sources {
		isLoaded := slices.ContainsFunc(p.pkg.Files, func(f *gosource.File) bool { return f.Path == source.Path })
		if snapshot.IsHidden(source.Name()) || source.Name() == model.DispatcherFile || source.Err != nil || isLoaded {
			continue
		}
		f, _ := parser.ParseFile(p.pkg.Fset, source.Path, source.Data, parser.ParseComments|parser.SkipObjectResolution)
		if f != nil && f.Name.Name == p.out.Name && !isIgnored(f) && builds.Compatible(p.built, builds.ReadFile(source.Path, source.Data).Conditions()) {
			files = append(files, f)
		}
	}
	return files
}

// isIgnored reports whether a file is built by its name alone, as programs that
// generate something are: by convention they are for builds with the tag ignore.
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
