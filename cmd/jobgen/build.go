package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

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
	var err error
	if r.built, err = p.compile(); err != nil {
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
	// local are the packages of the main modules, and of the modules in local folders that
	// replace others: the main package and what it imports, once they are loaded.
	local []*packages.Package
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
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedEmbedPatterns | packages.NeedImports | packages.NeedDeps | packages.NeedModule,
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
		if isLocal(imported) {
			p.local = append(p.local, imported)
		}
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

// isLocal reports whether a package is in a folder where its user works on it. A package that
// can't be found has no module.
func isLocal(p *packages.Package) bool {
	m := p.Module
	if m != nil && m.Replace != nil {
		return m.Replace.Version == ""
	}
	return m != nil && m.Main
}

// interruptLimit is the time that a go command has to end after an interrupt. It ends its
// compilers and removes its temporary files.
const interruptLimit = 5 * time.Second

// compile builds the main package for this machine, in a new folder.
func (p *program) compile() (*tempdir.Dir, error) {
	dir, err := tempdir.New(tempdir.Run)
	if err != nil {
		return nil, err
	}
	args := []string{"build", "-o", binaryIn(dir)}
	if p.options.tags != "" {
		args = append(args, "-tags="+p.options.tags)
	}
	cmd := exec.CommandContext(p.ctx, "go", append(args, p.main)...)
	cmd.Dir, cmd.Env = p.dir, dir.Environ(os.Environ())
	if runtime.GOOS != "windows" { // a process can't be interrupted there
		cmd.Cancel, cmd.WaitDelay = func() error { return cmd.Process.Signal(os.Interrupt) }, interruptLimit
	}
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	done := p.step("compiling %s", p.main)
	err = cmd.Run()
	done()
	if err != nil {
		dir.Remove()
		return nil, fmt.Errorf("building %s: %w\n%s", p.main, err, strings.TrimSpace(out.String()))
	}
	return dir, nil
}

// binaryIn is the path of the program that compile builds in a folder.
func binaryIn(dir *tempdir.Dir) string { return filepath.Join(dir.Path, "bootstrap") }
