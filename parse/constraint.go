package parse

import (
	"go/build/constraint"
	"path/filepath"
	"slices"

	"github.com/jobgen/jobgen/internal/attach"
	"github.com/jobgen/jobgen/internal/builds"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/model"
)

// jobFiles returns the constraints of the files in which methods have directives,
// in the order of the files.
func jobFiles(declarations []*attach.Declaration) []builds.File {
	var all []builds.File
	var files []*gosource.File
	for _, d := range declarations {
		if d.Target == directive.OnMethod && !slices.Contains(files, d.File) {
			files = append(files, d.File)
			all = append(all, builds.ReadFile(d.File.Path, d.File.Src))
		}
	}
	return all
}

// commonConstraint returns the constraint of the files with jobs, nil if every build
// has them. It reports the files whose constraint is another than the first one's.
func commonConstraint(files []builds.File, report diag.Reporter) constraint.Expr {
	if len(files) == 0 {
		return nil
	}
	first, cgo := files[0], true
	for _, f := range files {
		cgo = cgo && f.Cgo
		if !builds.Same(first.Constraint(), f.Constraint()) {
			report.Add(diag.New(diag.Constraints, f.Pos, "the jobs of this file are built %s, those of %s %s: %s calls both, and can have one constraint only; give both files the same, or move the jobs of one to another package",
				f.When(), filepath.Base(first.Pos.File), first.When(), model.DispatcherFile).
				Relate(first.Pos, "the other file's constraint"))
		}
	}
	if cgo { // where only some import "C", a build without cgo says which file it lacks
		return first.Conditions()
	}
	return first.Constraint()
}
