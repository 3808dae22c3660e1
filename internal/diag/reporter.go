package diag

import "github.com/jobgen/jobgen/internal/model"

// Reporter takes findings. A List is one; what only has a Reporter can't read the
// findings of others.
type Reporter interface {
	// Add adds findings.
	Add(d ...Diagnostic)
	// Report makes a finding with New and adds it.
	Report(code Code, pos model.Pos, format string, args ...any)
}
