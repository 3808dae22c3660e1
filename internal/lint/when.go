package lint

import (
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/spell"
)

// checkWhen checks the conditions of rules and functions.
func checkWhen(p *Package, _ *Facts, report diag.Reporter) {
	c := whenCheck{p, report}
	for _, f := range p.Functions {
		c.terms(f.When, f.Properties)
	}
	for _, r := range p.rules() {
		if c.terms(r.When, r.Properties) {
			c.together(r)
		}
	}
}

// whenCheck checks the conditions of a package.
type whenCheck struct {
	*Package
	report diag.Reporter
}

// terms checks the terms of a condition. It reports whether all are right.
func (c whenCheck) terms(w model.When, places Properties) bool {
	right := true
	for _, t := range w {
		d := c.declaration(t, places)
		right = right && d != nil && c.values(t, d, places)
	}
	return right
}

// declaration returns the declaration of a term's parameter. It reports a parameter that can't
// be in a condition.
func (c whenCheck) declaration(t model.Term, places Properties) *model.Parameter {
	at := places["when."+t.Param].Key
	d := c.Parameter(t.Param)
	switch {
	case slices.Contains(c.Secrets, t.Param):
		c.report.Report(diag.WhenUnknown, at, "the parameter %s is a secret, and a condition would show its value in the rule files; use another parameter", t.Param)
		return nil
	case d == nil:
		var names []string
		for _, d := range c.Parameters {
			names = append(names, d.Name)
		}
		near, isNear := spell.Nearest(t.Param, names)
		if isNear || !c.Incomplete {
			c.report.Add(diag.New(diag.WhenUnknown, at,
				"the package declares no parameter %s; declare it above the package clause, such as `//jobs:package params: {%[1]s: {default: dev, allowed: [dev, prod]}}`", t.Param).Suggest(t.Param, near))
		}
	case d.List:
		c.report.Add(diag.New(diag.WhenUnknown, at, "the parameter %s is a list, and a condition compares one value; use another parameter", t.Param).
			Relate(d.Pos, "it is declared here"))
		return nil
	}
	return d
}

// values checks the values of a term, whose parameter has the declaration d. It reports whether
// all are right.
func (c whenCheck) values(t model.Term, d *model.Parameter, places Properties) bool {
	right := true
	allowed := strings.Join(d.Allowed, ", ")
	for _, v := range t.Values {
		if d.IsAllowed(v) {
			continue
		}
		right = false
		near, _ := spell.Nearest(v, d.Allowed)
		c.report.Add(diag.New(diag.WhenUnknown, places["when."+t.Param+"."+v].Value, "%s can't be %q; the allowed values are %s", t.Param, diag.Clip(v), allowed).
			Suggest(v, near).Relate(d.Pos, "they are declared here"))
	}
	at := places["when."+t.Param].Value
	switch {
	case !right:
	case t.Never(d.Allowed):
		c.report.Add(diag.New(diag.WhenNever, at, "the condition is true for none of the allowed values of %s: %s; leave one of them out", t.Param, allowed).
			Relate(d.Pos, "they are declared here"))
		return false
	case t.Always(d.Allowed):
		c.report.Add(diag.New(diag.WhenAlways, at, "the condition is true for all allowed values of %s: %s; remove it, or leave one of them out", t.Param, allowed).
			Relate(d.Pos, "they are declared here"))
	}
	return right
}

// together reports a rule that never exists, because its condition and that of its function
// exclude each other.
func (c whenCheck) together(r *Rule) {
	for _, t := range r.When {
		both, _ := r.Condition().Of(t.Param)
		ofJob, ok := r.Job.Function.When.Of(t.Param)
		if !ok || !both.Never(c.Allowed(t.Param)) || ofJob.Never(c.Allowed(t.Param)) {
			continue
		}
		c.report.Add(diag.New(diag.WhenNever, r.Properties["when."+t.Param].Key,
			"the rule never exists: it exists if %s, and %s does if %s", t, r.Job.Handler(), ofJob).
			Relate(c.conditionOf(r.Job, t.Param), "the condition of the function is here"))
	}
}

// conditionOf returns the position of a job's condition on a parameter: that of its method, or
// else of its type.
func (c whenCheck) conditionOf(j *model.Job, param string) model.Pos {
	var at model.Pos
	for _, f := range c.Functions {
		place, ok := f.Properties["when."+param]
		if ok && (f.Job == j || f.Job == nil && f.Receiver == j.Receiver && !at.IsValid()) {
			at = place.Key
		}
	}
	return at
}
