package load

import (
	"encoding/json"
	"go/types"
	"io"
	"path/filepath"
	"runtime"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/jobgen/jobgen/internal/builds"
)

// The packages library runs the go command three times, reads more of its output than a run
// needs, and type-checks with full results. So packages whose list has no errors are loaded
// here, with one run of the go command. The library loads the others: it knows the many ways
// in which the go command lists a package with an error.

// listed is a package as the go command lists it.
type listed struct {
	ImportPath, Name, Dir, Export     string
	GoFiles, CgoFiles, IgnoredGoFiles []string
	Imports                           []string
	ImportMap                         map[string]string
	DepOnly, Standard                 bool
	Module                            *packages.Module
	Error                             *struct{ Err string }
}

// listFields are the fields of listed.
const listFields = "ImportPath,Name,Dir,Export,GoFiles,CgoFiles,IgnoredGoFiles,Imports,ImportMap,DepOnly,Standard,Module,Error"

// quickLoad loads packages as packages.Load does with the config. It isn't ok if the library
// has to load them.
func (l *Loader) quickLoad(cfg *packages.Config, source *sourceParser, paths []string) (loaded []*packages.Package, ok bool) {
	if len(paths) == 0 || len(strings.Join(paths, " ")) > maxArguments() {
		return nil, false
	}
	args := append([]string{"list", "-e", "-json=" + listFields, "-deps=true", "-export=true", "-buildvcs=false", "-pgo=off"}, cfg.BuildFlags...)
	out, err := builds.Go(cfg.Context, cfg.Dir, cfg.Env, append(append(args, "--"), paths...)...)
	if err != nil {
		return nil, false
	}
	list, ok := readList(out)
	if !ok {
		return nil, false
	}
	c := newChecker(source, list)
	if !c.check() {
		return nil, false
	}
	return c.roots(), true
}

// maxArguments is how long the arguments of a command may be on this system.
func maxArguments() int {
	if runtime.GOOS == "windows" {
		return 24 << 10
	}
	return 128 << 10
}

// readList reads the go command's list. It isn't ok if a package has an error that the run
// may have to report, or is made with cgo.
func readList(out string) (all []*listed, ok bool) {
	seen := map[string]bool{}
	for dec := json.NewDecoder(strings.NewReader(out)); ; {
		p := &listed{}
		if err := dec.Decode(p); err == io.EOF {
			return all, len(all) > 0
		} else if err != nil || seen[p.ImportPath] || !p.isUsable() {
			return nil, false
		}
		seen[p.ImportPath] = true
		all = append(all, p)
	}
}

// isUsable reports whether a package can be loaded without the library. An error of the
// compiler in a package that is read from source is not reported, nor needed.
func (p *listed) isUsable() bool {
	if p.DepOnly {
		return p.Error == nil && (p.Export != "" || p.ImportPath == "unsafe")
	}
	return (p.Error == nil || strings.HasPrefix(p.Error.Err, "# ")) &&
		p.ImportPath != "" && p.Name != "" && p.Dir != "" && len(p.GoFiles) > 0 && len(p.CgoFiles) == 0
}

// toPackage returns the package in the library's form, without its imports.
func (p *listed) toPackage() *packages.Package {
	return &packages.Package{
		ID: p.ImportPath, PkgPath: p.ImportPath, Name: p.Name, Dir: p.Dir, Module: p.Module,
		GoFiles: join(p.Dir, append(p.GoFiles, p.CgoFiles...)), IgnoredFiles: join(p.Dir, p.IgnoredGoFiles),
		Types: types.NewPackage(p.ImportPath, p.Name), Imports: map[string]*packages.Package{},
	}
}

func join(dir string, files []string) []string {
	all := make([]string, len(files))
	for i, f := range files {
		if all[i] = f; !filepath.IsAbs(f) {
			all[i] = filepath.Join(dir, f)
		}
	}
	return all
}
