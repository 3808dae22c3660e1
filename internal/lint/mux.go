package lint

import (
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
)

// checkMuxes reports the handlers and rule ids that two packages have which a call of
// jobs.Mux joins: it panics, since a handler or a rule id couldn't tell their jobs apart.
func checkMuxes(run *Run, _ *Facts, report diag.Reporter) {
	for _, m := range run.Muxes {
		sameNames(m, report)
	}
}

// owner is what has a handler or a rule id, and where.
type owner struct {
	pkg *model.Package
	pos model.Pos
}

// sameNames reports the names that two of the packages of a Mux have. A rule that has its
// id from its job is reported with the job.
func sameNames(m Mux, report diag.Reporter) {
	handlers, ids := map[string]owner{}, map[string]owner{}
	clash := func(owners map[string]owner, name string, now owner, message func(before owner) string) bool {
		before, ok := owners[name]
		if !ok {
			owners[name] = now
		}
		if !ok || before.pkg == now.pkg {
			return false
		}
		report.Add(diag.New(diag.MuxClash, now.pos, "%s", message(before)).
			Relate(before.pos, "%s has it here", before.pkg.Path).Relate(m.Call, "jobs.Mux is called here"))
		return true
	}
	for _, p := range m.Joined {
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
