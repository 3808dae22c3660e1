package main

import (
	"bytes"
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

// build is a main package that is ready to run, with the rules of the packages that it
// imports.
type build struct {
	rules  []*liveRule
	binary string
	dir    *tempdir.Dir // holds the binary
}

func (b *build) remove() {
	if b.dir != nil {
		b.dir.Remove()
	}
}

// prepare generates for the main package and everything of its module that it
// imports, and builds it. The build is nil if that fails; then code is the exit
// code.
func (r *runner) prepare(mainPackage string) (b *build, code int) {
	dirs, err := r.jobPackages(mainPackage)
	if err != nil {
		return nil, r.fail(err)
	}
	res, code := r.parse("run", &r.options, dirs)
	if res == nil {
		return nil, code
	}
	if len(res.Packages) == 0 {
		return nil, r.fail(fmt.Errorf("no jobs in %s, nor in what it imports", mainPackage))
	}
	plan, err := r.plan(res, nil)
	if err != nil {
		return nil, r.failOutput(err)
	}
	if err := plan.Apply(r.ctx, res.Compare); err != nil {
		return nil, r.failOutput(err)
	}
	b = &build{}
	if b.rules, err = liveRules(res); err != nil {
		return nil, r.fail(err)
	}
	if err := b.compile(r, mainPackage); err != nil {
		b.remove()
		return nil, r.fail(err)
	}
	return b, exitClean
}

// jobPackages returns the directories of the main package and of the packages
// that it imports, directly or not, from the main modules.
func (r *runner) jobPackages(mainPackage string) ([]string, error) {
	cfg := &packages.Config{
		Context: r.ctx, Dir: r.dir,
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedImports | packages.NeedDeps | packages.NeedModule,
	}
	if r.tags != "" {
		cfg.BuildFlags = []string{"-tags=" + r.tags}
	}
	loaded, err := packages.Load(cfg, mainPackage)
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
func (b *build) compile(r *runner, mainPackage string) error {
	var err error
	if b.dir, err = tempdir.New(tempdir.Run); err != nil {
		return err
	}
	b.binary = filepath.Join(b.dir.Path, "bootstrap")
	args := []string{"build", "-o", b.binary}
	if r.tags != "" {
		args = append(args, "-tags="+r.tags)
	}
	cmd := exec.CommandContext(r.ctx, "go", append(args, mainPackage)...)
	cmd.Dir, cmd.Env = r.dir, b.dir.Environ(os.Environ())
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("building %s: %w\n%s", mainPackage, err, strings.TrimSpace(out.String()))
	}
	return nil
}

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
		MemoryMB: defaultMemory, Timeout: defaultTimeout,
	}
	if f.Memory > 0 {
		fn.MemoryMB = f.Memory
	}
	if f.Timeout > 0 {
		fn.Timeout = f.Timeout
	}
	for _, v := range f.Environment {
		fn.Env = append(fn.Env, v.Name+"="+v.Value.Expand(os.Getenv))
	}
	return fn
}
