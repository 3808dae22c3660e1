// Package lint checks the rules, jobs and packages of a run against descriptions of events,
// AWS's limits and the handlers' types. It finds mistakes that nothing reports when a
// package is built or deployed: a rule that never fires, a field that stays empty.
//
// A check is a row of one table, Checks. It reads the result of package parse, changes
// nothing, and doesn't depend on the findings of other checks.
package lint

import (
	"context"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/parallel"
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

// Check runs all checks, on several packages at a time. Reporter gives the reporter for the
// findings of one. Checks that compare rules come last, and stop when ctx is done.
func (run *Run) Check(ctx context.Context, f *Facts, reporter func(*Check) diag.Reporter) {
	checked := make([]checkedPackage, len(run.Packages))
	parallel.Do(len(checked), func(i int) { checked[i] = run.Packages[i].check(f) })
	for i, c := range checks {
		if c.run != nil {
			c.run(run, f, reporter(c))
		}
		for _, p := range checked {
			reporter(c).Add(p.found[i].Sorted()...)
		}
	}
	right := concat(checked, func(p checkedPackage) []*Rule { return p.right })
	for _, c := range checks {
		if c.rules != nil {
			c.rules(ctx, right, f, reporter(c))
		}
	}
}

// checkedPackage is the result of the checks that look at one package.
type checkedPackage struct {
	found []diag.List // by the check's number
	right []*Rule     // those of methods without errors
}

// check runs the checks that look at one package.
func (p *Package) check(f *Facts) checkedPackage {
	result := checkedPackage{found: make([]diag.List, len(checks))}
	for i, c := range checks {
		if c.pkg != nil {
			c.pkg(p, f, &result.found[i])
		}
	}
	for _, j := range p.Methods {
		faulty := j.Incomplete
		for i, c := range checks {
			var found diag.List
			c.method(j, f, &found)
			faulty = faulty || found.HasErrors()
			result.found[i].Add(found.Sorted()...)
		}
		if !faulty {
			result.right = append(result.right, j.Rules...)
		}
	}
	return result
}

// method runs a check of jobs or rules, and no other.
func (c *Check) method(j *Job, f *Facts, report diag.Reporter) {
	if c.job != nil {
		c.job(j, f, report)
		return
	}
	for _, r := range j.Rules {
		switch {
		case c.rule != nil:
			c.rule(r, f, report)
		case c.pattern != nil && r.Pattern != nil:
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
