package lint

import (
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/pattern"
)

// CheckPattern checks a rule's pattern.
func CheckPattern(r *Rule, f *Facts, report diag.Reporter) {
	checkEnvelope(r, f, report)
	checkSchemaNames(r, f, report)
	checkFields(r, f, report)
	checkCatalog(r, f, report)
	checkTautologies(r, f, report)
	checkSatisfiable(r, f, report)
	checkConfusables(r, f, report)
}

// checkSatisfiable reports a pattern that no event can match.
func checkSatisfiable(r *Rule, _ *Facts, report diag.Reporter) {
	if r.Pattern.Valid() && r.Pattern.Satisfiable() == pattern.No {
		report.Report(diag.NeverMatches, r.At(0), "no event can match this pattern: no value fulfils its conditions")
	}
}
