package parse

import (
	"context"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/lint"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/pattern"
)

// overlaps reports the rules of the run that one event fires together, at the
// later of two. Only rules on one bus can. It stops where the run is cancelled.
func (r *run) overlaps(ctx context.Context) {
	var earlier []*overlapRule
	var comparer pattern.Comparer
	for _, p := range r.parsers {
		for _, rule := range p.rules {
			later := newOverlapRule(rule)
			if later == nil {
				continue
			}
			later.pkg, later.comparer = p.out, &comparer
			later.report(ctx, p, earlier)
			earlier = append(earlier, later)
		}
	}
}

// overlapRule is a rule with a pattern that can be compared with others'.
type overlapRule struct {
	*rule
	pkg      *model.Package
	pattern  *pattern.Pattern
	comparer *pattern.Comparer // of all rules
	// literals are the values of each field, by its path, that is asked for by
	// literals alone: they tell most pairs apart at once.
	literals map[string][]string
}

// newOverlapRule returns nil for a rule that can't be compared: a schedule, a
// disabled rule, a pattern with faults or with parameters.
func newOverlapRule(r *rule) *overlapRule {
	if r.lint == nil || r.out.State == model.Disabled || len(r.out.Pattern.Params()) > 0 {
		return nil
	}
	return &overlapRule{rule: r, pattern: r.lint.Pattern, literals: r.lint.Literals()}
}

// apart reports whether two rules surely never fire together.
func (o *overlapRule) apart(other *overlapRule) bool {
	if !slices.Equal(busOf(o.out.EventBus), busOf(other.out.EventBus)) {
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

// ownSource reports whether the rule asks for sources that are not AWS's alone,
// cloudTrail whether it asks for what CloudTrail delivers alone, which comes from
// AWS's sources.
func (o *overlapRule) ownSource() bool {
	return len(o.literals["source"]) > 0 && !slices.ContainsFunc(o.literals["source"], func(s string) bool { return strings.HasPrefix(s, "aws.") })
}

func (o *overlapRule) cloudTrail() bool {
	return len(o.literals["detail-type"]) > 0 && !slices.ContainsFunc(o.literals["detail-type"], func(t string) bool { return !strings.HasSuffix(t, " via CloudTrail") })
}

func disjoint(a, b []string) bool {
	return !slices.ContainsFunc(a, func(v string) bool { return slices.Contains(b, v) })
}

func busOf(t model.Text) model.Text {
	if t == nil || lint.IsDefaultBus(t) {
		return nil
	}
	return t
}

// mostOverlaps is how many other rules one finding names: with more, a reader is
// not helped, and the search takes time.
const mostOverlaps = 5

// report reports the earlier rules that o overlaps: those of its own method as
// a warning, those of others as a note; each in one finding.
func (o *overlapRule) report(ctx context.Context, p *packageParser, earlier []*overlapRule) {
	var within, across *diag.Diagnostic
	for _, e := range earlier {
		if ctx.Err() != nil {
			return
		}
		if o.apart(e) || e.job != o.job && across != nil && len(across.Related) == mostOverlaps {
			continue
		}
		verdict, witness := o.comparer.Overlap(e.pattern, o.pattern)
		if verdict != pattern.Yes {
			continue
		}
		found := &across
		code := diag.OverlapAcross
		if e.job == o.job {
			found, code = &within, diag.OverlapWithin
		}
		if *found == nil {
			d := diag.New(code, o.formed, "an event that fires %s fires %s too%s: for example %s", e.nameFor(o), o.nameFor(e), contained(e, o), witness)
			*found = &d
		}
		**found = (*found).Relate(e.formed, "%s is declared here", e.nameFor(o))
	}
	for _, d := range []*diag.Diagnostic{within, across} {
		if d != nil {
			p.diags.Add(*d)
		}
	}
}

// mostNotes is how many notes on overlaps one run tells: with hundreds of rules for the
// same events, they would bury all else.
const mostNotes = 50

// thinNotes leaves the first notes on overlaps and says how many there are more. It comes
// after what allow lines silence: such a line must find its note.
func thinNotes(diags *diag.List) {
	var notes []model.Pos
	for _, d := range diags.Sorted() {
		if d.Code == diag.OverlapAcross {
			notes = append(notes, d.Pos)
		}
	}
	if len(notes) <= mostNotes+1 {
		return
	}
	more := notes[mostNotes:]
	diags.Filter(func(d diag.Diagnostic) bool {
		return d.Code != diag.OverlapAcross || !slices.Contains(more, d.Pos)
	})
	diags.Report(diag.OverlapAcross, more[0], "%d more rules from here on share events with rules of other methods; `jobgen which EVENT…` tells what an event fires", len(more))
}

func (r *rule) name() string {
	if r.out.ID != "" {
		return r.out.ID
	}
	return r.job.ID()
}

// nameFor is the rule's name in a message about it and another: with that of its
// package where the other is in another one, whose rules may be called the same.
func (o *overlapRule) nameFor(other *overlapRule) string {
	switch {
	case o.pkg == other.pkg:
		return o.name()
	case o.pkg.Name == other.pkg.Name:
		return o.name() + " of " + o.pkg.Path
	}
	return o.name() + " of package " + o.pkg.Name
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
	answer, _ := o.comparer.Contains(o.pattern, inner.pattern)
	return answer == pattern.Yes
}
