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

	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/runtimeapi"
	"github.com/jobgen/jobgen/internal/tempdir"
)

// prepare generates for the main package and for the packages of its module that it
// imports, and builds it. It returns exitClean if the program is ready to run.
func (r *runner) prepare(mainPackage string) (code int) {
	dirs, err := r.jobPackages(mainPackage)
	if err != nil {
		return r.fail(err)
	}
	res, code := r.parse("run", &r.options, dirs)
	if res == nil {
		return code
	}
	if len(res.Packages) == 0 {
		return r.fail(fmt.Errorf("no jobs in %s, nor in what it imports", mainPackage))
	}
	plan, err := r.plan(res, nil)
	if err == nil {
		err = r.apply(plan, res)
	}
	if err != nil {
		return r.failOutput(err)
	}
	if r.rules, err = liveRules(res); err != nil {
		return r.fail(err)
	}
	if err := r.compile(mainPackage); err != nil {
		return r.fail(err)
	}
	return exitClean
}

// jobPackages returns the directories of the main package and of all packages that it
// imports, directly or indirectly, from the main modules.
func (r *runner) jobPackages(mainPackage string) ([]string, error) {
	cfg := &packages.Config{
		Context: r.ctx, Dir: r.dir,
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedImports | packages.NeedDeps | packages.NeedModule,
	}
	if r.tags != "" {
		cfg.BuildFlags = []string{"-tags=" + r.tags}
	}
	done := r.step("loading %s", mainPackage)
	loaded, err := packages.Load(cfg, mainPackage)
	done()
	if err != nil {
		return nil, err
	}
	if len(loaded) != 1 || loaded[0].Dir == "" || len(loaded[0].GoFiles) == 0 {
		return nil, fmt.Errorf("%s is not a Go package%s", mainPackage, loadErrors(loaded))
	}
	if loaded[0].Name != "main" {
		return nil, fmt.Errorf("%s is package %s: run takes the main package that calls jobs.Start", mainPackage, loaded[0].Name)
	}
	var dirs []string
	packages.Visit(loaded, nil, func(p *packages.Package) {
		if p.Module != nil && p.Module.Main && p.Dir != "" {
			dirs = append(dirs, p.Dir)
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

// The defaults of a function's properties, as in the rule files.
const (
	defaultMemory  = 128
	defaultTimeout = 30 * time.Second
)

// function describes the Lambda function that runs a rule's job.
func function(rule *liveRule, binary string) runtimeapi.Function {
	f := rule.Job.Function
	if rule.pkg.Layout == model.PerPackage {
		f = rule.pkg.Function()
	}
	fn := runtimeapi.Function{
		Name: rule.function(), Binary: binary, Handler: rule.function(),
		MemoryMB: cmp.Or(f.Memory, defaultMemory), Timeout: cmp.Or(f.Timeout, defaultTimeout),
	}
	for _, v := range f.Environment {
		fn.Env = append(fn.Env, v.Name+"="+v.Value.Expand(os.Getenv))
	}
	return fn
}
