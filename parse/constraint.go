package parse

import (
	"path/filepath"
	"slices"

	"github.com/jobgen/jobgen/internal/attach"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/model"
)

// jobFiles returns the constraints of the files in which methods have directives,
// in the order of the files.
func jobFiles(declarations []*attach.Declaration) []fileBuild {
	var builds []fileBuild
	var files []*gosource.File
	for _, h := range declarations {
		if h.Target == directive.OnMethod && !slices.Contains(files, h.File) {
			files = append(files, h.File)
			builds = append(builds, readBuild(h.File.Path, h.File.Src))
		}
	}
	return builds
}

// constraint gives the package the constraint that its files with jobs have in
// common, and reports those that have another than the first.
func (p *packageParser) constraint(files []fileBuild) {
	if len(files) == 0 {
		return
	}
	first, cgo := files[0], true
	for _, f := range files {
		cgo = cgo && f.cgo
		if !sameConstraint(first.named(), f.named()) {
			p.diags.Add(diag.New(diag.Constraints, f.pos, "the jobs of this file are built %s, those of %s %s: %s calls both, and can have one constraint only; give both files the same, or move the jobs of one to a package of their own",
				f.when(), filepath.Base(first.pos.File), first.when(), model.DispatcherFile).
				Relate(first.pos, "the other file's constraint"))
		}
	}
	p.built = first.named()
	if cgo {
		p.built = first.conditions()
	}
	p.out.Constraint = constraintText(p.built)
}
