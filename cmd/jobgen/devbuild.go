package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/tools/go/packages"

	"github.com/jobgen/jobgen/internal/deployed"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/load"
	"github.com/jobgen/jobgen/internal/localbus"
	"github.com/jobgen/jobgen/internal/tempdir"
	"github.com/jobgen/jobgen/internal/visible"
	"github.com/jobgen/jobgen/internal/watch"
)

// devBuild is one build of the program of jobgen dev.
type devBuild struct {
	Time     time.Time // of its start
	Duration time.Duration
	Changed  []string // the files whose changes are the reason, relative to the directory
	Written  []string // the generated files that were written or removed
	Rules    int
	Failed   bool
	// Report has the findings and the compiler's errors, with styles if the log takes them.
	Report string

	findings []diag.Diagnostic
	printer  *diag.Printer
	message  string       // the reason of a failure that is no finding
	unusable bool         // MAIN is no package that can be built
	dir      *tempdir.Dir // of the program

	// These are set if the build has succeeded.
	program *localbus.Program
	rows    []listed // of the rules
	own     ownEvents
	event   func(rule *deployed.Rule, now time.Time) ([]byte, error)
}

// remove removes the program of a build that is not used.
func (b *devBuild) remove() {
	if b.dir != nil {
		b.dir.Remove()
	}
}

// styleCode matches the code of a style. Other control characters are escaped in reports.
var styleCode = regexp.MustCompile("\x1b\\[[0-9;]*m")

// plainReport returns the report without styles.
func (b *devBuild) plainReport() string { return styleCode.ReplaceAllString(b.Report, "") }

// reportWriter collects a report. It takes styles and has a width as the writer under it.
type reportWriter struct {
	bytes.Buffer
	under io.Writer
}

// Unwrap returns the writer whose width the report has.
func (r *reportWriter) Unwrap() io.Writer { return r.under }

// devBuilder makes the builds of jobgen dev.
type devBuilder struct {
	*app
	options options
	main    string
	watcher *watch.Watcher
}

// build generates and compiles the program. If ctx ends first, the result is nil.
func (b *devBuilder) build(ctx context.Context, changed []string) *devBuild {
	out := &devBuild{Time: time.Now(), Changed: changed}
	report := &reportWriter{under: b.logs}
	text := visible.NewWriter(report)
	text.Styled = b.stderr.(*visible.Writer).Styled
	run := &devRun{out: out}
	run.app = &app{
		inputs: inputs{ctx: ctx, dir: b.dir, prompt: text},
		stdout: text, stderr: text, exact: text, logs: text, progress: b.progress, files: map[string][]byte{},
	}
	o := b.options
	run.options, run.main = &o, b.main
	out.Failed = !run.run(b.watcher)
	_ = text.Flush() // a buffer has no errors
	if ctx.Err() != nil {
		out.remove()
		return nil
	}
	out.printer, out.Report = run.printer(), report.String()
	out.Duration = time.Since(out.Time)
	return out
}

// devRun is the work of one build.
type devRun struct {
	program
	out *devBuild
}

// run makes the build and reports whether it succeeded. It tells the watcher the files that the
// build reads before it reads them.
func (r *devRun) run(watcher *watch.Watcher) bool {
	dirs, err := r.load("dev")
	if err != nil {
		r.out.unusable = true
		return r.failed(err)
	}
	watcher.Watch(r.sources())
	if err := r.readSchemas(); err != nil {
		return r.failed(err)
	}
	res, code := r.app.load("dev", r.options, dirs)
	if code != exitClean {
		return false
	}
	r.res = res
	watcher.Watch(r.sources())
	code = r.report()
	r.out.findings = res.Diagnostics.Sorted()
	return code == exitClean && r.generates() && r.compiles()
}

// failed reports an error that is no finding.
func (r *devRun) failed(err error) bool {
	r.out.message = err.Error()
	r.fail(err)
	return false
}

// readSchemas reads the schemas of -schema, which can have changed.
func (r *devRun) readSchemas() error {
	named := r.options.schemas
	r.options.schemas = nil
	for _, s := range named {
		if err := r.options.addSchema(r.app, s.Source+"="+s.File); err != nil {
			return fmt.Errorf("-schema: %w", err)
		}
	}
	return nil
}

// generates writes the generated files.
func (r *devRun) generates() bool {
	plan, err := r.plan(r.res, nil)
	if err == nil {
		err = r.apply(plan, r.res)
	}
	if err != nil {
		var list diag.List
		if rest := addFindings(err, &list); rest != nil {
			r.out.message = rest.Error()
		}
		r.out.findings = append(r.out.findings, list.Sorted()...)
		r.failOutput(err)
		return false
	}
	for _, c := range plan.Stale() {
		r.out.Written = append(r.out.Written, c.Name)
	}
	return true
}

// compiles compiles the program and makes the bus's program of it.
func (r *devRun) compiles() bool {
	rules, err := deployed.Rules(r.res.Packages, r.options.params)
	if err != nil {
		return r.failed(err)
	}
	existing, _ := deployed.Partition(rules)
	sayOpen(r.stderr, existing)
	if r.out.dir, err = r.compile(); err != nil {
		return r.failed(err)
	}
	r.out.own, r.out.rows = r.options.schemas, r.listed(r.res, r.options.params)
	res, lookup := r.res, r.out.own.orAWS
	r.out.event = func(rule *deployed.Rule, now time.Time) ([]byte, error) {
		return rule.Event(lookup, res.Detail(rule.Rule), now)
	}
	r.out.Rules = len(existing)
	r.out.program = localbus.NewProgram(localbus.Build{
		Rules: rules, Binary: binaryIn(r.out.dir), Params: r.options.params, Event: r.out.event, Close: r.out.dir.Remove,
	})
	return true
}

// sources returns the files that the build reads, as far as they are known.
func (r *devRun) sources() watch.Set {
	var set watch.Set
	workspace := load.WorkspaceOf(r.dir)
	if workspace == "" {
		workspace = filepath.Join(load.ModuleRoot(r.dir), "go.work") // it can be made later
	}
	set.Files = append(set.Files, workspace, workspace+".sum")
	for _, p := range r.local {
		addPackage(&set, p)
	}
	for _, s := range r.options.schemas {
		set.Files = append(set.Files, s.File)
	}
	if r.res != nil {
		for _, p := range r.res.Packages {
			for _, t := range p.Templates {
				set.Files = append(set.Files, filepath.Join(p.Dir, filepath.FromSlash(t.Name)))
			}
		}
	}
	return set
}

// addPackage adds the files of a package, and the folders of packages of its module that it
// imports and that don't exist.
func addPackage(set *watch.Set, p *packages.Package) {
	root := p.Module.Dir
	if p.Module.Replace != nil {
		root = p.Module.Replace.Dir
	}
	set.Dirs = append(set.Dirs, p.Dir)
	if !slices.Contains(set.Roots, root) {
		set.Roots = append(set.Roots, root)
		set.Files = append(set.Files, filepath.Join(root, "go.mod"), filepath.Join(root, "go.sum"))
	}
	for _, pattern := range p.EmbedPatterns {
		// Package packages puts the folder before each pattern.
		if rel, err := filepath.Rel(p.Dir, pattern); err == nil {
			set.Embeds = append(set.Embeds, watch.Embed{Dir: p.Dir, Pattern: filepath.ToSlash(rel)})
		}
	}
	for _, imported := range p.Imports {
		if rel, ok := strings.CutPrefix(imported.PkgPath, p.Module.Path+"/"); ok && imported.Dir == "" {
			set.Dirs = append(set.Dirs, filepath.Join(root, filepath.FromSlash(rel)))
		}
	}
}
