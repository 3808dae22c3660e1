// Package lint checks the rules, jobs and packages of a run against what is known of
// events, of AWS and of the handlers' types. It finds mistakes that nothing reports when a
// package is built or deployed: a rule that never fires, a field that stays empty.
//
// A check is a row of one table, Checks. It reads what package parse has read, changes
// nothing, and knows nothing of other checks' findings.
package lint

import (
	"context"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
)

// Check is one check. One of its functions is set, which says what it checks.
type Check struct {
	Name  string
	Doc   string      // one sentence, without a period
	Codes []diag.Code // that it can report

	pattern func(*Rule, *Facts, diag.Reporter) // a rule with a pattern that can be read
	rule    func(*Rule, *Facts, diag.Reporter)
	job     func(*Job, *Facts, diag.Reporter)
	pkg     func(*Package, *Facts, diag.Reporter)
	run     func(*Run, *Facts, diag.Reporter)
	// rules are those of the run that can be compared with each other. A rule in whose
	// method there is an error is not among them: it is going to change.
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
				errors := errorReporter{Reporter: report}
				c.method(j, f, &errors)
				faulty[j] = faulty[j] || j.Incomplete || errors.any
			}
		}
	}
	var right []*Rule
	for _, j := range run.jobs() {
		if !faulty[j] {
			right = append(right, j.Rules...)
		}
	}
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
	var all []*Job
	for _, p := range run.Packages {
		all = append(all, p.Methods...)
	}
	return all
}

// errorReporter records whether an error is reported.
type errorReporter struct {
	diag.Reporter
	any bool
}

func (e *errorReporter) Add(found ...diag.Diagnostic) {
	for _, d := range found {
		e.any = e.any || d.Severity == diag.Error
	}
	e.Reporter.Add(found...)
}

func (e *errorReporter) Report(code diag.Code, pos model.Pos, format string, args ...any) {
	e.Add(diag.New(code, pos, format, args...))
}
