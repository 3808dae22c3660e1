package parse

import (
	"slices"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/lint"
	"github.com/jobgen/jobgen/internal/load"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/muxcalls"
)

// muxes returns the calls of jobs.Mux in the main packages among the run's. Packages that
// the run doesn't read are read for this, and nothing else of them is checked.
func (r *run) muxes(dirs []*load.Dir) []lint.Mux {
	known := map[string]*model.Package{}
	for _, p := range r.packages {
		known[p.Dir] = p.Package
	}
	var all []lint.Mux
	for _, d := range dirs {
		for _, c := range muxcalls.In(r.loader, d.Path) {
			r.readJoined(load.ModuleRoot(d.Path), c.Dirs, known)
			mux := lint.Mux{Call: c.Pos}
			for _, dir := range c.Dirs {
				if p := known[dir]; p != nil {
					mux.Joined = append(mux.Joined, p)
				}
			}
			all = append(all, mux)
		}
	}
	return all
}

// readJoined reads the packages that are not known yet. They are loaded from the main
// package's module, and what can't be loaded stays unknown.
func (r *run) readJoined(root string, dirs []string, known map[string]*model.Package) {
	var missing []string
	for _, dir := range dirs {
		if _, ok := known[dir]; !ok {
			missing, known[dir] = append(missing, dir), nil
		}
	}
	found, err := r.loader.Find(root, missing)
	if err != nil {
		return
	}
	found = slices.DeleteFunc(found, func(d *load.Dir) bool { return !d.IsMarked() })
	if len(found) == 0 {
		return
	}
	if err := r.loader.LoadFrom(root, found, &diag.List{}); err != nil {
		return
	}
	for _, d := range found {
		for _, pkg := range d.Packages {
			if p := readPackage(r.cfg, pkg, r.loader, nil); p.hasJobs {
				known[pkg.Dir] = p.out.Package
			}
		}
	}
}
