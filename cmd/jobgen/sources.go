package main

import (
	"errors"
	"path/filepath"
	"slices"

	"github.com/jobgen/jobgen/internal/output"
	"github.com/jobgen/jobgen/parse"
)

// checkSources returns an error if a plan removes files from a directory that may have
// jobs in files that were not read, or if a source has changed since it was read.
func checkSources(res *parse.Result, plan *output.Plan) error {
	var dirs []string
	var errs []error
	for _, c := range plan.Stale() {
		dir := filepath.Dir(c.Path)
		if c.Op != output.Remove || slices.Contains(dirs, dir) {
			continue
		}
		dirs = append(dirs, dir)
		if findings := res.Unread(dir); len(findings) > 0 {
			errs = append(errs, findingsError(findings))
		}
	}
	for _, p := range res.Packages {
		dirs = append(dirs, p.Dir)
	}
	return errors.Join(append(errs, res.Compare(dirs...))...)
}
