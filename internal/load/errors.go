package load

import (
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/model"
)

// syntaxErrors reports the errors of a package's syntax, and those for which the go
// command can't list it, and whether there are any.
func syntaxErrors(p *packages.Package, report diag.Reporter) bool {
	bad := false
	for _, e := range p.Errors {
		if filepath.Base(errorPos(e, p).File) == model.DispatcherFile {
			continue // a stub replaced it
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
// file:line, where a file's name may have colons too.
var listedPos = regexp.MustCompile(`^(.+?):([0-9]+)(?::([0-9]+))?$`)
