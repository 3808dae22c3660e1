package lint

import (
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/pattern"
)

// checkSatisfiable reports a pattern that no event can match.
func checkSatisfiable(r *Rule, _ *Facts, report diag.Reporter) {
	if r.Pattern.Valid() && r.Pattern.Satisfiable() == pattern.No {
		report.Report(diag.NeverMatches, r.At(0), "no event can match this pattern: no value fulfils its conditions")
	}
}
