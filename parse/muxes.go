package parse

import (
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/load"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/muxcalls"
)

// muxes checks the main packages among the run's that join dispatchers with jobs.Mux:
// two packages that a program joins must not have a handler or a rule id in common.
// Packages that the run doesn't read are read for this, and nothing else of them is
// reported.
func (r *run) muxes(dirs []*load.Dir) {
	known := map[string]*model.Package{}
	for _, p := range r.parsers {
		known[p.out.Dir] = p.out
	}
	for _, d := range dirs {
		for _, c := range muxcalls.In(r.loader, d.Path) {
			r.readJoined(load.ModuleRoot(d.Path), c.Dirs, known)
			var joined []*model.Package
			for _, dir := range c.Dirs {
				if p := known[dir]; p != nil {
					joined = append(joined, p)
				}
			}
			sameNames(c.Pos, joined, &r.res.Diagnostics)
		}
	}
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
			if p := newPackageParser(r.cfg, pkg, r.loader); p.parse(r.cfg) {
				known[pkg.Dir] = p.out
			}
		}
	}
}

// owner is what has a handler or a rule id, and where.
type owner struct {
	pkg *model.Package
	pos model.Pos
}

// sameNames reports the handlers and rule ids that two packages have which a call of
// jobs.Mux joins. A rule that has its id from its job is reported with the job.
func sameNames(call model.Pos, joined []*model.Package, diags *diag.List) {
	handlers, ids := map[string]owner{}, map[string]owner{}
	clash := func(owners map[string]owner, name string, now owner, message func(before owner) string) bool {
		before, ok := owners[name]
		if !ok {
			owners[name] = now
		}
		if !ok || before.pkg == now.pkg {
			return false
		}
		diags.Add(diag.New(diag.MuxClash, now.pos, "%s", message(before)).
			Relate(before.pos, "%s has it here", before.pkg.Path).Relate(call, "jobs.Mux is called here"))
		return true
	}
	for _, p := range joined {
		for _, j := range p.Jobs() {
			same := clash(handlers, j.Handler(), owner{p, j.Pos}, func(before owner) string {
				return "jobs.Mux joins this package with " + before.pkg.Path + ", and both have the handler " + j.Handler() +
					"; put a name before those of one package, such as `//jobs:package handler: " + distinctName(p, before.pkg) + "`"
			})
			for _, rule := range j.Rules {
				given := rule.ID != j.ID()
				if rule.ID == "" || same && !given {
					continue
				}
				clash(ids, rule.ID, owner{p, rule.Pos}, func(before owner) string {
					return "jobs.Mux joins this package with " + before.pkg.Path + ", and both have the rule id " + rule.ID +
						"; give one of the rules another with `//jobs:event_rule id: Name`"
				})
			}
		}
	}
}

// distinctName returns the last element of a package's path that is a name and no
// element of another's.
func distinctName(p, other *model.Package) string {
	elements, others := strings.Split(p.Path, "/"), strings.Split(other.Path, "/")
	for _, name := range slices.Backward(elements) {
		if ruleID.MatchString(name) && !strings.Contains(name, "-") && !slices.Contains(others, name) {
			return name
		}
	}
	return "NAME"
}
