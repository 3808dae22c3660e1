package parse

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime/trace"
	"time"

	"github.com/jobgen/jobgen/internal/attach"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/lint"
	"github.com/jobgen/jobgen/internal/load"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/report"
	"github.com/jobgen/jobgen/internal/shape"
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

	sources  *snapshot.Snapshot
	dirs     map[string]*load.Dir
	packages []*lint.Package
	allows   []*attach.Allow
}

// AddLate adds findings that are made when the files of all packages are generated, except
// those that allow lines allow.
func (r *Result) AddLate(late []diag.Diagnostic) {
	report.AddLate(&r.Diagnostics, late, r.allows)
}

// Detail returns the shape of the details that a rule's handler decodes, nil if the
// handler's type says nothing about them.
func (r *Result) Detail(rule *model.Rule) *shape.Shape {
	for _, p := range r.packages {
		for _, job := range p.Methods {
			for _, read := range job.Rules {
				if read.Rule == rule && read.Handler != nil {
					return read.Handler.Lookup("detail")
				}
			}
		}
	}
	return nil
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
	if cfg.Now.IsZero() {
		cfg.Now = time.Now()
	}
	run, err := readRun(ctx, cfg)
	if err != nil {
		return nil, err
	}
	defer trace.StartRegion(ctx, "check").End()
	facts := &lint.Facts{Schemas: cfg.Schemas, Now: cfg.Now}
	run.input().Check(ctx, facts, func(*lint.Check) diag.Reporter { return &run.res.Diagnostics })
	run.checkVariants(ctx, facts)
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	run.res.allows = run.allows
	report.Settle(&run.res.Diagnostics, run.allows)
	return run.res, nil
}

// readRun reads the packages without checking them.
func readRun(ctx context.Context, cfg Config) (*run, error) {
	if len(cfg.Patterns) == 0 {
		cfg.Patterns = []string{"."}
	}
	l := load.New(ctx, cfg.Tags)
	find := trace.StartRegion(ctx, "find packages")
	dirs, err := l.Find(cfg.Dir, cfg.Patterns)
	find.End()
	if err != nil {
		return nil, err
	}
	res := &Result{sources: l.Sources, dirs: map[string]*load.Dir{}}
	run := &run{cfg: cfg, res: res, loader: l}
	marked := run.marked(dirs)
	if err := l.Load(marked, &res.Diagnostics); err != nil {
		return nil, fmt.Errorf("loading packages: %w", err)
	}
	defer trace.StartRegion(ctx, "read directives").End()
	if err := run.read(marked); err != nil {
		return nil, err
	}
	run.joined = run.muxes(dirs)
	res.packages = run.packages
	return run, nil
}

// run is one run over several packages.
type run struct {
	cfg      Config
	res      *Result
	loader   *load.Loader
	packages []*lint.Package
	variants []*variant
	joined   []lint.Mux
	allows   []*attach.Allow
	// unread says that there are rules which can't be read.
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

// input returns what the checks read.
func (r *run) input() *lint.Run {
	input := &lint.Run{Packages: r.packages, Muxes: r.joined, Unread: r.unread}
	for _, p := range r.packages {
		for _, j := range p.Methods {
			for _, rule := range j.Rules {
				input.Unread = input.Unread || rule.Unreadable || !rule.Form.IsValid()
			}
		}
	}
	return input
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
