// Package lint checks the rules, jobs and packages of a run against descriptions of events,
// AWS's limits and the handlers' types. It finds mistakes that nothing reports when a
// package is built or deployed: a rule that never fires, a field that stays empty.
//
// A check is a row of one table, Checks. It reads the result of package parse, changes
// nothing, and doesn't depend on the findings of other checks.
package lint

import (
	"context"
	"slices"

	"github.com/jobgen/jobgen/internal/diag"
)

// Check is one check. Exactly one of its functions is set.
type Check struct {
	Name  string
	Doc   string      // one sentence, without a period
	Codes []diag.Code // that it can report

	pattern func(*Rule, *Facts, diag.Reporter) // checks a rule with a readable pattern
	rule    func(*Rule, *Facts, diag.Reporter)
	job     func(*Job, *Facts, diag.Reporter)
	pkg     func(*Package, *Facts, diag.Reporter)
	run     func(*Run, *Facts, diag.Reporter)
	// rules compares the rules of a run with each other. It gets no rules of methods with
	// errors, since those are going to change.
	rules func(context.Context, []*Rule, *Facts, diag.Reporter)
}

// Check runs all checks. Reporter gives the reporter for the findings of one. Checks that
// compare rules come last, and stop when ctx is done.
func (run *Run) Check(ctx context.Context, f *Facts, reporter func(*Check) diag.Reporter) {
	faulty := map[*Job]bool{}
	for _, c := range checks {
		report := reporter(c)
		switch {
		case c.rules != nil:
		case c.run != nil:
			c.run(run, f, report)
		case c.pkg != nil:
			for _, p := range run.Packages {
				c.pkg(p, f, report)
			}
		default:
			for _, j := range run.jobs() {
				var found diag.List
				c.method(j, f, &found)
				faulty[j] = faulty[j] || j.Incomplete || found.HasErrors()
				report.Add(found.Sorted()...)
			}
		}
	}
	right := concat(slices.DeleteFunc(run.jobs(), func(j *Job) bool { return faulty[j] }), (*Job).rules)
	for _, c := range checks {
		if c.rules != nil {
			c.rules(ctx, right, f, reporter(c))
		}
	}
}

// method runs a check of jobs or rules.
func (c *Check) method(j *Job, f *Facts, report diag.Reporter) {
	if c.job != nil {
		c.job(j, f, report)
		return
	}
	for _, r := range j.Rules {
		switch {
		case c.rule != nil:
			c.rule(r, f, report)
		case r.Pattern != nil:
			c.pattern(r, f, report)
		}
	}
}

// jobs returns the methods of all packages.
func (run *Run) jobs() []*Job {
	return concat(run.Packages, func(p *Package) []*Job { return p.Methods })
}

// rules returns the rules of all packages.
func (run *Run) rules() []*Rule { return concat(run.Packages, (*Package).rules) }

func (p *Package) rules() []*Rule { return concat(p.Methods, (*Job).rules) }

func (j *Job) rules() []*Rule { return j.Rules }
