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
	run     func(context.Context, *Run, *Facts, diag.Reporter)
}

// Run checks all of a run that the check is for.
func (c *Check) Run(ctx context.Context, run *Run, f *Facts, report diag.Reporter) {
	if c.run != nil {
		c.run(ctx, run, f, report)
		return
	}
	for _, p := range run.Packages {
		if c.pkg != nil {
			c.pkg(p, f, report)
			continue
		}
		for _, j := range p.Methods {
			c.method(j, f, report)
		}
	}
}

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
