package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/jobgen/jobgen/internal/tempdir"
	"github.com/jobgen/jobgen/parse"
)

// prepare generates for the main package and for the packages of its module that it
// imports. Then it builds the main package. It returns exitClean if the program is ready to
// run.
func (r *runner) prepare(mainPackage string) (code int) {
	p := &program{app: r.app, options: &r.options, main: mainPackage}
	if code := p.parse("run"); code != exitClean {
		return code
	}
	if code := p.generate(); code != exitClean {
		return code
	}
	if err := r.chooseRules(p.res); err != nil {
		return r.fail(err)
	}
	if err := r.compile(mainPackage); err != nil {
		return r.fail(err)
	}
	return exitClean
}

// program is a main package with the packages of its module that it imports.
type program struct {
	*app
	options *options
	main    string        // the main package, as the go command takes it
	path    string        // its import path, once it is parsed
	res     *parse.Result // its packages, once they are parsed
}

// parse parses the main package and the packages of its module that it imports, and prints
// their findings. It returns exitClean if they have jobs and no errors.
func (p *program) parse(command string) (code int) {
	if code := p.read(command); code != exitClean {
		return code
	}
	return p.report()
}

// read parses the packages without printing their findings.
func (p *program) read(command string) (code int) {
	dirs, err := p.load(command)
	if err != nil {
		return p.fail(err)
	}
	p.res, code = p.app.load(command, p.options, dirs)
	return code
}

// report prints the findings. It returns exitClean if the packages have jobs and no errors.
func (p *program) report() (code int) {
	if code := p.printFindings(p.res); code != exitClean {
		return code
	}
	if len(p.res.Packages) == 0 {
		return p.fail(fmt.Errorf("no jobs in %s, nor in what it imports", p.main))
	}
	if err := p.options.params.Check(p.res.Packages); err != nil {
		return p.fail(err)
	}
	return exitClean
}

// generate writes the generated files of the packages.
func (p *program) generate() (code int) {
	plan, err := p.plan(p.res, nil)
	if err == nil {
		err = p.apply(plan, p.res)
	}
	if err != nil {
		return p.failOutput(err)
	}
	return exitClean
}

// load returns the directories of the main package and of all packages that it imports,
// directly or indirectly, from the main modules.
func (p *program) load(command string) (dirs []string, err error) {
	cfg := &packages.Config{
		Context: p.ctx, Dir: p.dir,
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedImports | packages.NeedDeps | packages.NeedModule,
	}
	if p.options.tags != "" {
		cfg.BuildFlags = []string{"-tags=" + p.options.tags}
	}
	done := p.step("loading %s", p.main)
	loaded, err := packages.Load(cfg, p.main)
	done()
	if err != nil {
		return nil, err
	}
	if len(loaded) != 1 || loaded[0].Dir == "" || len(loaded[0].GoFiles) == 0 {
		return nil, fmt.Errorf("%s is not a Go package%s", p.main, loadErrors(loaded))
	}
	if loaded[0].Name != "main" {
		return nil, fmt.Errorf("%s is package %s: %s takes the main package that calls jobs.Start", p.main, loaded[0].Name, command)
	}
	p.path = loaded[0].PkgPath
	packages.Visit(loaded, nil, func(imported *packages.Package) {
		if imported.Module != nil && imported.Module.Main && imported.Dir != "" {
			dirs = append(dirs, imported.Dir)
		}
	})
	slices.Sort(dirs)
	return dirs, nil
}

func loadErrors(loaded []*packages.Package) string {
	var b strings.Builder
	for _, p := range loaded {
		for _, e := range p.Errors {
			b.WriteString("\n" + strings.TrimSpace(e.Msg))
		}
	}
	return b.String()
}

// compile builds the main package for this machine.
func (r *runner) compile(mainPackage string) error {
	var err error
	if r.built, err = tempdir.New(tempdir.Run); err != nil {
		return err
	}
	args := []string{"build", "-o", r.binary()}
	if r.tags != "" {
		args = append(args, "-tags="+r.tags)
	}
	cmd := exec.CommandContext(r.ctx, "go", append(args, mainPackage)...)
	cmd.Dir, cmd.Env = r.dir, r.built.Environ(os.Environ())
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	done := r.step("compiling %s", mainPackage)
	err = cmd.Run()
	done()
	if err != nil {
		return fmt.Errorf("building %s: %w\n%s", mainPackage, err, strings.TrimSpace(out.String()))
	}
	return nil
}

// binary is the path of the program that compile builds.
func (r *runner) binary() string { return filepath.Join(r.built.Path, "bootstrap") }
