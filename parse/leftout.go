package parse

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

// A package is read whole or left alone. What a run doesn't see of it may hold
// jobs, and then the files that this run would write lack them, and those that it
// would remove are still needed.

// isOutside reports whether no build has the file.
func (c *candidate) isOutside() bool { return c.isTest || c.isHidden }

// name is the file's base name.
func (c *candidate) name() string { return filepath.Base(c.path) }

// whyOutside says why no build of the directory's package has a file.
func (c *candidate) whyOutside() string {
	switch {
	case c.isTest:
		return "test files are not part of the Lambda binary"
	case c.isHidden:
		return "the go command ignores files whose names begin with _ or ."
	}
	return "it belongs to package " + c.syntax.Name.Name + ", not to the directory's package"
}

// reportOutside reports the directives in files that no build has.
func (d *dir) reportOutside(diags *diag.List) {
	for _, f := range d.files {
		if f.isOutside() {
			f.reportNotRead(diags)
		}
	}
}

func (c *candidate) reportNotRead(diags *diag.List) {
	for _, found := range c.directives() {
		diags.Report(diag.NotRead, found.Pos, "%s is not read in %s: %s", found.Name, c.name(), c.whyOutside())
	}
}

// leftOut returns the files with directives that other builds of the package have,
// and this one does not. Those of another package, such as tools that are run by
// their file's name, go to d.foreign.
func (d *dir) leftOut(packageName string) []*candidate {
	var files []*candidate
	for _, f := range d.files {
		switch {
		case d.used[f.path] || f.isOutside() || len(f.directives()) == 0:
		case packageName != "" && f.isNamed() && f.syntax.Name.Name != packageName:
			d.foreign = append(d.foreign, f)
		default:
			files = append(files, f)
		}
	}
	return files
}

// isNamed reports whether a file has a package clause.
func (c *candidate) isNamed() bool { return c.syntax.Name.NamePos.IsValid() }

// reportLeftOut reports a file of which leftOut says that this build lacks it.
func (c *candidate) reportLeftOut(build builds.Context, diags *diag.List) {
	first := c.directives()[0]
	why := build.WhyLeftOut(builds.ReadFile(c.path, c.src))
	if why == "" {
		why = "the go command leaves it out; `go list -f '{{.IgnoredGoFiles}}'` lists such files"
	}
	diags.Report(diag.LeftOut, first.Pos, "%s is in a file that this run leaves out, so nothing is written for its package: %s", first.Name, why)
}

// unread is a source file that can't be read, or can't be parsed.
type unread struct {
	pos    model.Pos
	what   string // "read" or "parsed"
	reason string
}

func (u unread) report(diags *diag.List) {
	diags.Report(diag.Unreadable, u.pos, "this file can't be %s (%s), and may hold directives: no file is written or removed in its package; repair it, or move it away",
		u.what, u.reason)
}

// unreadable returns the files that can't be read.
func (d *dir) unreadable() []unread {
	var all []unread
	for _, f := range d.sources {
		if f.Err != nil {
			all = append(all, unread{model.Pos{File: f.Path}, "read", f.Err.Error()})
		}
	}
	return all
}

// reportUnreadable reports the files that can't be read, and whether there are any.
func (d *dir) reportUnreadable(diags *diag.List) bool {
	files := d.unreadable()
	for _, f := range files {
		f.report(diags)
	}
	return len(files) > 0
}

// unparsed returns the files that are no Go, of those that this build doesn't
// have: the loader reports the others.
func (d *dir) unparsed() []unread {
	var all []unread
	for _, f := range d.sources {
		if f.Err != nil || d.used[f.Path] {
			continue
		}
		if pos, err := syntaxError(f); err != nil {
			all = append(all, unread{pos, "parsed", err.Error()})
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

// positionAt gives the place of an offset. (The line in the position of a syntax
// error is what a //line comment says.)
func positionAt(f *snapshot.File, offset int) model.Pos {
	before := f.Data[:min(offset, len(f.Data))]
	line := bytes.LastIndexByte(before, '\n') + 1
	return model.Pos{File: f.Path, Line: bytes.Count(before, []byte("\n")) + 1, Column: len(before) - line + 1}
}

// Unread returns what keeps a directory of Jobless from being known to have no
// jobs: files that can't be read or parsed, and directives in files that no build
// has. Its generated files are no orphans then.
func (r *Result) Unread(path string) []diag.Diagnostic {
	d := r.dirs[path]
	if d == nil {
		return nil
	}
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
