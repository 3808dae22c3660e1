package load

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"runtime/trace"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/packages"

	"github.com/jobgen/jobgen/internal/builds"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/snapshot"
)

// loadMode loads the packages themselves from source and what they import from
// export data, which the go command keeps in its build cache.
const loadMode = packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles |
	packages.NeedImports | packages.NeedModule | packages.NeedTypes | packages.NeedSyntax | packages.NeedTypesInfo

// Loader finds directories and loads their packages.
type Loader struct {
	// Sources are the Go files that were read.
	Sources *snapshot.Snapshot

	ctx  context.Context
	tags string
	// contexts are what the go command builds for, by module.
	contexts map[string]func() (builds.Context, error)
	mu       sync.Mutex // of contexts
	// members are the directories of the modules of workspaces, by go.work file.
	members map[string][]string
}

// New returns a loader for builds with the tags of a -tags flag.
func New(ctx context.Context, tags string) *Loader {
	return &Loader{ctx: ctx, tags: tags, Sources: snapshot.New(), contexts: map[string]func() (builds.Context, error){}, members: map[string][]string{}}
}

// context returns what the go command builds for in a directory's module.
func (l *Loader) context(dir string) (builds.Context, error) {
	root := ModuleRoot(dir)
	l.mu.Lock()
	read, ok := l.contexts[root]
	if !ok {
		read = sync.OnceValues(func() (builds.Context, error) { return builds.Read(l.ctx, root, l.tags) })
		l.contexts[root] = read
	}
	l.mu.Unlock()
	return read()
}

// ModernJSON reports whether the package in a directory is compiled with the
// encoding/json of Go 1.27. A go command that doesn't say so has the older one.
func (l *Loader) ModernJSON(dir string) bool {
	c, err := l.context(dir)
	return err == nil && c.ModernJSON()
}

// Load loads the packages in dirs, all of one module or workspace at once, and adds each to its
// directory. It reports the errors of what the go command listed without a
// directory: a go.mod that needs an update, for example.
func (l *Loader) Load(dirs []*Dir, report diag.Reporter) error {
	for _, g := range grouped(dirs) {
		if err := l.LoadFrom(g.root, g.dirs, report); err != nil {
			return err
		}
	}
	return nil
}

// LoadFrom is Load with the module at root as the main module of all directories.
func (l *Loader) LoadFrom(root string, dirs []*Dir, report diag.Reporter) error {
	loaded, err := l.loadStubbed(root, dirs, runtimeStub)
	// The go command lists nothing for a module that lacks a requirement of the
	// runtime package, as one does that has jobgen as a tool only. Stubs that don't
	// import that package can be loaded.
	if err == nil && len(loaded) == 0 {
		loaded, err = l.loadStubbed(root, dirs, bareStub)
	}
	if err != nil || len(loaded) == 0 {
		return l.listError(root, patterns(dirs), err)
	}
	for _, pkg := range loaded {
		i := slices.IndexFunc(dirs, func(d *Dir) bool { return d.Path == pkg.Dir })
		if i < 0 {
			syntaxErrors(pkg, report)
			continue
		}
		dirs[i].Packages = append(dirs[i].Packages, newPackage(pkg, l.Sources))
	}
	return nil
}

// patterns returns what names the packages of directories for the go command.
func patterns(dirs []*Dir) []string {
	var all []string
	for _, d := range dirs {
		all = append(all, cmp.Or(d.importPath, d.Path))
	}
	return all
}

func (l *Loader) loadStubbed(root string, dirs []*Dir, kind stubKind) ([]*packages.Package, error) {
	stubs := overlay{}
	for _, d := range dirs {
		if err := stubs.unline(l.Sources, d.Path); err != nil {
			return nil, err
		}
		stub := l.stub(d, kind)
		if d.generated != nil && d.generated.Err != nil {
			stub = nil // the packages library would open it
		} else if stub == nil {
			continue
		}
		stubs[filepath.Join(d.Path, model.DispatcherFile)] = stub
	}
	file, dir, err := stubs.write()
	if err != nil {
		return nil, err
	}
	defer dir.Remove()
	cfg := l.config(root, loadMode)
	cfg.Env = dir.Environ(cfg.Env)
	cfg.BuildFlags = append(cfg.BuildFlags, "-overlay="+file)
	source := newSourceParser(l.Sources, stubs)
	cfg.Fset, cfg.ParseFile = source.fset, source.parse
	var ahead sync.WaitGroup
	ahead.Go(func() {
		defer trace.StartRegion(l.ctx, "parse files").End()
		source.begin(dirs)
	})
	defer trace.StartRegion(l.ctx, "list packages and check types").End()
	loaded, ok := l.quickLoad(cfg, source, patterns(dirs))
	if !ok {
		loaded, err = packages.Load(cfg, patterns(dirs)...)
	}
	ahead.Wait()
	source.restore()
	return loaded, err
}

// listError returns the go command's own words for why it lists nothing in a
// module. The packages library wraps some of its refusals, such as a go.work that
// is older than a module, and passes over others, such as a go.mod that needs an
// update; err is the library's error, or nil.
func (l *Loader) listError(root string, patterns []string, err error) error {
	if _, goErr := builds.GoList(l.ctx, root, patterns...); goErr != nil {
		return goErr
	}
	if err == nil {
		err = fmt.Errorf("the go command lists no packages in %s", strings.Join(patterns, ", "))
	}
	return err
}

func (l *Loader) config(dir string, mode packages.LoadMode) *packages.Config {
	cfg := &packages.Config{Context: l.ctx, Mode: mode, Dir: dir, Env: builds.Environ()}
	if l.tags != "" {
		cfg.BuildFlags = []string{"-tags=" + l.tags}
	}
	return cfg
}

// List lists packages from a module: their names and files, without their syntax.
func (l *Loader) List(root string, patterns ...string) ([]*packages.Package, error) {
	return packages.Load(l.config(root, packages.NeedName|packages.NeedFiles), patterns...)
}

// resolve finds and reads the directories of import paths.
func (l *Loader) resolve(workDir string, importPaths []string) ([]*Dir, error) {
	loaded, err := l.List(workDir, importPaths...)
	if err != nil {
		return nil, l.listError(workDir, importPaths, err)
	}
	if len(loaded) == 0 {
		return nil, fmt.Errorf("%s names no package, says the go command in %s", strings.Join(importPaths, " "), workDir)
	}
	var paths []string
	for _, p := range loaded {
		if p.Dir == "" {
			return nil, fmt.Errorf("package %s: %s", p.PkgPath, firstError(p))
		}
		paths = append(paths, p.Dir)
	}
	dirs, err := l.scan(paths)
	for i, d := range dirs {
		d.main, d.importPath = ModuleRoot(workDir), loaded[i].PkgPath
	}
	return dirs, err
}

func firstError(p *packages.Package) string {
	if len(p.Errors) == 0 {
		return "no such package"
	}
	return strings.TrimSpace(p.Errors[0].Msg)
}

// group is directories that one call of the go command lists.
type group struct {
	main string // the main module's directory, or the go.work file
	root string // where the go command runs
	dirs []*Dir
}

// grouped groups directories by their main module. The go command lists packages of one main
// module at a time, and those of all members of a workspace.
func grouped(dirs []*Dir) []group {
	var groups []group
	for _, d := range dirs {
		root := cmp.Or(d.main, ModuleRoot(d.Path))
		main := cmp.Or(WorkspaceOf(root), root)
		i := slices.IndexFunc(groups, func(g group) bool { return g.main == main })
		if i < 0 {
			i = len(groups)
			groups = append(groups, group{main: main, root: root})
		}
		groups[i].dirs = append(groups[i].dirs, d)
	}
	return groups
}
