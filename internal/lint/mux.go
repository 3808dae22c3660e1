package lint

import (
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
)

// checkMuxes reports handlers and rule ids that two packages of a call of jobs.Mux have. The
// call panics, since a handler or a rule id has to name one job.
func checkMuxes(run *Run, _ *Facts, report diag.Reporter) {
	for _, m := range run.Muxes {
		sameNames(m, report)
	}
}

// owner is the package and the position of a handler or a rule id.
type owner struct {
	pkg *model.Package
	pos model.Pos
}

// sameNames reports the names that two of the packages of a Mux have. It reports a rule that
// has its id from its job only with the job.
func sameNames(m Mux, report diag.Reporter) {
	owners := map[string]owner{}
	clash := func(name string, now owner, remedy func(before *model.Package) string) bool {
		before, ok := owners[name]
		if !ok {
			owners[name] = now
		}
		if !ok || before.pkg == now.pkg {
			return false
		}
		report.Add(diag.New(diag.MuxClash, now.pos, "jobs.Mux joins this package with %s, and both have the %s; %s", before.pkg.Path, name, remedy(before.pkg)).
			Relate(before.pos, "%s has it here", before.pkg.Path).Relate(m.Call, "jobs.Mux is called here"))
		return true
	}
	for _, p := range m.Joined {
		for _, j := range p.Jobs() {
			same := clash("handler "+j.Handler(), owner{p, j.Pos}, func(before *model.Package) string {
				return "put a name before those of one package, such as `//jobs:package handler: " + distinctName(p, before) + "`"
			})
			for _, rule := range j.Rules {
				if rule.ID == "" || same && rule.ID == j.ID() {
					continue
				}
				clash("rule id "+rule.ID, owner{p, rule.Pos}, func(*model.Package) string {
					return "give one of the rules another with `//jobs:event_rule id: Name`"
				})
			}
		}
	}
}

// distinctName returns the last element of a package's path that is a name and not an
// element of the other package's path.
func distinctName(p, other *model.Package) string {
	elements, others := strings.Split(p.Path, "/"), strings.Split(other.Path, "/")
	for _, name := range slices.Backward(elements) {
		if ruleID.MatchString(name) && !strings.Contains(name, "-") && !slices.Contains(others, name) {
			return name
		}
	}
	return "NAME"
}
