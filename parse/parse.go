package parse

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"github.com/jobgen/jobgen/internal/attach"
	"github.com/jobgen/jobgen/internal/builds"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/gotypes"
	"github.com/jobgen/jobgen/internal/lint"
	"github.com/jobgen/jobgen/internal/load"
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
	Schemas []*lint.Schema
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
	dirs    map[string]*load.Dir
}

// Source returns the bytes of a Go file as this run has read them. It is nil
// for a file that was not read, and for one outside its module, to which a link
// leads: an excerpt of it could show what the module's author can't read.
func (r *Result) Source(file string) []byte {
	if r.sources == nil {
		return nil
	}
	return r.sources.Source(file, load.ModuleRoot(filepath.Dir(file)))
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
	l := load.New(ctx, cfg.Tags)
	dirs, err := l.Find(cfg.Dir, cfg.Patterns)
	if err != nil {
		return nil, err
	}
	res := &Result{sources: l.Sources, dirs: map[string]*load.Dir{}}
	run := &run{cfg: cfg, res: res, loader: l, usedTags: map[model.Pos]bool{}}
	marked := run.marked(dirs)
	if err := l.Load(marked, &res.Diagnostics); err != nil {
		return nil, fmt.Errorf("loading packages: %w", err)
	}
	for _, d := range marked {
		if err := run.dir(d); err != nil {
			return nil, err
		}
	}
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
	loader  *load.Loader
	parsers []*packageParser
	// usedTags are the struct tags that a rule uses, which may be another
	// package's than the type's.
	usedTags map[model.Pos]bool
	// patterns are the rules with a pattern that can be read.
	patterns []*lint.Rule
	// unread says that there are rules which can't be read: one of them may use
	// what no other does.
	unread bool
}

// marked returns the directories to load. The others have no jobs, or have a file that
// can't be read, which is reported.
func (r *run) marked(dirs []*load.Dir) []*load.Dir {
	var marked []*load.Dir
	for _, d := range dirs {
		r.res.dirs[d.Path] = d
		switch {
		case !d.IsMarked():
			d.ReportOutside(&r.res.Diagnostics)
			r.res.Jobless = append(r.res.Jobless, d.Path)
		case d.ReportUnreadable(&r.res.Diagnostics):
			r.unread = true
		default:
			marked = append(marked, d)
		}
	}
	return marked
}

// finish checks what only all packages together show, and gives the findings to
// the result: those that are left when each package's allow lines have taken
// theirs.
func (r *run) finish(ctx context.Context) {
	r.overlaps(ctx)
	for _, p := range r.parsers {
		p.unusedTags()
		dropCovered(p.diags)
		p.silence()
		r.res.Diagnostics.Add(p.diags.Sorted()...)
		r.unread = r.unread || p.unread
		r.patterns = append(r.patterns, p.patterns...)
	}
	if !r.unread {
		unusedSchemas(r.cfg.Schemas, r.patterns, &r.res.Diagnostics)
	}
	thinNotes(&r.res.Diagnostics)
}

// dir parses the packages of a directory.
func (r *run) dir(d *load.Dir) error {
	if len(d.Packages) == 0 {
		r.unread = true
		return nil // load has reported why
	}
	hasJobs, broken := false, false
	for _, pkg := range d.Packages {
		p := newPackageParser(r.cfg, pkg, r.loader)
		p.tags.used = r.usedTags
		r.parsers = append(r.parsers, p)
		if p.parse(r.cfg) {
			hasJobs = true
			r.res.Packages = append(r.res.Packages, p.out)
		}
		broken = broken || p.broken
	}
	if !hasJobs {
		r.res.Jobless = append(r.res.Jobless, d.Path)
	}
	d.ReportOutside(&r.res.Diagnostics)
	if broken {
		return nil
	}
	unread, err := r.loader.ReportLeftOut(d, &r.res.Diagnostics)
	r.unread = r.unread || unread
	return err
}

// Unread returns what keeps a directory of Jobless from being known to have no
// jobs: files that can't be read or parsed, and directives in files that no build
// has. Its generated files are no orphans then.
func (r *Result) Unread(path string) []diag.Diagnostic {
	if d := r.dirs[path]; d != nil {
		return d.Unread()
	}
	return nil
}

// packageParser turns one loaded package into its model.
type packageParser struct {
	pkg     *load.Package
	sources *snapshot.Snapshot
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
	facts     *lint.Facts
	patterns  []*lint.Rule // that can be read
	broken    bool         // its syntax is of no use
	tags      *tagJoiner
	params    *params
	shapes    *gotypes.Shapes
	noted     map[string]bool // the queues of the user's that have their note
	unread    bool            // see run
}

func newPackageParser(cfg Config, pkg *load.Package, l *load.Loader) *packageParser {
	json := gotypes.NewJSONRules(func() bool { return l.ModernJSON(pkg.Dir) })
	diags := &diag.List{}
	return &packageParser{
		pkg: pkg, sources: l.Sources, diags: diags,
		tags:   &tagJoiner{types: gotypes.NewTagReader(pkg.Package, l.Sources, json, diags), report: diags, used: map[model.Pos]bool{}, malformed: map[model.Pos]bool{}},
		params: &params{places: map[string]model.Pos{}, report: diags},
		set:    map[string]model.Pos{}, now: cfg.Now, facts: &lint.Facts{Schemas: cfg.Schemas},
		attempted: map[string]bool{}, noted: map[string]bool{}, shapes: gotypes.NewShapes(pkg.Types, json),
		functionIDs: map[*model.Job]model.Pos{},
		out:         &model.Package{Path: pkg.PkgPath, Name: pkg.Name, Dir: pkg.Dir},
	}
}

// parse fills the model, and reports whether the package has jobs.
func (p *packageParser) parse(cfg Config) bool {
	if p.pkg.Broken(p.diags) {
		p.unread, p.broken = true, true
		return false
	}
	p.out.Params = p.params.places
	attached := attach.Files(p.pkg.Fset, p.pkg.Files, p.diags)
	declarations := attached.Declarations
	p.allowed = attached.Allows
	p.packageSettings(cfg, declarations)
	p.jobs(declarations)
	built := commonConstraint(jobFiles(declarations), p.diags)
	p.out.Constraint = builds.Text(built)
	p.checkSecrets()
	p.checkFormats()
	if len(p.attempted) > 0 {
		p.diags.Add(attached.Near...)
	}
	if len(p.out.Receivers) == 0 {
		return false
	}
	names := declaredNames(p.pkg, p.sources, built)
	p.out.Imports, p.out.Types = importsOf(p.pkg, names)
	p.checkNames()
	checkDeclared(names, p.out, p.pkg.Fset, p.diags)
	return true
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

// unusedSchemas reports the schemas whose source no rule names.
func unusedSchemas(schemas []*lint.Schema, rules []*lint.Rule, report diag.Reporter) {
	facts := &lint.Facts{Schemas: schemas}
	for _, s := range facts.UnusedSchemas(rules) {
		report.Report(diag.SchemaUnused, model.Pos{File: s.File}, "no rule names the source %q, whose events this schema describes; mend the flag -schema, or leave it out", s.Source)
	}
}
