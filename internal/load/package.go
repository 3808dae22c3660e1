package load

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
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

// newPackage pairs a package's files with their bytes. The generated file is left
// out: a stub replaces it.
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

// Broken reports what makes the package's syntax useless, and whether anything
// does.
func (p *Package) Broken(report diag.Reporter) bool {
	if goTooOld(p.Module, p.sources, report) || syntaxErrors(p.Package, report) {
		return true
	}
	if p.fileErr != nil {
		report.Report(diag.GoSyntax, model.Pos{File: p.Dir}, "%v", p.fileErr)
	}
	return p.fileErr != nil
}

// syntaxErrors reports what makes a package's syntax useless, and whether
// anything did. Type errors don't: only a handler's own types matter, and they
// are looked at one by one.
func syntaxErrors(p *packages.Package, report diag.Reporter) bool {
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
		report.Report(diag.GoSyntax, errorPos(e, p), "%s", strings.TrimSpace(e.Msg))
	}
	return otherNames(p, report) || bad
}

// leftOut reports whether build constraints leave out all of a package's files:
// what directives they hold is reported with them.
func leftOut(p *packages.Package) bool { return len(p.GoFiles) == 0 && len(p.IgnoredFiles) > 0 }

// otherNames reports files that belong to another package than the directory's.
func otherNames(p *packages.Package, report diag.Reporter) bool {
	bad := false
	for _, f := range p.Syntax {
		pos := gosource.Pos(p.Fset, f.Name.Pos())
		if f.Name.Name == p.Name || filepath.Base(pos.File) == model.DispatcherFile {
			continue
		}
		bad = true
		report.Report(diag.GoSyntax, pos, "this file is of package %s, and the directory's is %s: a directory holds one package", f.Name.Name, p.Name)
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
