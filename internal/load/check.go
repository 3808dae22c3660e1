package load

import (
	"errors"
	"fmt"
	"go/ast"
	"go/scanner"
	"go/types"
	"os"
	"slices"
	"strconv"

	"golang.org/x/tools/go/gcexportdata"
	"golang.org/x/tools/go/packages"

	"github.com/jobgen/jobgen/internal/parallel"
)

// checker type-checks the packages of a list: those that were asked for from source, and
// what they import from export data.
type checker struct {
	source *sourceParser
	list   []*listed
	all    map[string]*packages.Package // by import path
	types  map[string]*types.Package    // by import path
	export map[*packages.Package]string // the files with export data
	levels map[*packages.Package]int
	// standard are the packages of the standard library.
	standard map[*packages.Package]bool
}

func newChecker(source *sourceParser, list []*listed) *checker {
	c := &checker{source: source, list: list, all: map[string]*packages.Package{}, types: map[string]*types.Package{},
		export: map[*packages.Package]string{}, levels: map[*packages.Package]int{}, standard: map[*packages.Package]bool{}}
	for _, l := range list {
		p := l.toPackage()
		c.all[l.ImportPath], c.standard[p] = p, l.Standard
		if l.DepOnly {
			c.export[p] = l.Export
		}
		if l.ImportPath == "unsafe" {
			p.Types = types.Unsafe // gcexportdata knows it
		} else {
			c.types[l.ImportPath] = p.Types
		}
	}
	for _, l := range list {
		for path, of := range l.imports() {
			if imported := c.all[of]; imported != nil {
				c.all[l.ImportPath].Imports[path] = imported
			}
		}
	}
	return c
}

// level returns how many packages from source are on the longest chain of imports of a
// package. Packages of one level don't import each other.
func (c *checker) level(p *packages.Package) int {
	level, ok := c.levels[p]
	if ok {
		return level
	}
	for _, imported := range p.Imports {
		above := c.level(imported)
		if _, isExport := c.export[imported]; !isExport {
			above++
		}
		level = max(level, above)
	}
	c.levels[p] = level
	return level
}

// imports returns the import paths of the packages that a package imports, by the paths in its
// source.
func (p *listed) imports() map[string]string {
	all := map[string]string{}
	for _, path := range p.Imports {
		all[path] = path
	}
	for path, of := range p.ImportMap {
		delete(all, of)
		all[path] = of
	}
	return all
}

// roots returns the packages that were asked for.
func (c *checker) roots() []*packages.Package {
	var roots []*packages.Package
	for _, l := range c.list {
		if !l.DepOnly {
			roots = append(roots, c.all[l.ImportPath])
		}
	}
	return roots
}

// check type-checks the packages, several of a level at a time. It reports whether it could
// read their files.
func (c *checker) check() bool {
	roots := c.roots()
	isRead := make([]bool, len(roots))
	parallel.Do(len(roots), func(i int) { isRead[i] = c.parse(roots[i]) })
	if slices.Contains(isRead, false) {
		return false
	}
	var levels [][]*packages.Package
	for _, p := range roots {
		at := c.level(p)
		for len(levels) <= at {
			levels = append(levels, nil)
		}
		levels[at] = append(levels[at], p)
	}
	for _, level := range levels {
		for _, p := range level {
			if err := c.readImports(p); err != nil {
				return false
			}
		}
		parallel.Do(len(level), func(i int) { c.checkTypes(level[i]) })
	}
	return true
}

// parse parses a package. It reports whether the run has read its files.
func (c *checker) parse(p *packages.Package) bool {
	p.Fset, p.CompiledGoFiles = c.source.fset, p.GoFiles
	for _, path := range p.GoFiles {
		if !c.source.has(path) {
			return false
		}
		file, err := c.source.parse(nil, path, nil)
		p.Errors = append(p.Errors, parseErrors(err)...)
		if file != nil {
			p.Syntax = append(p.Syntax, file)
		}
	}
	return true
}

// readImports reads the export data of what a package imports. It leaves out packages of the
// standard library that only bodies of functions mention. It reads other packages always,
// because a type of one can be part of a type of another, and its constants are the values
// that a run knows.
func (c *checker) readImports(p *packages.Package) error {
	mentioned := mentionedIn(p.Syntax)
	for _, imported := range p.Imports {
		if c.standard[imported] && !mentioned(imported) {
			continue
		}
		if err := c.read(imported); err != nil {
			return err
		}
	}
	return nil
}

// mentionedIn returns a function that reports whether code outside of functions may mention a
// package.
func mentionedIn(files []*ast.File) func(*packages.Package) bool {
	names, renamed := map[string]bool{}, map[string]bool{} // names and import paths
	for _, f := range files {
		for _, s := range f.Imports {
			if path, err := strconv.Unquote(s.Path.Value); err == nil && s.Name != nil {
				renamed[path] = true
			}
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if selector, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := selector.X.(*ast.Ident); ok {
					names[x.Name] = true
				}
			}
			return true
		})
	}
	return func(p *packages.Package) bool { return names[p.Name] || renamed[p.PkgPath] }
}

// read reads the export data of a package that isn't checked from source.
func (c *checker) read(p *packages.Package) error {
	file, ok := c.export[p]
	if !ok || p.Types.Complete() {
		return nil
	}
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	r, err := gcexportdata.NewReader(f) //nolint:staticcheck // the export files of Go 1.26 and 1.27 are archives; golang.org/x/tools/go/packages calls it too
	if err != nil {
		return err
	}
	p.Types, err = gcexportdata.Read(r, c.source.fset, c.types, p.ID)
	return err
}

// checkTypes type-checks a package without the bodies of functions.
func (c *checker) checkTypes(p *packages.Package) {
	p.TypesInfo = &types.Info{Defs: map[*ast.Ident]types.Object{}, Implicits: map[ast.Node]types.Object{}}
	cfg := &types.Config{
		Importer: importerFunc(func(path string) (*types.Package, error) {
			switch imported := p.Imports[path]; {
			case imported == nil:
				return nil, fmt.Errorf("the go command doesn't list package %s", path)
			case imported.Types.Complete():
				return imported.Types, nil
			default: // one that readImports has left out
				empty := types.NewPackage(imported.PkgPath, imported.Name)
				empty.MarkComplete()
				return empty, nil
			}
		}),
		IgnoreFuncBodies: true,
		Error:            func(error) {}, // without it, checking ends with the first error
	}
	if p.Module != nil && p.Module.GoVersion != "" {
		cfg.GoVersion = "go" + p.Module.GoVersion
	}
	_ = types.NewChecker(cfg, p.Fset, p.Types, p.TypesInfo).Files(p.Syntax)
}

// parseErrors returns a parser's errors in the library's form.
func parseErrors(err error) []packages.Error {
	list, ok := errors.AsType[scanner.ErrorList](err)
	if err != nil && !ok {
		return []packages.Error{{Pos: "-", Msg: err.Error(), Kind: packages.ParseError}}
	}
	var all []packages.Error
	for _, e := range list {
		all = append(all, packages.Error{Pos: e.Pos.String(), Msg: e.Msg, Kind: packages.ParseError})
	}
	return all
}

type importerFunc func(path string) (*types.Package, error)

func (f importerFunc) Import(path string) (*types.Package, error) { return f(path) }
