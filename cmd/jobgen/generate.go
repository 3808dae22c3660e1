package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/trace"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/gen"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/output"
	"github.com/jobgen/jobgen/internal/parallel"
	"github.com/jobgen/jobgen/internal/terminal"
	"github.com/jobgen/jobgen/internal/visible"
	"github.com/jobgen/jobgen/parse"
)

var generateCommand = command{
	args:    "[packages]",
	summary: "jobgen writes Lambda dispatchers and EventBridge rule files from comments in Go code.",
	help: `
It reads the //jobs: directives of the packages (default: the one here), checks
every rule, and writes jobs_gen.go and the rule files next to the code. If
anything is wrong, nothing is written.

With -json, standard output has only the findings, one object a line. A stale
file is not a finding: its name and the output of -diff are text on standard
error. Programs can rely on the exit code.

Exit: 0 clean; 1 stale (-check, -diff); 2 diagnostics, usage, I/O.`,
	examples: `
  jobgen                     the package here, as //go:generate go tool jobgen does
  jobgen ./...               all packages below
  jobgen -check ./...        for CI and pre-commit: exit 1 if a file is stale
  jobgen -fix ./...          correct what findings have one right answer for
  jobgen -diff ./...         show what would change, and what it means in the cloud`,
	setup: func(a *app, flags *flag.FlagSet) func([]string) int {
		g := &generator{app: a}
		g.declare(a, flags)
		flags.StringVar(&g.formats, "format", "", "rule-definition `formats`, separated by commas: cloudformation, sam, terraform, serverless, json (default cloudformation, or what the package says)")
		flags.Func("template", "a text/template `FILE` of your own, for any other deployment tool: what it makes of the rule model is written under its name without .tmpl; can be repeated, and adds to the templates that the package names", g.addTemplate)
		flags.BoolVar(&g.check, "check", false, "write nothing; exit 1 if a file is stale")
		flags.BoolVar(&g.diff, "diff", false, "write nothing; print what would change, and exit 1 if anything would")
		flags.BoolVar(&g.fix, "fix", false, "change the Go sources as the findings suggest, print what was changed, and generate nothing")
		flags.StringVar(&g.trace, "trace", "", "write a trace of jobgen's own steps to `FILE`, for go tool trace")
		return g.run
	},
}

// generator is one run of the command without a name.
type generator struct {
	*app
	options
	check, diff bool
	fix         bool
	trace       string
	templates   []userTemplate
}

func (g *generator) run(patterns []string) int {
	if g.trace == "" {
		return g.generate(patterns)
	}
	stop, err := startTrace(g.abs(g.trace))
	if err != nil {
		return g.fail(err)
	}
	code := g.generate(patterns)
	if err := stop(); err != nil {
		return g.fail(err)
	}
	return code
}

func (g *generator) generate(patterns []string) int {
	if g.fix {
		if g.check || g.diff {
			return g.usage("", "-fix changes sources, and -check and -diff change nothing; leave one out")
		}
		return g.fixAll(patterns)
	}
	res, code := g.load("", &g.options, patterns)
	if res == nil {
		return code
	}
	plan, err := g.planned(res)
	if err := g.printDiagnostics(&res.Diagnostics, g.json); err != nil {
		return g.fail(err)
	}
	switch {
	case err != nil:
		return g.fail(err)
	case res.Diagnostics.HasErrors():
		return exitBad
	case len(res.Packages) == 0:
		fmt.Fprintf(g.stderr, "jobgen: no jobs in %s\n", patternList(patterns))
	}
	switch {
	case g.diff:
		return g.printDiff(plan)
	case g.check:
		return g.printStale(plan)
	}
	if err := g.apply(plan, res); err != nil {
		return g.failOutput(err)
	}
	if terminal.Is(g.stderr) && os.Getenv("GOFILE") == "" {
		sayWritten(g.stderr, plan.Stale())
	}
	g.noteVendored(res)
	return exitClean
}

// apply writes the planned files. It waits for other runs of jobgen that write them.
func (a *app) apply(plan *output.Plan, res *parse.Result) error {
	defer a.step("writing files")()
	return plan.Apply(a.ctx, res.Compare)
}

// sayWritten names the files that were written and removed. It is called on a terminal
// only, and not under go generate, whose tools print nothing if all is well.
func sayWritten(w io.Writer, changes []output.Change) {
	for _, c := range changes {
		verb := "wrote"
		if c.Op == output.Remove {
			verb = "removed"
		}
		fmt.Fprintf(w, "jobgen: %s %s\n", verb, c.Name)
	}
}

// planned plans the files, unless there are errors already. It adds findings to the
// diagnostics.
func (g *generator) planned(res *parse.Result) (*output.Plan, error) {
	if res.Diagnostics.HasErrors() {
		return nil, nil
	}
	defer trace.StartRegion(g.ctx, "generate and compare").End()
	plan, err := g.plan(res, g.templates)
	if err != nil {
		return nil, addFindings(err, &res.Diagnostics)
	}
	return plan, addNotes(res)
}

func patternList(patterns []string) string {
	if len(patterns) == 0 {
		return "this package"
	}
	return strings.Join(patterns, " ")
}

// plan generates every package's files and compares them with the existing ones. The
// templates are those of -template. The error joins the errors of all packages.
func (a *app) plan(res *parse.Result, templates []userTemplate) (*output.Plan, error) {
	dirs, errs := a.generateAll(res.Packages, templates)
	for _, path := range res.Jobless {
		dirs = append(dirs, output.Dir{Path: path, NoJobs: true, Known: append(gen.FileNames(), templateResults(path)...)})
	}
	plan, err := output.NewPlan(dirs)
	if errs = append(errs, err); errors.Join(errs...) == nil {
		errs = append(errs, checkSources(res, plan))
	}
	return plan, errors.Join(errs...)
}

// generateAll generates the files of the packages, several packages at a time.
func (a *app) generateAll(packages []*model.Package, more []userTemplate) (dirs []output.Dir, errs []error) {
	results := make([]output.Dir, len(packages))
	failures := make([]error, len(packages))
	templates := make([][]userTemplate, len(packages))
	for i, p := range packages {
		templates[i], failures[i] = allTemplates(p, more)
		for _, t := range templates[i] {
			a.files[t.Name] = []byte(t.Text)
		}
	}
	parallel.Do(len(packages), func(i int) {
		if failures[i] == nil {
			results[i], failures[i] = generate(packages[i], templates[i])
		}
	})
	for i, err := range failures {
		if err != nil {
			errs = append(errs, inPackage(packages[i], err)...)
			continue
		}
		dirs = append(dirs, results[i])
	}
	return dirs, errs
}

// generate generates the files of a package.
func generate(p *model.Package, templates []userTemplate) (output.Dir, error) {
	dir := output.Dir{Path: p.Dir, Known: gen.FileNames()}
	o := gen.Options{Formats: p.Formats}
	for _, t := range templates {
		o.Templates = append(o.Templates, t.Template)
	}
	files, err := gen.Generate(p, o)
	if err != nil {
		return dir, templateFinding(templates, err)
	}
	first := len(files) - len(templates) // the files of templates come last
	for i, f := range files {
		if !output.IsOurs(f.Name, f.Data) {
			return dir, templates[i-first].missingHeader(f.Name)
		}
		dir.Files = append(dir.Files, output.File(f))
	}
	return dir, nil
}

// inPackage adds the package's path to the joined errors that are not findings.
func inPackage(p *model.Package, err error) []error {
	all := flatten(err)
	for i, e := range all {
		_, isFinding := errors.AsType[findingsError](e)
		_, isProblem := errors.AsType[gen.Problems](e)
		if !isFinding && !isProblem {
			all[i] = fmt.Errorf("package %s: %w", p.Path, e)
		}
	}
	return all
}

// noteCodes are the codes of the notes about a stack.
var noteCodes = map[gen.NoteKind]diag.Code{gen.Quota: diag.StackQuota, gen.MustHave: diag.MustHave}

// addNotes adds notes about each package's stack as a whole.
func addNotes(res *parse.Result) error {
	var all []diag.Diagnostic
	for _, p := range res.Packages {
		notes, err := gen.Notes(p)
		if err != nil {
			return fmt.Errorf("package %s: %w", p.Path, err)
		}
		for _, n := range notes {
			all = append(all, diag.New(noteCodes[n.Kind], n.Pos, "%s", n.Message))
		}
	}
	res.AddLate(all)
	return nil
}

// failOutput reports an error of generating or writing files.
func (a *app) failOutput(err error) int {
	var list diag.List
	rest := addFindings(err, &list)
	if err := a.printDiagnostics(&list, false); err != nil {
		return a.fail(err)
	}
	if rest != nil {
		return a.fail(rest)
	}
	return exitBad
}

// addFindings adds the joined errors that have a code and a position to a list. It
// returns the other errors.
func addFindings(err error, list *diag.List) error {
	var rest []error
	for _, e := range flatten(err) {
		if foreign, ok := errors.AsType[*output.ForeignFileError](e); ok {
			list.Report(diag.ForeignFile, model.Pos{File: foreign.Path, Line: 1, Column: 1}, "%s", foreignMessage(foreign))
		} else if place, ok := errors.AsType[*output.PlaceError](e); ok {
			list.Report(diag.NoFile, model.Pos{File: place.Path}, "jobgen writes this file, and there is %s in its place: remove it or move it away", place.Kind)
		} else if found, ok := errors.AsType[findingsError](e); ok {
			found.addTo(list)
		} else if problems, ok := errors.AsType[gen.Problems](e); ok {
			for _, p := range problems {
				list.Add(problemDiagnostic(p))
			}
		} else {
			rest = append(rest, e)
		}
	}
	return errors.Join(rest...)
}

func foreignMessage(e *output.ForeignFileError) string {
	if e.Output != "" {
		return fmt.Sprintf("this file was not written by jobgen, and its name differs in letter case only from %s, which jobgen writes: "+
			"on some disks the two are one file; rename it, or move it away", e.Output)
	}
	return "this file was not written by jobgen, whose output goes here: move it away, or delete it"
}

// findingsError holds findings as an error.
type findingsError []diag.Diagnostic

func (e findingsError) Error() string { return e[0].Message }

// addTo adds the findings to a list. They replace the warnings that the same directives
// are not read.
func (e findingsError) addTo(list *diag.List) {
	list.Filter(func(d diag.Diagnostic) bool {
		return d.Code != diag.NotRead || !slices.ContainsFunc(e, func(f diag.Diagnostic) bool { return f.Pos == d.Pos })
	})
	list.Add(e...)
}

// problemCodes are the codes of the problems of rule files.
var problemCodes = map[gen.ProblemKind]diag.Code{
	gen.Clash: diag.NameClash, gen.CannotSay: diag.FormatCannot, gen.BeyondTool: diag.StackLimit,
}

func problemDiagnostic(p gen.Problem) diag.Diagnostic {
	message := p.Message
	if len(p.Files) > 0 {
		message = "in " + strings.Join(p.Files, ", ") + ", " + message
	}
	d := diag.New(problemCodes[p.Kind], p.Pos, "%s", message)
	if p.Other.Pos.IsValid() {
		d = d.Relate(p.Other.Pos, "%s is made for this", p.Other.What)
	}
	return d
}

// flatten returns the errors that err joins, however deep, or err alone.
func flatten(err error) []error {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{err}
	}
	var all []error
	for _, e := range joined.Unwrap() {
		all = append(all, flatten(e)...)
	}
	return all
}

func (g *generator) printStale(plan *output.Plan) int {
	stale := plan.Stale()
	for _, c := range stale {
		fmt.Fprintf(g.stderr, "jobgen: %s is stale: %s; run jobgen (go generate)\n", c.Name, staleness[c.Op])
	}
	if len(stale) > 0 {
		return exitNo
	}
	return exitClean
}

// staleness says why a file is stale, by the operation that would update it.
var staleness = map[output.Op]string{
	output.Create: "it is missing",
	output.Update: "it is not what the code says",
	output.Remove: "its package has no jobs any more",
}

// terraformFile is the file of the only format that can declare renames.
const terraformFile = "jobs.tf"

func (g *generator) printDiff(plan *output.Plan) int {
	out := g.stdout
	if g.json {
		out = g.stderr // standard output is JSON
	}
	var diff strings.Builder
	_ = plan.Diff(&diff) // writing to a Builder can't fail
	if err := writeDiff(out, diff.String()); err != nil {
		return g.fail(err)
	}
	for _, c := range plan.Stale() {
		if filepath.Base(c.Path) == terraformFile {
			before, after := c.Texts()
			fmt.Fprint(out, gen.TerraformFunctions(before, after)+gen.TerraformReplaced(before, after)+gen.TerraformConditions(before, after)+gen.TerraformQueues(before, after)+gen.TerraformSchedules(before, after)+gen.TerraformMoves(before, after))
		}
	}
	return g.printStale(plan)
}

// diffStyles are the styles of the lines of a diff, by their beginnings.
var diffStyles = []struct {
	prefix string
	style  visible.Style
}{
	{"--- ", visible.Bold}, {"+++ ", visible.Bold}, {"@@ ", visible.Cyan},
	{"-", visible.Red}, {"+", visible.Green},
}

// writeDiff writes a diff with styles.
func writeDiff(w io.Writer, diff string) error {
	var t visible.Text
next:
	for line := range strings.Lines(diff) {
		for _, s := range diffStyles {
			if strings.HasPrefix(line, s.prefix) {
				t.Style(s.style, line)
				continue next
			}
		}
		t.Plain(line)
	}
	_, err := t.WriteTo(w)
	return err
}
