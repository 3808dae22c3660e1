package parse

import (
	"context"
	"fmt"
	"go/ast"
	"go/build/constraint"
	"go/types"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/tools/go/packages"

	"github.com/jobgen/jobgen/internal/attach"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/snapshot"
)

// Config says what to parse.
type Config struct {
	// Dir is the directory that patterns are relative to; absolute.
	Dir string
	// Patterns are directories, directories with /... behind, or import paths;
	// none is Dir itself.
	Patterns []string
	// Tags are build tags, as go build -tags takes them.
	Tags string
	// Formats and Layout, where they are set, override what the packages say.
	Formats []string
	Layout  model.Layout
	// Schemas describe the user's own events.
	Schemas []*Schema
	// Now is the time that schedules are held against; zero is the present.
	Now time.Time
}

// Result is what was found.
type Result struct {
	// Packages are those with jobs, by directory. They are complete only if
	// Diagnostics has no errors.
	Packages []*model.Package
	// Jobless are the directories that were looked at and have no jobs: a
	// generated file in one is an orphan, unless Unread says otherwise.
	Jobless     []string
	Diagnostics diag.List

	sources *snapshot.Snapshot
	dirs    map[string]*dir
}

// Source returns the bytes of a Go file as this run has read them. It is nil
// for a file that was not read, and for one outside its module, to which a link
// leads: an excerpt of it could show what the module's author can't read.
func (r *Result) Source(file string) []byte {
	if r.sources == nil {
		return nil
	}
	return r.sources.Source(file, moduleRoot(filepath.Dir(file)))
}

// Compare compares the Go files of directories with what this run has read, those
// that jobgen writes aside. The error is a *snapshot.ChangedError where a file is
// another by now.
func (r *Result) Compare(dirs ...string) error {
	return r.sources.Compare(dirs...)
}

// DefaultFormat is the rule-definition format that is written if none is named.
const DefaultFormat = "cloudformation"

// Parse finds, loads and checks the packages. The error is for what is no
// finding in the user's code: a pattern that names no directory, a go command
// that can't run.
func Parse(ctx context.Context, cfg Config) (*Result, error) {
	if len(cfg.Patterns) == 0 {
		cfg.Patterns = []string{"."}
	}
	if cfg.Now.IsZero() {
		cfg.Now = time.Now()
	}
	l := newLoader(ctx, cfg.Tags)
	dirs, err := findAll(l, cfg)
	if err != nil {
		return nil, err
	}
	res := &Result{sources: l.sources, dirs: map[string]*dir{}}
	var candidates []*dir
	unread := false
	for _, d := range dirs {
		res.dirs[d.path] = d
		switch {
		case !d.outlined():
			d.reportOutside(&res.Diagnostics)
			res.Jobless = append(res.Jobless, d.path)
		case d.reportUnreadable(&res.Diagnostics):
			unread = true
		default:
			candidates = append(candidates, d)
		}
	}
	run := &run{cfg: cfg, res: res, loader: l, unread: unread, usedTags: map[model.Pos]bool{}, usedSchemas: map[*Schema]bool{}}
	if len(candidates) == 0 {
		if !unread {
			unusedSchemas(cfg.Schemas, nil, &res.Diagnostics)
		}
		run.muxes(dirs)
		return res, nil
	}
	loaded, err := l.load(candidates)
	if err != nil {
		return nil, fmt.Errorf("loading packages: %w", err)
	}
	for _, d := range candidates {
		if err := run.dir(d, loaded); err != nil {
			return nil, err
		}
	}
	homeless(loaded, candidates, &res.Diagnostics)
	run.muxes(dirs)
	if run.finish(ctx); ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return res, nil
}

// run is one run over several packages.
type run struct {
	cfg     Config
	res     *Result
	loader  *loader
	parsers []*packageParser
	// usedTags are the struct tags that a rule uses, which may be another
	// package's than the type's.
	usedTags map[model.Pos]bool
	// usedSchemas are those whose source a rule names.
	usedSchemas map[*Schema]bool
	// unread says that there are rules which can't be read: one of them may use
	// what no other does.
	unread bool
}

// finish checks what only all packages together show, and gives the findings to
// the result: those that are left when each package's allow lines have taken
// theirs.
func (r *run) finish(ctx context.Context) {
	r.overlaps(ctx)
	for _, p := range r.parsers {
		p.unusedTags()
		p.tellOnce()
		p.silence()
		r.res.Diagnostics.Add(p.diags.Sorted()...)
		r.unread = r.unread || p.unread
	}
	if !r.unread {
		unusedSchemas(r.cfg.Schemas, r.usedSchemas, &r.res.Diagnostics)
	}
	thinNotes(&r.res.Diagnostics)
}

// homeless reports the errors of what the go command listed and could tell no
// directory of: a go.mod that needs an update, for example.
func homeless(loaded []*packages.Package, dirs []*dir, diags *diag.List) {
	for _, pkg := range loaded {
		if !slices.ContainsFunc(dirs, func(d *dir) bool { return d.holds(pkg) }) {
			syntaxErrors(pkg, diags)
		}
	}
}

// holds reports whether pkg is the directory's package.
func (d *dir) holds(pkg *packages.Package) bool { return pkg.Dir == d.path }

// findAll finds the directories of all patterns, import paths included.
func findAll(l *loader, cfg Config) ([]*dir, error) {
	dirs, importPaths, err := l.find(cfg.Dir, cfg.Patterns)
	if err != nil || len(importPaths) == 0 {
		return dirs, err
	}
	paths, err := l.resolve(cfg.Dir, importPaths)
	if err != nil {
		return nil, err
	}
	more, _, err := l.find(cfg.Dir, paths)
	if err != nil {
		return nil, err
	}
	for _, d := range more {
		if !slices.ContainsFunc(dirs, func(have *dir) bool { return have.path == d.path }) {
			dirs = append(dirs, d)
		}
	}
	slices.SortFunc(dirs, func(a, b *dir) int { return strings.Compare(a.path, b.path) })
	return dirs, nil
}

// outlined reports whether one of the directory's own files has something of
// jobgen's in it; files that no build has are no reason to load a package.
func (d *dir) outlined() bool {
	return slices.ContainsFunc(d.files, func(c *candidate) bool { return !c.isOutside() })
}

// dir parses the packages of a directory.
func (r *run) dir(d *dir, loaded []*packages.Package) error {
	hasJobs, known, broken, name := false, false, false, ""
	d.used = map[string]bool{}
	for _, pkg := range loaded {
		if !d.holds(pkg) {
			continue
		}
		known = true
		for _, file := range pkg.GoFiles {
			d.used[file] = true
		}
		if len(pkg.GoFiles) > 0 {
			name = pkg.Name
		}
		p := newPackageParser(r.cfg, pkg, r.res.sources, r.loader.jsonRules(pkg.Dir))
		p.usedTags, p.usedSchemas = r.usedTags, r.usedSchemas
		r.parsers = append(r.parsers, p)
		if p.parse(r.cfg) {
			hasJobs = true
			r.res.Packages = append(r.res.Packages, p.out)
		}
		broken = broken || p.broken
	}
	if !known {
		r.unread = true
		return nil // homeless says why
	}
	if !hasJobs {
		r.res.Jobless = append(r.res.Jobless, d.path)
	}
	d.reportOutside(&r.res.Diagnostics)
	if broken {
		return nil
	}
	return r.leftOut(d, name)
}

// leftOut reports what this run can't see of a directory that has directives.
func (r *run) leftOut(d *dir, packageName string) error {
	files := d.leftOut(packageName)
	for _, f := range d.foreign {
		f.reportNotRead(&r.res.Diagnostics)
	}
	for _, f := range d.unparsed() {
		r.unread = true
		f.report(&r.res.Diagnostics)
	}
	if len(files) == 0 {
		return nil
	}
	r.unread = true
	c, err := r.loader.context(d.path)
	if err != nil {
		return err
	}
	for _, f := range files {
		f.reportLeftOut(c, &r.res.Diagnostics)
	}
	return nil
}

// packageParser turns one loaded package into its model.
type packageParser struct {
	pkg     *packages.Package
	sources *snapshot.Snapshot
	files   []*gosource.File
	diags   *diag.List
	out     *model.Package
	set     map[string]model.Pos // properties of the package, and where they were set
	secrets []secret             // of the package
	queues  []model.Pos          // the properties that ask for a queue
	allowed []*attach.Allow
	// functionIDs are the places of the ids that directives give the jobs' functions.
	functionIDs map[*model.Job]model.Pos
	now         time.Time
	// rules are those of all jobs, with what later checks need of them.
	rules []*rule
	// attempted are the receivers that have jobs, even ones that can't be called.
	attempted map[string]bool
	taken     []taken   // the names that the package's files have
	schemas   []*Schema // of the user's own events
	broken    bool      // its syntax is of no use
	// built is the constraint of the files with jobs, nil if every build has them.
	built  constraint.Expr
	json   *jsonRules
	shapes *goShapes
	noted  map[string]bool // the queues of the user's that have their note
	// usedSchemas and unread are the run's.
	usedSchemas map[*Schema]bool
	unread      bool
	// What is known of struct tags: the files that hold them, those that a rule
	// uses, and those whose faults are told.
	parsedFiles map[string]*parsedFile
	usedTags    map[model.Pos]bool
	tagProblems map[model.Pos]bool
}

func newPackageParser(cfg Config, pkg *packages.Package, sources *snapshot.Snapshot, json *jsonRules) *packageParser {
	return &packageParser{
		pkg: pkg, sources: sources, json: json, diags: &diag.List{}, set: map[string]model.Pos{}, now: cfg.Now, schemas: cfg.Schemas,
		attempted: map[string]bool{}, noted: map[string]bool{}, shapes: newGoShapes(pkg.Types, json), parsedFiles: map[string]*parsedFile{},
		usedTags: map[model.Pos]bool{}, usedSchemas: map[*Schema]bool{}, tagProblems: map[model.Pos]bool{},
		functionIDs: map[*model.Job]model.Pos{},
		out:         &model.Package{Path: pkg.PkgPath, Name: pkg.Name, Dir: pkg.Dir, Params: map[string]model.Pos{}},
	}
}

// parse fills the model, and reports whether the package has jobs.
func (p *packageParser) parse(cfg Config) bool {
	if goTooOld(p.pkg.Module, p.sources, p.diags) || syntaxErrors(p.pkg, p.diags) {
		p.unread, p.broken = true, true
		return false
	}
	var err error
	if p.files, err = sourceFiles(p.pkg, p.sources); err != nil {
		p.diags.Report(diag.GoSyntax, model.Pos{File: p.pkg.Dir}, "%v", err)
		return false
	}
	attached := attach.Files(p.pkg.Fset, p.files, p.diags)
	declarations := attached.Declarations
	p.allowed = attached.Allows
	p.packageSettings(cfg, declarations)
	p.jobs(declarations)
	p.constraint(jobFiles(declarations))
	p.checkSecrets()
	p.checkFormats()
	if len(p.attempted) > 0 {
		p.diags.Add(attached.Near...)
	}
	if len(p.out.Receivers) == 0 {
		return false
	}
	p.taken = p.takenNames()
	p.imports()
	p.checkNames()
	return true
}

// sourceFiles pairs the user's files with their bytes, in order of their names.
// The generated file is none of them: a stub stood for it.
func sourceFiles(pkg *packages.Package, sources *snapshot.Snapshot) ([]*gosource.File, error) {
	var files []*gosource.File
	for _, syntax := range pkg.Syntax {
		path := gosource.Position(pkg.Fset, syntax.Package).Filename
		if gosource.IsRewritten(path) {
			continue // what cgo made of itself
		}
		if filepath.Base(path) == model.DispatcherFile || strings.HasSuffix(path, "_test.go") {
			continue
		}
		f := sources.File(path)
		if f.Err != nil {
			return nil, fmt.Errorf("%s: %w", path, f.Err)
		}
		files = append(files, &gosource.File{Path: path, Syntax: syntax, Src: f.Data})
	}
	slices.SortFunc(files, func(a, b *gosource.File) int { return strings.Compare(a.Path, b.Path) })
	return files, nil
}

// packageSettings reads the package directives; flags override them.
func (p *packageParser) packageSettings(cfg Config, declarations []*attach.Declaration) {
	for _, h := range declarations {
		if h.Target != directive.OnPackage {
			continue
		}
		for _, c := range h.Directives {
			p.settings(c)
		}
	}
	if len(cfg.Formats) > 0 {
		p.out.Formats = cfg.Formats
	}
	if len(p.out.Formats) == 0 {
		p.out.Formats = []string{DefaultFormat}
	}
	if cfg.Layout != "" {
		p.out.Layout = cfg.Layout
	}
	if p.out.Layout == "" {
		p.out.Layout = model.PerMethod
	}
}

// typeDeclaration returns the declaration of a type, nil if it has no directives.
func typeDeclaration(declarations []*attach.Declaration, name string) *attach.Declaration {
	for _, h := range declarations {
		if h.Target == directive.OnType && h.Name == name {
			return h
		}
	}
	return nil
}

// imports tells the generator the real names of what it will import, and which
// names it can't give an import.
func (p *packageParser) imports() {
	p.out.Imports = model.Imports{Names: map[string]string{}, Taken: map[string]bool{}, Anywhere: map[string]bool{}, Files: map[string]bool{}}
	for _, t := range p.taken {
		names := p.out.Imports.Anywhere
		if t.imported {
			names = p.out.Imports.Files
		}
		names[t.name] = true
	}
	p.out.Types = model.Types{}
	reader := &typeReader{own: p.pkg.Types, out: p.out, seen: map[types.Type]bool{}}
	for _, name := range p.pkg.Types.Scope().Names() {
		p.out.Imports.Taken[name] = true
	}
	for _, f := range p.files {
		for _, decl := range f.Syntax.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || fn.Recv == nil {
				continue
			}
			if obj := p.pkg.TypesInfo.Defs[fn.Name]; obj != nil {
				p.importsOf(obj.Type(), reader)
			}
		}
	}
}
