package main

import (
	"errors"
	"path/filepath"
	"slices"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/output"
	"github.com/jobgen/jobgen/parse"
)

// unreadError has the findings because of which the files that a plan removes may not be
// orphans.
type unreadError struct{ findings []diag.Diagnostic }

func (e *unreadError) Error() string { return e.findings[0].Message }

// addTo adds the findings to a list, in place of the warnings about the same
// directives.
func (e *unreadError) addTo(list *diag.List) {
	list.Filter(func(d diag.Diagnostic) bool {
		return d.Code != diag.NotRead || !slices.ContainsFunc(e.findings, func(f diag.Diagnostic) bool { return f.Pos == d.Pos })
	})
	list.Add(e.findings...)
}

// checkSources returns an error if a plan removes files of a package that was not
// read whole, or if a source has changed since.
func checkSources(res *parse.Result, plan *output.Plan) error {
	dirs := emptied(plan)
	var errs []error
	for _, dir := range dirs {
		if findings := res.Unread(dir); len(findings) > 0 {
			errs = append(errs, &unreadError{findings})
		}
	}
	for _, p := range res.Packages {
		dirs = append(dirs, p.Dir)
	}
	return errors.Join(append(errs, res.Compare(dirs...))...)
}

// emptied returns the directories from which a plan removes files.
func emptied(plan *output.Plan) []string {
	var dirs []string
	for _, c := range plan.Stale() {
		if dir := filepath.Dir(c.Path); c.Op == output.Remove && !slices.Contains(dirs, dir) {
			dirs = append(dirs, dir)
		}
	}
	return dirs
}
