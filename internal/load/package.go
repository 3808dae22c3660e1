package load

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/snapshot"
)

// Package is a package with its syntax and its types.
type Package struct {
	*packages.Package
	// Files are the user's files in this build, in the order of their names.
	Files []*gosource.File

	sources *snapshot.Snapshot
	fileErr error // one of its files can't be read
}

// newPackage returns a loaded package with its files. The generated file is none of
// them: the run read a stub in its place.
func newPackage(pkg *packages.Package, sources *snapshot.Snapshot) *Package {
	p := &Package{Package: pkg, sources: sources}
	for _, syntax := range pkg.Syntax {
		path := gosource.Position(pkg.Fset, syntax.Package).Filename
		if gosource.IsRewritten(path) { // a file that cgo adds
			continue
		}
		if filepath.Base(path) == model.DispatcherFile || strings.HasSuffix(path, "_test.go") {
			continue
		}
		f := sources.File(path)
		if f.Err != nil {
			p.fileErr = fmt.Errorf("%s: %w", path, f.Err)
			continue
		}
		p.Files = append(p.Files, &gosource.File{Path: path, Syntax: syntax, Src: f.Data})
	}
	slices.SortFunc(p.Files, func(a, b *gosource.File) int { return strings.Compare(a.Path, b.Path) })
	return p
}

// Broken reports the errors for which a package can't be read, and whether there are
// any. Type errors are not among them: only the types of handlers matter, and these
// are looked at one by one.
func (p *Package) Broken(report diag.Reporter) bool {
	if goTooOld(p.Module, p.sources, report) || syntaxErrors(p.Package, report) {
		return true
	}
	if p.fileErr != nil {
		report.Report(diag.GoSyntax, model.Pos{File: p.Dir}, "%v", p.fileErr)
	}
	return p.fileErr != nil
}
