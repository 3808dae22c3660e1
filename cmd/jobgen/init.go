package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/output"
	"github.com/jobgen/jobgen/internal/scaffold"
	"github.com/jobgen/jobgen/internal/spell"
	"github.com/jobgen/jobgen/internal/starter"
)

var initCommand = command{
	name: "init", args: "[FOLDER]",
	summary: "write a first job, its test and its main package",
	help: `
It makes FOLDER (default: the one here) a package with a first job, and generates its
files. Around it, it writes the main package of the Lambda function, a sample event, a
test, and generate.go with the line for go generate, and makes jobgen a tool of the
module. If there is no module, it makes one.

It changes no file that exists, except go.mod and go.sum through the go command. If
FOLDER has Go files, the job gets a folder below it. Lines for files that exist, such
as those of hooks and CI, are printed. If anything fails, the folder is left as it was.

Exit: 0 if the files were written; 2 usage, I/O, a folder that can't take them.`,
	examples: `
  jobgen init                          a job for an event of AWS, here
  jobgen init -kind schedule           a job that runs by the clock
  jobgen init -kind own ./orders       a job for your own events, in the package orders`,
	setup: func(a *app, flags *flag.FlagSet) func([]string) int {
		i := &initializer{app: a, kind: starter.Kinds[0]}
		var usage []string
		for _, k := range starter.Kinds {
			usage = append(usage, fmt.Sprintf("%s (%s)", k.Name, k.What))
		}
		flags.Func("kind", "what the job handles: `KIND` is "+strings.Join(usage, ", ")+" (default "+i.kind.Name+")", i.setKind)
		return i.run
	},
}

// initializer is one run of the command init.
type initializer struct {
	*app
	kind  starter.Kind
	place *scaffold.Place
}

func (i *initializer) setKind(name string) error {
	var names []string
	for _, k := range starter.Kinds {
		if k.Name == name {
			i.kind = k
			return nil
		}
		names = append(names, k.Name)
	}
	if near, ok := spell.Nearest(name, names); ok {
		return fmt.Errorf("did you mean %s?", near)
	}
	return fmt.Errorf("it is %s", strings.Join(names, ", "))
}

func (i *initializer) run(args []string) int {
	if len(args) > 1 {
		return i.usage("init", "init takes one folder; found %q", args)
	}
	folder := i.dir
	if len(args) == 1 {
		folder = i.abs(args[0])
	}
	var err error
	if i.place, err = scaffold.Find(i.ctx, folder, i.kind); err == nil {
		err = i.place.Check(moduleVersion())
	}
	if err != nil {
		return i.fail(fmt.Errorf("%w; nothing was written", err))
	}
	return i.write()
}

// write writes the files, makes jobgen a tool of the module, and generates. If one of these
// steps fails, it undoes the earlier ones.
func (i *initializer) write() int {
	files, add, err := i.files()
	if err != nil {
		return i.fail(err)
	}
	isTidy := i.place.IsTidy(i.ctx)
	draft, err := output.NewDraft(files, i.place.GoFiles()...)
	if err != nil {
		return i.fail(err)
	}
	if err := draft.Write(i.ctx); err != nil {
		return i.fail(err)
	}
	done := i.step("getting jobgen as a tool of %s", i.place.Module)
	raised, err := i.place.Require(i.ctx, moduleVersion())
	done()
	if err != nil {
		i.fail(err)
		return i.undo(draft)
	}
	generated, code := i.generate()
	if code != exitClean {
		return i.undo(draft)
	}
	if isTidy {
		i.place.Tidy(i.ctx)
	}
	i.report(append(draft.Written(), generated...), raised)
	i.advise(add)
	return exitClean
}

// undo restores the folder.
func (i *initializer) undo(draft *output.Draft) int {
	if err := draft.Undo(); err != nil {
		return i.fail(err)
	}
	if i.ctx.Err() == nil {
		fmt.Fprintln(i.stderr, "jobgen: nothing was written")
	}
	return exitBad
}

// files returns the files to write, by their paths, and the lines that the user has to add to
// files that exist.
func (i *initializer) files() (map[string][]byte, []scaffold.Lines, error) {
	p := i.place
	files := map[string][]byte{}
	if p.Jobs == "" {
		job, main, err := i.kind.Files(starter.Place{Package: p.Package, Path: p.ImportPath(), Main: filepath.Base(p.Main)})
		if err != nil {
			return nil, nil, err
		}
		for _, f := range job {
			files[filepath.Join(p.Dir, filepath.FromSlash(f.Name))] = f.Data
		}
		files[filepath.Join(p.Main, main.Name)] = main.Data
	}
	generate, line, err := p.Generate(i.ctx)
	if err != nil {
		return nil, nil, err
	}
	if generate != nil {
		files[filepath.Join(p.Root, starter.GenerateFile)] = generate
	}
	add := p.Checks()
	if line != nil {
		add = append([]scaffold.Lines{*line}, add...)
	}
	return files, add, nil
}

// generate generates the files of the job and returns their names. Findings are printed.
func (i *initializer) generate() (written []string, code int) {
	p := i.place
	if p.Jobs != "" {
		return nil, exitClean
	}
	if p.Vendored {
		// The vendor directory lacks jobgen until the user runs go mod vendor.
		os.Setenv("GOFLAGS", strings.TrimSpace(os.Getenv("GOFLAGS")+" -mod=readonly"))
	}
	in := *i.app
	in.dir = p.Root
	res, code := in.parse("init", &options{}, []string{p.Dir})
	if res == nil {
		return nil, code
	}
	plan, err := in.plan(res, nil)
	if err == nil {
		err = plan.Apply(i.ctx, res.Compare)
	}
	if err != nil {
		return nil, in.failOutput(err)
	}
	for _, c := range plan.Stale() {
		written = append(written, c.Name)
	}
	return written, exitClean
}

// report prints which files were written, and the reasons for their places.
func (i *initializer) report(written []string, raised string) {
	p := i.place
	goMod := i.short(filepath.Join(p.Root, "go.mod"))
	if p.IsNew {
		written = append(written, goMod)
	}
	slices.Sort(written)
	for _, name := range written {
		fmt.Fprintf(i.stdout, "wrote %s\n", name)
	}
	switch {
	case p.IsGuessed:
		fmt.Fprintf(i.stdout, "%s: the module's path is %s, since no git remote gives one; to change it, edit %[1]s and the imports of its packages\n", goMod, p.Module)
	case !p.IsNew && !p.HadTool():
		fmt.Fprintf(i.stdout, "%s: jobgen is a tool of the module\n", goMod)
	}
	if raised != "" {
		fmt.Fprintf(i.stdout, "%s: the Go version is %s, which jobgen needs\n", goMod, raised)
	}
	switch {
	case p.Jobs != "":
		fmt.Fprintf(i.stdout, "%s has jobs, so no first job was written; `jobgen init FOLDER` writes one in another folder\n", i.short(p.Jobs))
	case p.Moved:
		fmt.Fprintf(i.stdout, "the job is in %s, since the folder above it has Go files\n", i.short(p.Dir))
	}
}

// advise prints the lines that the user has to add to files, and the next commands.
func (i *initializer) advise(add []scaffold.Lines) {
	p := i.place
	for _, l := range add {
		fmt.Fprintf(i.stdout, "\n%s exists. Add %s:\n\n%s", i.short(l.File), l.What, l.Text)
	}
	where := ""
	if p.Root != i.dir {
		where = " in " + i.short(p.Root)
	}
	fmt.Fprintf(i.stdout, "\nNext%s:\n\n", where)
	for _, command := range i.next() {
		fmt.Fprintf(i.stdout, "  %s\n", command)
	}
	if len(add) == 0 {
		fmt.Fprintf(i.stdout, "\nFor a check in CI and at every commit, see %s\n", ciPage)
	}
}

// ciPage is the page with the lines for hooks and CI.
const ciPage = "https://github.com/jobgen/jobgen/blob/main/docs/ci.md"

// next returns the next commands. They are for the module's root.
func (i *initializer) next() []string {
	p := i.place
	if p.Jobs != "" {
		return []string{"go generate ./..."}
	}
	var commands []string
	if p.Vendored {
		commands = append(commands, p.VendorCommand())
	}
	in := func(path string) string {
		if rel, err := filepath.Rel(p.Root, path); err == nil && rel != "." {
			return "./" + filepath.ToSlash(rel)
		}
		return "."
	}
	event := strings.TrimPrefix(in(filepath.Join(p.Dir, filepath.FromSlash(i.kind.Event))), "./")
	return append(commands,
		"go test "+in(p.Dir),
		"go tool jobgen run "+in(p.Main)+" "+event,
		"go generate ./...   # after a change")
}

// short returns a path relative to the working directory if that is shorter.
func (i *initializer) short(path string) string {
	if rel, err := filepath.Rel(i.dir, path); err == nil && len(rel) < len(path) {
		return rel
	}
	return path
}
