package lint

import (
	"context"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/pattern"
)

// checkOverlaps reports the rules of the run that one event fires together, at the later
// of two. Only rules on one bus can. It stops where the run is cancelled, since to compare
// many rules takes long.
func checkOverlaps(ctx context.Context, rules []*Rule, _ *Facts, report diag.Reporter) {
	var earlier []*overlapRule
	var comparer pattern.Comparer
	for _, r := range rules {
		// A schedule has no pattern, and the values of parameters are not known.
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
	comparer *pattern.Comparer // of all rules
	// literals are the values of each field, by its path, that is asked for by
	// literals alone: they tell most pairs apart at once.
	literals map[string][]string
}

// apart reports whether two rules surely never fire together.
func (o *overlapRule) apart(other *overlapRule) bool {
	if !slices.Equal(busOf(o.EventBus), busOf(other.EventBus)) {
		return true
	}
	if o.ownSource() && other.cloudTrail() || other.ownSource() && o.cloudTrail() {
		return true
	}
	for path, values := range o.literals {
		if have, ok := other.literals[path]; ok && disjoint(values, have) {
			return true
		}
	}
	return false
}

// ownSource reports whether the rule asks for sources that are not AWS's alone.
func (o *overlapRule) ownSource() bool {
	return len(o.literals["source"]) > 0 && !slices.ContainsFunc(o.literals["source"], func(s string) bool { return strings.HasPrefix(s, "aws.") })
}

// cloudTrail reports whether the rule asks for what CloudTrail delivers alone, which comes
// from AWS's sources.
func (o *overlapRule) cloudTrail() bool {
	return len(o.literals["detail-type"]) > 0 && !slices.ContainsFunc(o.literals["detail-type"], func(t string) bool { return !strings.HasSuffix(t, " via CloudTrail") })
}

func disjoint(a, b []string) bool {
	return !slices.ContainsFunc(a, func(v string) bool { return slices.Contains(b, v) })
}

func busOf(t model.Text) model.Text {
	if t == nil || isDefaultBus(t) {
		return nil
	}
	return t
}

// mostOverlaps is how many other rules one finding names: with more, a reader is
// not helped, and the search takes time.
const mostOverlaps = 5

// report reports which of the earlier rules overlap o: the rules of the same method in
// one warning, the rules of other methods in one note.
func (o *overlapRule) report(ctx context.Context, earlier []*overlapRule, report diag.Reporter) {
	var within, across *diag.Diagnostic
	for _, e := range earlier {
		if ctx.Err() != nil {
			return
		}
		if o.apart(e) || e.Job != o.Job && across != nil && len(across.Related) == mostOverlaps {
			continue
		}
		verdict, witness := o.comparer.Overlap(e.Pattern, o.Pattern)
		if verdict != pattern.Yes {
			continue
		}
		found := &across
		code := diag.OverlapAcross
		if e.Job == o.Job {
			found, code = &within, diag.OverlapWithin
		}
		if *found == nil {
			d := diag.New(code, o.Form, "an event that fires %s fires %s too%s: for example %s", e.nameFor(o), o.nameFor(e), contained(e, o), witness)
			*found = &d
		}
		**found = (*found).Relate(e.Form, "%s is declared here", e.nameFor(o))
	}
	for _, d := range []*diag.Diagnostic{within, across} {
		if d != nil {
			report.Add(*d)
		}
	}
}

// nameFor is the rule's name in a message about it and another: with that of its
// package where the other is in another one, whose rules may be called the same.
func (o *overlapRule) nameFor(other *overlapRule) string {
	switch {
	case o.Package == other.Package:
		return o.name()
	case o.Package.Name == other.Package.Name:
		return o.name() + " of " + o.Package.Path
	}
	return o.name() + " of package " + o.Package.Name
}

// contained says it where every event of one rule fires the other.
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
