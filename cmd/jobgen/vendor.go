package main

import (
	"fmt"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/jobgen/jobgen/internal/builds"
	"github.com/jobgen/jobgen/internal/load"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/parse"
)

// noteVendored prints which imports of the generated files are missing in a vendor
// directory. `go mod vendor` copies only packages that are imported, and before the first
// run of jobgen no file imports them.
func (g *generator) noteVendored(res *parse.Result) {
	missing := map[string][]string{} // by the directory that has the vendor directory
	for _, p := range res.Packages {
		// The go command decides whether it uses the vendor directory.
		if root, ok := load.Above(p.Dir, filepath.Join("vendor", "modules.txt")); ok {
			paths := g.unresolved(p.Dir, importsOf(filepath.Join(p.Dir, model.DispatcherFile)))
			missing[root] = append(missing[root], paths...)
		}
	}
	for _, root := range slices.Sorted(maps.Keys(missing)) {
		paths := slices.Compact(slices.Sorted(slices.Values(missing[root])))
		if len(paths) == 0 {
			continue
		}
		vendor := "go mod vendor"
		if _, err := os.Stat(filepath.Join(root, "go.work")); err == nil {
			vendor = "go work vendor"
		}
		fmt.Fprintf(g.stderr, "jobgen: %s lacks packages that %s imports: %s; run `go mod tidy` and `%s`\n",
			filepath.Join(root, "vendor"), model.DispatcherFile, strings.Join(paths, ", "), vendor)
	}
}

// importsOf returns the import paths of a Go file.
func importsOf(file string) []string {
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		return nil
	}
	var paths []string
	for _, s := range f.Imports {
		path, _ := strconv.Unquote(s.Path.Value) // the parser has checked it
		paths = append(paths, path)
	}
	return paths
}

// unresolved returns the import paths for which the go command finds no package. It
// ignores errors, because the go command reports them when it builds the package.
func (g *generator) unresolved(dir string, paths []string) []string {
	if len(paths) == 0 {
		return nil
	}
	args := append([]string{"-e", "-find", "-f", "{{if .Error}}{{.ImportPath}}{{end}}"}, paths...)
	out, _ := builds.GoList(g.ctx, dir, args...)
	return strings.Fields(out)
}
