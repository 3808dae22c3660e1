package lint

import (
	"context"
	"strings"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/pattern"
)

// checkOverlaps reports rules that one event fires, at the later of two rules. It stops when
// ctx is done, since comparing many rules takes long.
func checkOverlaps(ctx context.Context, rules []*Rule, _ *Facts, report diag.Reporter) {
	var comparer pattern.Comparer
	for _, group := range byBus(rules, &comparer) {
		group.check(ctx, report)
	}
}

// overlapRule is a rule with a pattern that can be compared with others'.
type overlapRule struct {
	*Rule
	comparer *pattern.Comparer // shared by all rules
	// ownSource says that the rule is only for sources that are not AWS's, and cloudTrail that
	// it is only for events that CloudTrail delivers, which come from AWS's sources.
	ownSource, cloudTrail bool
}

func newOverlapRule(r *Rule, comparer *pattern.Comparer) *overlapRule {
	literals := r.literals()
	sources, types := literals["source"], literals["detail-type"]
	return &overlapRule{
		Rule: r, comparer: comparer,
		ownSource:  len(sources) > 0 && every(sources, func(s string) bool { return !strings.HasPrefix(s, catalog.Prefix) }),
		cloudTrail: len(types) > 0 && every(types, func(t string) bool { return strings.HasSuffix(t, " via CloudTrail") }),
	}
}

// busGroup holds the rules of one event bus. The rules of a job are next to each other.
type busGroup struct {
	rules []*overlapRule
	index *pattern.Index
}

// byBus returns the rules that can be compared, grouped by their buses: rules of different
// buses don't overlap.
func byBus(rules []*Rule, comparer *pattern.Comparer) []*busGroup {
	var groups []*busGroup
	of := map[string]*busGroup{}
	for _, r := range rules {
		// A schedule has no pattern. The values of parameters are not known.
		if r.Pattern == nil || r.HasState(model.Disabled) || len(r.Rule.Pattern.Params()) > 0 {
			continue
		}
		bus := customBus(r.Rule).String()
		if of[bus] == nil {
			of[bus] = &busGroup{}
			groups = append(groups, of[bus])
		}
		of[bus].rules = append(of[bus].rules, newOverlapRule(r, comparer))
	}
	for _, g := range groups {
		patterns := make([]*pattern.Pattern, len(g.rules))
		for i, r := range g.rules {
			patterns[i] = r.Pattern
		}
		g.index = pattern.NewIndex(patterns)
	}
	return groups
}

// mostOverlaps is the number of other rules that one note names. More don't help a reader,
// and the search takes time.
const mostOverlaps = 5

// check reports for each rule the earlier rules that overlap it: the rules of the same method
// in one warning, the rules of other methods in one note.
func (g *busGroup) check(ctx context.Context, report diag.Reporter) {
	first := 0 // the first rule of the same method
	for i, o := range g.rules {
		if i > 0 && g.rules[i-1].Job != o.Job {
			first = i
		}
		across := overlaps{rule: o, code: diag.OverlapAcross}
		for j := range g.index.Earlier(i) {
			if j >= first || len(across.with) == mostOverlaps {
				break
			}
			across.add(ctx, g.rules[j])
		}
		within := overlaps{rule: o, code: diag.OverlapWithin}
		for _, e := range g.rules[first:i] {
			within.add(ctx, e)
		}
		across.report(report)
		within.report(report)
	}
}

// overlaps are the earlier rules that overlap a rule.
type overlaps struct {
	rule    *overlapRule
	code    diag.Code
	with    []*overlapRule
	witness []byte // an event that fires the first of them and the rule
}

func (o *overlaps) add(ctx context.Context, e *overlapRule) {
	if ctx.Err() != nil || e.ownSource && o.rule.cloudTrail || o.rule.ownSource && e.cloudTrail || e.excludes(o.rule) {
		return
	}
	verdict, witness := e.comparer.Overlap(e.Pattern, o.rule.Pattern)
	if verdict != pattern.Yes {
		return
	}
	if o.with = append(o.with, e); len(o.with) == 1 {
		o.witness = witness
	}
}

// excludes reports whether two rules never exist at the same time. The parameters of two packages
// may have different values.
func (o *overlapRule) excludes(other *overlapRule) bool {
	return o.Absent || other.Absent || o.Package == other.Package && o.Package.Exclusive(o.Condition(), other.Condition())
}

func (o *overlaps) report(report diag.Reporter) {
	if len(o.with) == 0 {
		return
	}
	first, r := o.with[0], o.rule
	d := diag.New(o.code, r.Form, "an event that fires %s fires %s too%s: for example %s", first.nameFor(r), r.nameFor(first), contained(first, r), o.witness)
	for _, e := range o.with {
		d = d.Relate(e.Form, "%s is declared here", e.nameFor(r))
	}
	report.Add(d)
}

// nameFor returns the rule's name for a message about it and another rule. It includes the
// package if the other rule is in another one, which may have a rule of the same name.
func (o *overlapRule) nameFor(other *overlapRule) string {
	switch {
	case o.Package == other.Package:
		return o.name()
	case o.Package.Name == other.Package.Name:
		return o.name() + " of " + o.Package.Path
	}
	return o.name() + " of package " + o.Package.Name
}

// contained says whether every event of one rule fires the other one.
func contained(e, o *overlapRule) string {
	switch {
	case o.contains(e):
		return ", always"
	case e.contains(o):
		return ", and every event of " + o.nameFor(e) + " fires " + e.nameFor(o)
	}
	return ""
}

func (o *overlapRule) contains(inner *overlapRule) bool {
	answer, _ := o.comparer.Contains(o.Pattern, inner.Pattern)
	return answer == pattern.Yes
}
