package parse

import (
	"context"
	"fmt"
	"go/ast"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/jobgen/jobgen/internal/builds"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/snapshot"
)

// loadMode loads the packages themselves from source and what they import from
// export data, which the go command keeps in its build cache.
const loadMode = packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles |
	packages.NeedImports | packages.NeedModule | packages.NeedTypes | packages.NeedSyntax | packages.NeedTypesInfo

// loader runs the go command for a set of directories.
type loader struct {
	ctx     context.Context
	tags    string
	sources *snapshot.Snapshot
	// contexts are what the go command builds for, by module.
	contexts map[string]builds.Context
	// members are the modules that the go command loads packages of, by module.
	members map[string][]string
}

func newLoader(ctx context.Context, tags string) *loader {
	return &loader{ctx: ctx, tags: tags, sources: snapshot.New(), contexts: map[string]builds.Context{}, members: map[string][]string{}}
}

// context returns what the go command builds for in a directory's module.
func (l *loader) context(dir string) (builds.Context, error) {
	root := moduleRoot(dir)
	c, ok := l.contexts[root]
	if !ok {
		var err error
		if c, err = builds.Read(l.ctx, root, l.tags); err != nil {
			return c, err
		}
		l.contexts[root] = c
	}
	return c, nil
}

// jsonRules returns the rules of the encoding/json with which the go command compiles
// the package in a directory. A go command that can't tell has the older one.
func (l *loader) jsonRules(dir string) *jsonRules {
	return &jsonRules{modern: func() bool {
		c, err := l.context(dir)
		return err == nil && c.ModernJSON()
	}}
}

// load loads the packages in dirs, all of one module at once.
func (l *loader) load(dirs []*dir) ([]*packages.Package, error) {
	var all []*packages.Package
	for _, group := range byModule(dirs) {
		loaded, err := l.loadModule(group.root, group.dirs)
		if err != nil {
			return nil, err
		}
		all = append(all, loaded...)
	}
	slices.SortFunc(all, func(a, b *packages.Package) int { return strings.Compare(a.Dir, b.Dir) })
	return all, nil
}

// loadModule loads packages of one module. A module that has jobgen as a tool
// alone may not know yet what the runtime package needs, which the go command
// refuses to list at all; then the stubs do without that package.
func (l *loader) loadModule(root string, dirs []*dir) ([]*packages.Package, error) {
	loaded, err := l.loadStubbed(root, dirs, runtimeStub)
	if err == nil && len(loaded) == 0 {
		loaded, err = l.loadStubbed(root, dirs, bareStub)
	}
	if err != nil || len(loaded) == 0 {
		return nil, l.listError(root, paths(dirs), err)
	}
	return loaded, nil
}

func paths(dirs []*dir) []string {
	var all []string
	for _, d := range dirs {
		all = append(all, d.path)
	}
	return all
}

func (l *loader) loadStubbed(root string, dirs []*dir, kind stubKind) ([]*packages.Package, error) {
	stubs := overlay{}
	for _, d := range dirs {
		if err := stubs.unline(l.sources, d.path); err != nil {
			return nil, err
		}
		stub := l.stub(d, kind)
		if d.generated != nil && d.generated.Err != nil {
			stub = nil // the packages library would open it
		} else if stub == nil {
			continue
		}
		stubs[filepath.Join(d.path, model.DispatcherFile)] = stub
	}
	file, dir, err := stubs.write()
	if err != nil {
		return nil, err
	}
	defer dir.Remove()
	cfg := l.config(root, loadMode)
	cfg.Env = dir.Environ(cfg.Env)
	cfg.BuildFlags = append(cfg.BuildFlags, "-overlay="+file)
	cfg.ParseFile = func(fset *token.FileSet, path string, src []byte) (*ast.File, error) {
		return stubs.parse(fset, path, l.bytes(path, src))
	}
	return packages.Load(cfg, paths(dirs)...)
}

// bytes returns the bytes of a file as the run has read them; those that the
// packages library has just read are of no use but for files that cgo makes.
func (l *loader) bytes(path string, src []byte) []byte {
	if f := l.sources.Known(path); f != nil {
		return f.Data
	}
	return src
}

// listError returns the go command's own words for why it lists nothing in a
// module. The packages library wraps some of its refusals, such as a go.work that
// is older than a module, and passes over others, such as a go.mod that needs an
// update; err is the library's error, or nil.
func (l *loader) listError(root string, patterns []string, err error) error {
	if _, goErr := builds.GoList(l.ctx, root, patterns...); goErr != nil {
		return goErr
	}
	if err == nil {
		err = fmt.Errorf("the go command lists no packages in %s", strings.Join(patterns, ", "))
	}
	return err
}

func (l *loader) config(dir string, mode packages.LoadMode) *packages.Config {
	cfg := &packages.Config{Context: l.ctx, Mode: mode, Dir: dir, Env: builds.Environ()}
	if l.tags != "" {
		cfg.BuildFlags = []string{"-tags=" + l.tags}
	}
	return cfg
}

// resolve finds the directories of import paths.
func (l *loader) resolve(workDir string, importPaths []string) ([]string, error) {
	loaded, err := packages.Load(l.config(workDir, packages.NeedName|packages.NeedFiles), importPaths...)
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
	return paths, nil
}

func firstError(p *packages.Package) string {
	if len(p.Errors) == 0 {
		return "no such package"
	}
	return strings.TrimSpace(p.Errors[0].Msg)
}

type moduleDirs struct {
	root string
	dirs []*dir
}

// byModule groups directories by the module that holds them: the go command
// lists packages of one main module at a time.
func byModule(dirs []*dir) []moduleDirs {
	var groups []moduleDirs
	for _, d := range dirs {
		root := moduleRoot(d.path)
		i := slices.IndexFunc(groups, func(g moduleDirs) bool { return g.root == root })
		if i < 0 {
			i = len(groups)
			groups = append(groups, moduleDirs{root: root})
		}
		groups[i].dirs = append(groups[i].dirs, d)
	}
	return groups
}

// syntaxErrors reports what makes a package's syntax useless, and whether
// anything did. Type errors don't: only a handler's own types matter, and they
// are looked at one by one.
func syntaxErrors(p *packages.Package, diags *diag.List) bool {
	bad := false
	for _, e := range p.Errors {
		if filepath.Base(errorPos(e, p).File) == model.DispatcherFile {
			continue // what it holds, and whether it is there, doesn't matter
		}
		listed := e.Kind != packages.ParseError && e.Kind != packages.TypeError
		if e.Kind == packages.TypeError || listed && (len(p.Syntax) > 0 || leftOut(p)) {
			continue
		}
		bad = true
		diags.Report(diag.GoSyntax, errorPos(e, p), "%s", strings.TrimSpace(e.Msg))
	}
	return otherNames(p, diags) || bad
}

// leftOut reports whether build constraints leave out all of a package's files:
// what directives they hold is reported with them.
func leftOut(p *packages.Package) bool { return len(p.GoFiles) == 0 && len(p.IgnoredFiles) > 0 }

// otherNames reports files that belong to another package than the directory's.
func otherNames(p *packages.Package, diags *diag.List) bool {
	bad := false
	for _, f := range p.Syntax {
		pos := gosource.Pos(p.Fset, f.Name.Pos())
		if f.Name.Name == p.Name || filepath.Base(pos.File) == model.DispatcherFile {
			continue
		}
		bad = true
		diags.Report(diag.GoSyntax, pos, "this file is of package %s, and the directory's is %s: a directory holds one package", f.Name.Name, p.Name)
	}
	return bad
}

// errorPos reads the place that the go command put in front of an error.
func errorPos(e packages.Error, p *packages.Package) model.Pos {
	pos := model.Pos{File: p.Dir}
	if pos.File == "" {
		pos.File = p.ID
	}
	m := listedPos.FindStringSubmatch(e.Pos)
	if m == nil {
		return pos
	}
	pos.File = m[1]
	// A number that is too big, or not there, is the first.
	pos.Line, _ = strconv.Atoi(m[2])
	pos.Column, _ = strconv.Atoi(m[3])
	pos.Line, pos.Column = max(pos.Line, 1), max(pos.Column, 1)
	return pos
}

// listedPos is a place in an error of go/packages: file:line:column, or
// file:line, where a file's name may hold colons of its own.
var listedPos = regexp.MustCompile(`^(.+?):([0-9]+)(?::([0-9]+))?$`)
