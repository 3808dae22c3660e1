package parse

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

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/load"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/snapshot"
)

// muxes checks the main packages among the run's that join dispatchers with jobs.Mux:
// two packages that a program joins must not have a handler or a rule id in common.
// Packages that the run doesn't read are read for this, and nothing else of them is
// reported.
func (r *run) muxes(dirs []*load.Dir) {
	known := map[string]*model.Package{}
	for _, p := range r.parsers {
		known[p.out.Dir] = p.out
	}
	for _, d := range dirs {
		files := muxFiles(r.res.sources, d.Path)
		if files == nil {
			continue
		}
		for _, m := range joinsOf(files, listed(r.loader, d.Path, files)) {
			r.readJoined(load.ModuleRoot(d.Path), m.dirs, known)
			var joined []*model.Package
			for _, dir := range m.dirs {
				if p := known[dir]; p != nil {
					joined = append(joined, p)
				}
			}
			sameNames(m.call, joined, &r.res.Diagnostics)
		}
	}
}

// join is a call of jobs.Mux.
type join struct {
	call model.Pos
	dirs []string // of the packages whose dispatchers it joins, each once
}

// muxFile is a file of a main package that calls jobs.Mux.
type muxFile struct {
	path   string
	fset   *token.FileSet
	syntax *ast.File
}

// muxFiles returns the files of a directory if it may be a main package that calls
// jobs.Mux, or else nil. Most directories are done with after a look at the bytes.
func muxFiles(sources *snapshot.Snapshot, dir string) []muxFile {
	all, err := sources.Dir(dir)
	if err != nil || !slices.ContainsFunc(all, mayCallMux) {
		return nil
	}
	var files []muxFile
	for _, f := range all {
		if f.Err != nil || snapshot.IsHidden(f.Name()) || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		fset := token.NewFileSet()
		syntax, err := parser.ParseFile(fset, f.Path, f.Data, parser.SkipObjectResolution)
		if err == nil && syntax.Name.Name == "main" {
			files = append(files, muxFile{f.Path, fset, syntax})
		}
	}
	return files
}

func mayCallMux(f *snapshot.File) bool {
	return bytes.Contains(f.Data, []byte("Mux")) && bytes.Contains(f.Data, []byte(strconv.Quote(model.RuntimePath)))
}

// listing is what the go command says of a main package and what it imports.
type listing struct {
	dir    string
	files  []string                     // that are part of the build
	byPath map[string]*packages.Package // imports
}

// listed lists a main package and what those of its files import that mention a
// dispatcher. What can't be listed is missing: a build reports it.
func listed(l *load.Loader, dir string, files []muxFile) listing {
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
func (f *muxFile) imports() []string {
	var paths []string
	for _, spec := range f.syntax.Imports {
		if p, err := strconv.Unquote(spec.Path.Value); err == nil && p != "C" {
			paths = append(paths, p)
		}
	}
	return paths
}

// joinsOf returns the calls of jobs.Mux in a main package.
func joinsOf(files []muxFile, list listing) []join {
	files = slices.DeleteFunc(files, func(f muxFile) bool { return !slices.Contains(list.files, f.path) })
	var everything []string // that the package makes dispatchers of
	for _, f := range files {
		everything = append(everything, list.dirs(f, dispatchersIn(f.syntax))...)
	}
	var all []join
	for _, f := range files {
		names := list.names(f)
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || !isMux(call.Fun, names) {
				return true
			}
			at := f.fset.PositionFor(call.Pos(), false)
			j := join{model.Pos{File: f.path, Line: at.Line, Column: at.Column}, everything}
			if made := dispatchersOf(call.Args); made != nil {
				j.dirs = list.dirs(f, made)
			}
			j.dirs = unique(j.dirs)
			all = append(all, j)
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
func (l listing) names(f muxFile) map[string]string {
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
func (l listing) dirs(f muxFile, constructors []ast.Expr) []string {
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

// readJoined reads the packages that are not known yet. They are loaded from the main
// package's module, and what can't be loaded stays unknown.
func (r *run) readJoined(root string, dirs []string, known map[string]*model.Package) {
	var missing []string
	for _, dir := range dirs {
		if _, ok := known[dir]; !ok {
			missing, known[dir] = append(missing, dir), nil
		}
	}
	found, err := r.loader.Find(root, missing)
	if err != nil {
		return
	}
	found = slices.DeleteFunc(found, func(d *load.Dir) bool { return !d.IsMarked() })
	if len(found) == 0 {
		return
	}
	if err := r.loader.LoadFrom(root, found, &diag.List{}); err != nil {
		return
	}
	for _, d := range found {
		for _, pkg := range d.Packages {
			if p := newPackageParser(r.cfg, pkg, r.loader); p.parse(r.cfg) {
				known[pkg.Dir] = p.out
			}
		}
	}
}

// owner is what has a handler or a rule id, and where.
type owner struct {
	pkg *model.Package
	pos model.Pos
}

// sameNames reports the handlers and rule ids that two packages have which a call of
// jobs.Mux joins. A rule that has its id from its job is reported with the job.
func sameNames(call model.Pos, joined []*model.Package, diags *diag.List) {
	handlers, ids := map[string]owner{}, map[string]owner{}
	clash := func(owners map[string]owner, name string, now owner, message func(before owner) string) bool {
		before, ok := owners[name]
		if !ok {
			owners[name] = now
		}
		if !ok || before.pkg == now.pkg {
			return false
		}
		diags.Add(diag.New(diag.MuxClash, now.pos, "%s", message(before)).
			Relate(before.pos, "%s has it here", before.pkg.Path).Relate(call, "jobs.Mux is called here"))
		return true
	}
	for _, p := range joined {
		for _, j := range p.Jobs() {
			same := clash(handlers, j.Handler(), owner{p, j.Pos}, func(before owner) string {
				return "jobs.Mux joins this package with " + before.pkg.Path + ", and both have the handler " + j.Handler() +
					"; put a name before those of one package, such as `//jobs:package handler: " + distinctName(p, before.pkg) + "`"
			})
			for _, rule := range j.Rules {
				given := rule.ID != j.ID()
				if rule.ID == "" || same && !given {
					continue
				}
				clash(ids, rule.ID, owner{p, rule.Pos}, func(before owner) string {
					return "jobs.Mux joins this package with " + before.pkg.Path + ", and both have the rule id " + rule.ID +
						"; give one of the rules another with `//jobs:event_rule id: Name`"
				})
			}
		}
	}
}

// distinctName returns the last element of a package's path that is a name and no
// element of another's.
func distinctName(p, other *model.Package) string {
	elements, others := strings.Split(p.Path, "/"), strings.Split(other.Path, "/")
	for _, name := range slices.Backward(elements) {
		if ruleID.MatchString(name) && !strings.Contains(name, "-") && !slices.Contains(others, name) {
			return name
		}
	}
	return "NAME"
}
