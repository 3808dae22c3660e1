package main

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/tools/go/packages"

	"github.com/jobgen/jobgen/internal/runtimeapi"
	"github.com/jobgen/jobgen/internal/tempdir"
	"github.com/jobgen/jobgen/parse"
)

// prepare generates for the main package and for the packages of its module that it
// imports, and builds it. It returns exitClean if the program is ready to run.
func (r *runner) prepare(mainPackage string) (code int) {
	p, code := r.parseProgram("run", &r.options, mainPackage)
	if p == nil {
		return code
	}
	if code := r.generateProgram(p); code != exitClean {
		return code
	}
	var err error
	if r.rules, err = liveRules(p.res); err != nil {
		return r.fail(err)
	}
	if err := r.compile(mainPackage); err != nil {
		return r.fail(err)
	}
	return exitClean
}

// program is a main package with the packages that it is made of.
type program struct {
	path string // import path
	dirs []string
	res  *parse.Result
}

// parseProgram parses a main package and the packages of its module that it imports, and
// prints their findings. The result is nil if the command must end; then code is the exit
// code.
func (a *app) parseProgram(command string, o *options, mainPackage string) (p *program, code int) {
	p, err := a.loadProgram(command, o, mainPackage)
	if err != nil {
		return nil, a.fail(err)
	}
	if p.res, code = a.parse(command, o, p.dirs); p.res == nil {
		return nil, code
	}
	if len(p.res.Packages) == 0 {
		return nil, a.fail(fmt.Errorf("no jobs in %s, nor in what it imports", mainPackage))
	}
	return p, exitClean
}

// generateProgram writes the generated files of a program's packages.
func (a *app) generateProgram(p *program) (code int) {
	plan, err := a.plan(p.res, nil)
	if err == nil {
		err = a.apply(plan, p.res)
	}
	if err != nil {
		return a.failOutput(err)
	}
	return exitClean
}

// loadProgram finds the directories of a main package and of all packages that it imports,
// directly or indirectly, from the main modules.
func (a *app) loadProgram(command string, o *options, mainPackage string) (*program, error) {
	cfg := &packages.Config{
		Context: a.ctx, Dir: a.dir,
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedImports | packages.NeedDeps | packages.NeedModule,
	}
	if o.tags != "" {
		cfg.BuildFlags = []string{"-tags=" + o.tags}
	}
	done := a.step("loading %s", mainPackage)
	loaded, err := packages.Load(cfg, mainPackage)
	done()
	if err != nil {
		return nil, err
	}
	if len(loaded) != 1 || loaded[0].Dir == "" || len(loaded[0].GoFiles) == 0 {
		return nil, fmt.Errorf("%s is not a Go package%s", mainPackage, loadErrors(loaded))
	}
	if loaded[0].Name != "main" {
		return nil, fmt.Errorf("%s is package %s: %s takes the main package that calls jobs.Start", mainPackage, loaded[0].Name, command)
	}
	p := &program{path: loaded[0].PkgPath}
	packages.Visit(loaded, nil, func(imported *packages.Package) {
		if imported.Module != nil && imported.Module.Main && imported.Dir != "" {
			p.dirs = append(p.dirs, imported.Dir)
		}
	})
	slices.Sort(p.dirs)
	return p, nil
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

// The defaults of a function's properties, as in the rule files.
const (
	defaultMemory  = 128
	defaultTimeout = 30 * time.Second
)

// function describes the Lambda function that runs a rule's job.
func function(rule *liveRule, binary string) runtimeapi.Function {
	f := rule.pkg.FunctionOf(rule.Job)
	fn := runtimeapi.Function{
		Name: rule.function(), Binary: binary, Handler: rule.function(),
		MemoryMB: cmp.Or(f.Memory, defaultMemory), Timeout: cmp.Or(f.Timeout, defaultTimeout),
	}
	for _, v := range f.Environment {
		fn.Env = append(fn.Env, v.Name+"="+v.Value.Expand(os.Getenv))
	}
	return fn
}
