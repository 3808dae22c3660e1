package lint

import (
	"context"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/pattern"
)

// checkOverlaps reports rules that one event fires, at the later of two rules. It stops when
// ctx is done, since comparing many rules takes long.
func checkOverlaps(ctx context.Context, rules []*Rule, _ *Facts, report diag.Reporter) {
	var earlier []*overlapRule
	var comparer pattern.Comparer
	for _, r := range rules {
		// A schedule has no pattern. The values of parameters are not known.
		if r.Pattern == nil || r.State == model.Disabled || len(r.Rule.Pattern.Params()) > 0 {
			continue
		}
		later := &overlapRule{Rule: r, comparer: &comparer, literals: r.literals()}
		later.report(ctx, earlier, report)
		earlier = append(earlier, later)
	}
}

// overlapRule is a rule with a pattern that can be compared with others'.
type overlapRule struct {
	*Rule
	comparer *pattern.Comparer // shared by all rules
	// literals are the values of the fields whose alternatives are literals alone, by path.
	// They decide most pairs without the comparer.
	literals map[string][]string
}

// disjoint reports whether no event can fire both rules, as far as conditions, buses and
// literals show.
func (o *overlapRule) disjoint(other *overlapRule) bool {
	if o.Package == other.Package && o.Package.Exclusive(o.Exists(), other.Exists()) {
		return true
	}
	if !slices.Equal(customBus(o.Rule.Rule), customBus(other.Rule.Rule)) {
		return true
	}
	if o.ownSource() && other.cloudTrail() || other.ownSource() && o.cloudTrail() {
		return true
	}
	for path, values := range o.literals {
		others, ok := other.literals[path]
		if ok && !slices.ContainsFunc(values, func(v string) bool { return slices.Contains(others, v) }) {
			return true
		}
	}
	return false
}

// ownSource reports whether the rule is only for sources that are not AWS's.
func (o *overlapRule) ownSource() bool {
	return len(o.literals["source"]) > 0 && !slices.ContainsFunc(o.literals["source"], func(s string) bool { return strings.HasPrefix(s, catalog.Prefix) })
}

// cloudTrail reports whether the rule is only for events that CloudTrail delivers, which
// come from AWS's sources.
func (o *overlapRule) cloudTrail() bool {
	return len(o.literals["detail-type"]) > 0 && every(o.literals["detail-type"], func(t string) bool { return strings.HasSuffix(t, " via CloudTrail") })
}

// mostOverlaps is the number of other rules that one note names. More don't help a reader,
// and the search takes time.
const mostOverlaps = 5

// report reports the earlier rules that overlap o: the rules of the same method in one
// warning, the rules of other methods in one note.
func (o *overlapRule) report(ctx context.Context, earlier []*overlapRule, report diag.Reporter) {
	found := map[diag.Code]diag.Diagnostic{}
	for _, e := range earlier {
		if ctx.Err() != nil {
			return
		}
		code := diag.OverlapAcross
		if e.Job == o.Job {
			code = diag.OverlapWithin
		}
		d, ok := found[code]
		if o.disjoint(e) || code == diag.OverlapAcross && len(d.Related) == mostOverlaps {
			continue
		}
		verdict, witness := o.comparer.Overlap(e.Pattern, o.Pattern)
		if verdict != pattern.Yes {
			continue
		}
		if !ok {
			d = diag.New(code, o.Form, "an event that fires %s fires %s too%s: for example %s", e.nameFor(o), o.nameFor(e), contained(e, o), witness)
		}
		found[code] = d.Relate(e.Form, "%s is declared here", e.nameFor(o))
	}
	for _, d := range found {
		report.Add(d)
	}
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
