package load

import (
	"bytes"
	"errors"
	"go/parser"
	"go/scanner"
	"go/token"
	"path/filepath"
	"slices"

	"github.com/jobgen/jobgen/internal/builds"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/snapshot"
)

// isOutside reports whether no build has the file.
func (c *markedFile) isOutside() bool { return c.isTest || c.isHidden }

// name is the file's base name.
func (c *markedFile) name() string { return filepath.Base(c.path) }

// whyOutside says why no build of the directory's package has a file.
func (c *markedFile) whyOutside() string {
	switch {
	case c.isTest:
		return "test files are not part of the Lambda binary"
	case c.isHidden:
		return "the go command ignores files whose names begin with _ or ."
	}
	return "it belongs to package " + c.syntax.Name.Name + ", not to the directory's package"
}

// ReportOutside reports the directives in files that no build has.
func (d *Dir) ReportOutside(report diag.Reporter) {
	for _, f := range d.files {
		if f.isOutside() {
			f.reportNotRead(report)
		}
	}
}

func (c *markedFile) reportNotRead(report diag.Reporter) {
	for _, found := range c.directives() {
		report.Report(diag.NotRead, found.Pos, "%s is not read in %s: %s", found.Name, c.name(), c.whyOutside())
	}
}

// leftOut returns the files with directives that other builds of the package have,
// and this one does not. Those of another package, such as tools that are run by
// their file's name, go to d.foreign.
func (d *Dir) leftOut() []*markedFile {
	var files []*markedFile
	packageName := d.packageName()
	for _, f := range d.files {
		switch {
		case d.isUsed(f.path) || f.isOutside() || len(f.directives()) == 0:
		case packageName != "" && f.isNamed() && f.syntax.Name.Name != packageName:
			d.foreign = append(d.foreign, f)
		default:
			files = append(files, f)
		}
	}
	return files
}

// isNamed reports whether a file has a package clause.
func (c *markedFile) isNamed() bool { return c.syntax.Name.NamePos.IsValid() }

// reportLeftOut reports a file that leftOut has returned.
func (c *markedFile) reportLeftOut(build builds.Context, report diag.Reporter) {
	first := c.directives()[0]
	why := build.WhyLeftOut(builds.ReadFile(c.path, c.src))
	if why == "" {
		why = "the go command leaves it out; `go list -f '{{.IgnoredGoFiles}}'` lists such files"
	}
	report.Report(diag.LeftOut, first.Pos, "%s is in a file that this run leaves out, so nothing is written for its package: %s", first.Name, why)
}

// unreadFile is a source file that can't be read, or can't be parsed.
type unreadFile struct {
	pos    model.Pos
	what   string // "read" or "parsed"
	reason string
}

func (u unreadFile) report(report diag.Reporter) {
	report.Report(diag.Unreadable, u.pos, "this file can't be %s (%s), and may hold directives: no file is written or removed in its package; repair it, or move it away",
		u.what, u.reason)
}

// unreadable returns the files that can't be read.
func (d *Dir) unreadable() []unreadFile {
	var all []unreadFile
	for _, f := range d.sources {
		if f.Err != nil {
			all = append(all, unreadFile{model.Pos{File: f.Path}, "read", f.Err.Error()})
		}
	}
	return all
}

// ReportUnreadable reports the files that can't be read, and whether there are any.
func (d *Dir) ReportUnreadable(report diag.Reporter) bool {
	files := d.unreadable()
	for _, f := range files {
		f.report(report)
	}
	return len(files) > 0
}

// unparsed returns the files with syntax errors that this build leaves out; Broken
// reports the errors of the others.
func (d *Dir) unparsed() []unreadFile {
	var all []unreadFile
	for _, f := range d.sources {
		if f.Err != nil || d.isUsed(f.Path) {
			continue
		}
		if pos, err := syntaxError(f); err != nil {
			all = append(all, unreadFile{pos, "parsed", err.Error()})
		}
	}
	return all
}

// syntaxError returns a file's first syntax error without its place.
func syntaxError(f *snapshot.File) (model.Pos, error) {
	fset := token.NewFileSet()
	_, err := parser.ParseFile(fset, f.Path, f.Data, parser.SkipObjectResolution)
	if list, ok := errors.AsType[scanner.ErrorList](err); ok && len(list) > 0 {
		return positionAt(f, list[0].Pos.Offset), errors.New(list[0].Msg)
	}
	return positionAt(f, 0), err
}

// positionAt returns the position of an offset. The one in a syntax error is what a
// //line comment says.
func positionAt(f *snapshot.File, offset int) model.Pos {
	before := f.Data[:min(offset, len(f.Data))]
	line := bytes.LastIndexByte(before, '\n') + 1
	return model.Pos{File: f.Path, Line: bytes.Count(before, []byte("\n")) + 1, Column: len(before) - line + 1}
}

// ReportLeftOut reports the files of a loaded directory that this run leaves out and
// that have directives or can't be parsed. Unread says that one of them may belong
// to the package.
func (l *Loader) ReportLeftOut(d *Dir, report diag.Reporter) (unread bool, err error) {
	files := d.leftOut()
	for _, f := range d.foreign {
		f.reportNotRead(report)
	}
	unparsed := d.unparsed()
	for _, f := range unparsed {
		f.report(report)
	}
	if len(files) == 0 {
		return len(unparsed) > 0, nil
	}
	c, err := l.context(d.Path)
	if err != nil {
		return true, err
	}
	for _, f := range files {
		f.reportLeftOut(c, report)
	}
	return true, nil
}

// Unread returns what keeps a directory without jobs from being known to have
// none: files that can't be read or parsed, and directives in files that no build
// has.
func (d *Dir) Unread() []diag.Diagnostic {
	var diags diag.List
	for _, f := range append(d.unreadable(), d.unparsed()...) {
		f.report(&diags)
	}
	for _, f := range d.files {
		if directives := f.directives(); len(directives) > 0 && (f.isOutside() || slices.Contains(d.foreign, f)) {
			diags.Report(diag.LeftOut, directives[0].Pos, "%s is not read in %s (%s), and the package has no other jobs: the files that jobgen generated for it are not removed; move the directive to a file of the package, or remove it",
				directives[0].Name, f.name(), f.whyOutside())
		}
	}
	return diags.Sorted()
}
