package scaffold

import (
	"context"
	"errors"
	"fmt"
	"go/token"
	"go/types"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/builds"
	"github.com/jobgen/jobgen/internal/load"
	"github.com/jobgen/jobgen/internal/snapshot"
	"github.com/jobgen/jobgen/internal/starter"
)

// Place says where the files of a first job go.
type Place struct {
	Root   string // the directory of the module
	Module string // the module's path
	// IsNew says that there is no go.mod yet. IsGuessed says that the path of the new
	// module is a guess.
	IsNew, IsGuessed bool
	// Workspace is the go.work file that the module is a member of, or "".
	Workspace string
	Vendored  bool // the go command builds with a vendor directory

	Dir     string // the directory of the jobs
	Package string // the name of the jobs' package
	Main    string // the directory of the main package
	// Jobs is a file in Dir that has jobs already, or "". If it is set, no first job is
	// written.
	Jobs string
	// Moved says that Dir is below the folder that the user named, because that folder has
	// Go files.
	Moved bool

	mod goMod // the go.mod of a module that exists
}

// Find finds the place for a first job in a folder, which need not exist.
func Find(ctx context.Context, folder string, kind starter.Kind) (*Place, error) {
	p := &Place{Dir: folder}
	if err := p.findModule(ctx); err != nil {
		return nil, err
	}
	if err := p.findPackage(kind); err != nil {
		return nil, err
	}
	if p.Jobs != "" {
		return p, nil
	}
	p.Package = packageName(p.ImportPath(), kind.Package)
	return p, p.findMain()
}

// findModule finds the module of the folder. If there is none, it chooses the path of a new
// one.
func (p *Place) findModule(ctx context.Context) error {
	if os.Getenv("GO111MODULE") == "off" {
		return errors.New("GO111MODULE=off turns modules off, and a tool belongs to a module; unset it")
	}
	existing := p.Dir // the nearest folder that exists
	for !exists(existing) {
		existing = filepath.Dir(existing)
	}
	if info, err := os.Stat(existing); err == nil && !info.IsDir() {
		return fmt.Errorf("%s is a file, and init takes a folder", existing)
	}
	p.Workspace = load.WorkspaceOf(existing)
	root, ok := load.Above(existing, "go.mod")
	if !ok {
		if p.Workspace != "" {
			return fmt.Errorf("%s is in the workspace %s, but in none of its modules; run `go mod init PATH` and `go work use .` in it, and then init, or set GOWORK=off", p.Dir, p.Workspace)
		}
		p.Root, p.IsNew = p.Dir, true
		p.Module, p.IsGuessed = modulePath(ctx, p.Dir, existing)
		return nil
	}
	p.Root = root
	if err := p.checkMember(ctx); err != nil {
		return err
	}
	vendor := root
	if p.Workspace != "" {
		vendor = filepath.Dir(p.Workspace)
	}
	p.Vendored = exists(filepath.Join(vendor, "vendor", "modules.txt"))
	var err error
	if p.mod, err = readGoMod(ctx, filepath.Join(root, "go.mod")); err != nil {
		return err
	}
	p.Module = p.mod.Module.Path
	return p.checkPattern()
}

// checkMember reports an error if the module is not a member of its workspace.
func (p *Place) checkMember(ctx context.Context) error {
	if p.Workspace == "" {
		return nil
	}
	members, err := builds.GoList(ctx, p.Root, "-m", "-f", "{{.Dir}}")
	if err != nil {
		return err
	}
	for member := range strings.Lines(members) {
		if load.SamePath(strings.TrimSpace(member), p.Root) {
			return nil
		}
	}
	return fmt.Errorf("the module in %s is not a member of the workspace %s; run `go work use .` in it, or set GOWORK=off", p.Root, p.Workspace)
}

// checkPattern reports an error if the pattern ./... at the module's root does not match
// the folder.
func (p *Place) checkPattern() error {
	for _, name := range strings.Split(p.rel(p.Dir), "/") {
		if name != "." && snapshot.IsHidden(name) || name == "testdata" || name == "vendor" {
			return fmt.Errorf("the go command ignores the folder %s, because of the name %s; choose another folder", p.Dir, name)
		}
		if name != "." && !importable.MatchString(name) {
			return fmt.Errorf("the folder %s can't hold a package: an import path has letters, digits and -._~ only, and %q has others", p.Dir, name)
		}
	}
	return nil
}

var importable = regexp.MustCompile(`^[A-Za-z0-9_~-][A-Za-z0-9._~-]*$`)

// findPackage finds the directory of the jobs: the folder, or a directory below it if the
// folder has Go files already. If the directory has jobs, findPackage sets Jobs.
func (p *Place) findPackage(kind starter.Kind) error {
	files, err := goFiles(p.Dir)
	if err != nil || p.hasJobs(files) {
		return err
	}
	files = slices.DeleteFunc(files, func(f *snapshot.File) bool { return p.Dir == p.Root && f.Name() == starter.GenerateFile })
	if len(files) == 0 {
		return nil
	}
	above := p.Dir
	p.Dir, p.Moved = filepath.Join(p.Dir, kind.Package), true
	if p.isFree(p.Dir) {
		return nil
	}
	if files, err = goFiles(p.Dir); err != nil || p.hasJobs(files) {
		return err
	}
	return fmt.Errorf("%s has Go files, and %s is not free either; name a new folder for the jobs", above, p.Dir)
}

// hasJobs sets Jobs to the first file that has jobs, and reports whether there is one.
func (p *Place) hasJobs(files []*snapshot.File) bool {
	for _, f := range files {
		if load.HasDirectives(f) {
			p.Jobs = f.Path
			return true
		}
	}
	return false
}

// goFiles returns the Go files of a directory, which need not exist.
func goFiles(dir string) ([]*snapshot.File, error) {
	files, err := snapshot.New().Dir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	return files, err
}

// findMain finds a directory for the main package.
func (p *Place) findMain() error {
	cmd := filepath.Join(p.Root, "cmd")
	candidates := []string{filepath.Join(p.Dir, "lambda"), filepath.Join(cmd, p.Package), filepath.Join(p.Dir, "lambda", p.Package)}
	if exists(cmd) {
		candidates[0], candidates[1] = candidates[1], candidates[0]
	}
	for _, dir := range candidates {
		if p.isFree(dir) {
			p.Main = dir
			return nil
		}
	}
	return fmt.Errorf("the main package needs a folder without Go files, and %s have some; name another folder for the jobs", strings.Join(candidates, ", "))
}

// isFree reports whether a directory can be a new package of the module. It is missing or
// has no Go files, and is not in another module.
func (p *Place) isFree(dir string) bool {
	files, err := goFiles(dir)
	if err != nil || len(files) > 0 {
		return false
	}
	module, ok := load.Above(dir, "go.mod")
	return p.IsNew || ok && module == p.Root
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// rel returns a path relative to the module's root, with slashes.
func (p *Place) rel(path string) string {
	rel, err := filepath.Rel(p.Root, path)
	if err != nil {
		return path
	}
	return filepath.ToSlash(rel)
}

// ImportPath returns the import path of the jobs' package.
func (p *Place) ImportPath() string { return path.Join(p.Module, p.rel(p.Dir)) }

var (
	words      = regexp.MustCompile(`[A-Za-z0-9]+`)
	number     = regexp.MustCompile(`^[0-9]`)
	versionDir = regexp.MustCompile(`^v[0-9]+$`)
)

// taken are names that the files of a first job use for other packages.
var taken = []string{"context", "fmt", "jobs", "jobstest", "main", "os", "slog", "testing", "time"}

// packageName returns a package name for an import path. It returns the other name if the
// path gives no name that can be used.
func packageName(importPath, other string) string {
	base := path.Base(importPath)
	if versionDir.MatchString(base) && strings.Contains(importPath, "/") {
		base = path.Base(path.Dir(importPath))
	}
	// A gopkg.in path ends in a version: yaml.v3.
	base, _, _ = strings.Cut(base, ".")
	parts := slices.DeleteFunc(words.FindAllString(base, -1), number.MatchString)
	name := strings.ToLower(strings.Join(parts, ""))
	if name == "" || token.IsKeyword(name) || types.Universe.Lookup(name) != nil || slices.Contains(taken, name) {
		return other
	}
	return name
}
