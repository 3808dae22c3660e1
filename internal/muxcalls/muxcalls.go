// Package muxcalls finds the calls of jobs.Mux in main packages, and the packages whose
// dispatchers each call joins. It reads syntax alone: a main package need not compile.
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

	"github.com/jobgen/jobgen/internal/load"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/snapshot"
)

// Call is a call of jobs.Mux.
type Call struct {
	Pos  model.Pos
	Dirs []string // of the packages whose dispatchers it joins, each once
}

// In returns the calls of jobs.Mux in a directory, if it holds a main package.
func In(l *load.Loader, dir string) []Call {
	files := mainFiles(l.Sources, dir)
	if files == nil {
		return nil
	}
	return callsIn(files, listed(l, dir, files))
}

// file is a file of a main package.
type file struct {
	path   string
	fset   *token.FileSet
	syntax *ast.File
}

// mainFiles returns the files of package main in a directory, nil if none of them
// calls jobs.Mux. It parses the files only if the bytes of one may hold such a call,
// which few do.
func mainFiles(sources *snapshot.Snapshot, dir string) []file {
	all, err := sources.Dir(dir)
	if err != nil || !slices.ContainsFunc(all, mayCallMux) {
		return nil
	}
	var files []file
	for _, f := range all {
		if f.Err != nil || snapshot.IsHidden(f.Name()) || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		fset := token.NewFileSet()
		syntax, err := parser.ParseFile(fset, f.Path, f.Data, parser.SkipObjectResolution)
		if err == nil && syntax.Name.Name == "main" {
			files = append(files, file{f.Path, fset, syntax})
		}
	}
	return files
}

func mayCallMux(f *snapshot.File) bool {
	return bytes.Contains(f.Data, []byte("Mux")) && bytes.Contains(f.Data, []byte(strconv.Quote(model.RuntimePath)))
}

// listing is a main package, and what it imports, as the go command lists them.
type listing struct {
	dir    string
	files  []string                     // that are part of the build
	byPath map[string]*packages.Package // imports
}

// listed lists a main package, and what is imported by those of its files that
// mention a dispatcher. A package that can't be listed is missing: a build reports
// it.
func listed(l *load.Loader, dir string, files []file) listing {
	found := listing{dir: dir, byPath: map[string]*packages.Package{}}
	patterns := []string{dir}
	for _, f := range files {
		if len(dispatchersIn(f.syntax)) > 0 {
			patterns = append(patterns, f.imports()...)
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
func (f *file) imports() []string {
	var paths []string
	for _, spec := range f.syntax.Imports {
		if p, err := strconv.Unquote(spec.Path.Value); err == nil && p != "C" {
			paths = append(paths, p)
		}
	}
	return paths
}

// callsIn returns the calls of jobs.Mux in the files of a main package.
func callsIn(files []file, list listing) []Call {
	files = slices.DeleteFunc(files, func(f file) bool { return !slices.Contains(list.files, f.path) })
	var everything []string // that the package makes dispatchers of
	for _, f := range files {
		everything = append(everything, list.dirs(f, dispatchersIn(f.syntax))...)
	}
	var all []Call
	for _, f := range files {
		names := list.names(f)
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || !isMux(call.Fun, names) {
				return true
			}
			at := f.fset.PositionFor(call.Pos(), false)
			c := Call{model.Pos{File: f.path, Line: at.Line, Column: at.Column}, everything}
			if made := dispatchersOf(call.Args); made != nil {
				c.Dirs = list.dirs(f, made)
			}
			c.Dirs = unique(c.Dirs)
			all = append(all, c)
			return false
		})
	}
	return all
}

// unique returns the names in their order, each once.
func unique(names []string) []string {
	var once []string
	for _, name := range names {
		if !slices.Contains(once, name) {
			once = append(once, name)
		}
	}
	return once
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

// dispatchersOf returns the mentions of NewDispatcher in a call's arguments; nil if one
// of the arguments mentions none, and is made elsewhere.
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

// dispatchersIn returns the mentions of a generated constructor below a node: p.NewDispatcher
// of another package, NewDispatcher of the main package.
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

// names returns the import paths of a file by the names that it gives them.
func (l listing) names(f file) map[string]string {
	names := map[string]string{}
	for _, spec := range f.syntax.Imports {
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
func (l listing) dirs(f file, constructors []ast.Expr) []string {
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
