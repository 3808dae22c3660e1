// Package muxcalls finds the calls of jobs.Mux in main packages, and the packages whose
// dispatchers each call joins. It reads only syntax, so a main package need not compile.
package muxcalls

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/load"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/snapshot"
)

// Call is a call of jobs.Mux.
type Call struct {
	Pos  model.Pos
	Dirs []string // of the packages whose dispatchers it joins; one may be there twice
}

// In returns the calls of jobs.Mux in a directory, if it has a main package.
func In(l *load.Loader, dir string) []Call {
	fset := token.NewFileSet()
	files := mainFiles(fset, l.Sources, dir)
	if files == nil {
		return nil
	}
	return list(l, dir, files).calls(fset, files)
}

// mainFiles returns the files of package main in a directory, nil if none of them calls
// jobs.Mux. It parses the files only if the bytes of one may contain such a call, which is
// rare.
func mainFiles(fset *token.FileSet, sources *snapshot.Snapshot, dir string) []*ast.File {
	all, err := sources.Dir(dir)
	if err != nil || !slices.ContainsFunc(all, mayCallMux) {
		return nil
	}
	var files []*ast.File
	for _, f := range all {
		if f.Err != nil || snapshot.IsHidden(f.Name()) || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		syntax, err := parser.ParseFile(fset, f.Path, f.Data, parser.SkipObjectResolution)
		if err == nil && syntax.Name.Name == "main" {
			files = append(files, syntax)
		}
	}
	return files
}

func mayCallMux(f *snapshot.File) bool {
	return bytes.Contains(f.Data, []byte("Mux")) && bytes.Contains(f.Data, []byte(strconv.Quote(model.RuntimePath)))
}

// listing is a main package and its imports, as the go command lists them.
type listing struct {
	dir    string
	files  []string                     // of the build
	byPath map[string]*packages.Package // the imports
}

// list lists a main package, and the imports of those of its files that mention a
// dispatcher. It leaves out packages that can't be listed, which a build reports.
func list(l *load.Loader, dir string, files []*ast.File) listing {
	found := listing{dir: dir, byPath: map[string]*packages.Package{}}
	patterns := []string{dir}
	for _, f := range files {
		if len(dispatchersIn(f)) > 0 {
			patterns = append(patterns, imports(f)...)
		}
	}
	slices.Sort(patterns[1:])
	loaded, err := l.List(load.ModuleRoot(dir), slices.Compact(patterns)...)
	if err != nil {
		return found
	}
	for _, p := range loaded {
		found.byPath[p.PkgPath] = p
		if p.Dir == dir {
			found.files = append(found.files, p.GoFiles...)
		}
	}
	return found
}

// imports returns the paths that a file imports.
func imports(f *ast.File) []string {
	var paths []string
	for _, spec := range f.Imports {
		if p, err := strconv.Unquote(spec.Path.Value); err == nil && p != "C" {
			paths = append(paths, p)
		}
	}
	return paths
}

// calls returns the calls of jobs.Mux in the files of a main package. A call with
// dispatchers that are made elsewhere joins all packages of which the main package makes a
// dispatcher.
func (l listing) calls(fset *token.FileSet, files []*ast.File) []Call {
	files = slices.DeleteFunc(files, func(f *ast.File) bool { return !slices.Contains(l.files, fset.File(f.Package).Name()) })
	var everything []string
	for _, f := range files {
		everything = append(everything, l.dirs(f, dispatchersIn(f))...)
	}
	var all []Call
	for _, f := range files {
		names := l.names(f)
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || !isMux(call.Fun, names) {
				return true
			}
			c := Call{gosource.Pos(fset, call.Pos()), everything}
			if made := dispatchersOf(call.Args); made != nil {
				c.Dirs = l.dirs(f, made)
			}
			all = append(all, c)
			return false
		})
	}
	return all
}

// isMux reports whether an expression is the runtime package's Mux.
func isMux(fun ast.Expr, names map[string]string) bool {
	switch fun := ast.Unparen(fun).(type) {
	case *ast.SelectorExpr:
		x, ok := fun.X.(*ast.Ident)
		return ok && fun.Sel.Name == "Mux" && names[x.Name] == model.RuntimePath
	case *ast.Ident:
		return fun.Name == "Mux" && names["."] == model.RuntimePath
	}
	return false
}

// dispatchersOf returns the mentions of NewDispatcher in a call's arguments. It returns nil
// if an argument has none, because the dispatcher is made elsewhere.
func dispatchersOf(args []ast.Expr) []ast.Expr {
	var all []ast.Expr
	for _, arg := range args {
		made := dispatchersIn(arg)
		if len(made) == 0 {
			return nil
		}
		all = append(all, made...)
	}
	return all
}

// dispatchersIn returns the mentions of generated constructors below a node: p.NewDispatcher
// of another package, or NewDispatcher of the main package.
func dispatchersIn(n ast.Node) []ast.Expr {
	const constructor = "NewDispatcher"
	var all []ast.Expr
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if _, ok := n.X.(*ast.Ident); ok && n.Sel.Name == constructor {
				all = append(all, n)
				return false
			}
		case *ast.Ident:
			if n.Name == constructor {
				all = append(all, n)
			}
		}
		return true
	})
	return all
}

// names returns the import paths of a file by the imports' names.
func (l listing) names(f *ast.File) map[string]string {
	names := map[string]string{}
	for _, spec := range f.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		switch {
		case err != nil:
		case spec.Name != nil:
			names[spec.Name.Name] = p
		case l.byPath[p] != nil && l.byPath[p].Name != "":
			names[l.byPath[p].Name] = p
		default:
			names[path.Base(p)] = p
		}
	}
	return names
}

// dirs returns the directories of the packages whose constructors a file mentions.
func (l listing) dirs(f *ast.File, constructors []ast.Expr) []string {
	names := l.names(f)
	var dirs []string
	for _, c := range constructors {
		selector, ok := c.(*ast.SelectorExpr)
		if !ok {
			dirs = append(dirs, l.dir)
			continue
		}
		if p := l.byPath[names[selector.X.(*ast.Ident).Name]]; p != nil && p.Dir != "" {
			dirs = append(dirs, p.Dir)
		}
	}
	return dirs
}
