package lint

import (
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/pattern"
)

// checkTautologies reports lists of alternatives that together match any value of the field.
// Alternatives are joined by OR, which is easily read as AND.
func checkTautologies(r *Rule, _ *Facts, report diag.Reporter) {
	eachField(r.Pattern.Top(), "", func(path string, m *pattern.Member) {
		if why := m.Field.Tautology(); why != "" {
			report.Report(diag.AlwaysMatches, r.At(m.ValueOffset), "%s holds whatever value the event has: alternatives are joined by OR, and %s; put exceptions in one anything-but: [a, b]", path, why)
		}
	})
}

// eachField visits the fields below an object with their paths, including the fields in the
// branches of $or.
func eachField(o *pattern.Object, path string, visit func(path string, m *pattern.Member)) {
	for _, m := range o.Members {
		at := strings.TrimPrefix(path+"."+m.Key, ".")
		for _, branch := range m.Branches {
			eachField(branch, path, visit)
		}
		if m.Object != nil {
			eachField(m.Object, at, visit)
		}
		if m.Field != nil {
			visit(at, m)
		}
	}
}
