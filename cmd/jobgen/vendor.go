package main

import (
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/parse"
)

// noteVendored names the packages that the generated files import and the vendor
// directory of their module lacks. `go mod vendor` copies only packages that are
// imported, and nothing imported them before.
func (g *generator) noteVendored(res *parse.Result) {
	missing := map[string][]string{} // by the directory that holds vendor
	for _, p := range res.Packages {
		root, ok := vendored(p.Dir)
		if !ok {
			continue
		}
		for _, path := range g.unresolved(p.Dir, importsOf(filepath.Join(p.Dir, model.DispatcherFile))) {
			if !slices.Contains(missing[root], path) {
				missing[root] = append(missing[root], path)
			}
		}
	}
	for root, paths := range missing {
		slices.Sort(paths)
		vendor := "go mod vendor"
		if exists(filepath.Join(root, "go.work")) {
			vendor = "go work vendor"
		}
		fmt.Fprintf(g.stderr, "jobgen: %s lacks packages that %s imports: %s; run `go mod tidy` and `%s`\n",
			filepath.Join(root, "vendor"), model.DispatcherFile, strings.Join(paths, ", "), vendor)
	}
}

// vendored returns the directory whose vendor directory the go command may use for
// a package: the nearest above it that has one. Whether it uses that is for the go
// command to decide.
func vendored(dir string) (root string, ok bool) {
	for at := dir; ; at = filepath.Dir(at) {
		if exists(filepath.Join(at, "vendor", "modules.txt")) {
			return at, true
		}
		if at == filepath.Dir(at) {
			return "", false
		}
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// importsOf returns the import paths of a Go file.
func importsOf(file string) []string {
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		return nil
	}
	var paths []string
	for _, s := range f.Imports {
		if path, err := strconv.Unquote(s.Path.Value); err == nil {
			paths = append(paths, path)
		}
	}
	return paths
}

// unresolved returns the import paths for which the go command finds no package. It
// drops errors: the go command reports them when it builds the package.
func (g *generator) unresolved(dir string, paths []string) []string {
	if len(paths) == 0 {
		return nil
	}
	args := append([]string{"list", "-e", "-find", "-f", "{{if .Error}}{{.ImportPath}}{{end}}"}, paths...)
	cmd := exec.CommandContext(g.ctx, "go", args...)
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		return nil
	}
	return strings.Fields(string(out))
}
