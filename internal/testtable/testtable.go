// Package testtable makes dispatchers' tables for tests that write their rules by
// hand.
package testtable

import (
	"github.com/jobgen/jobgen/internal/compile"
	"github.com/jobgen/jobgen/jobs"
)

// Of returns the table with what its rules' patterns come to, as jobgen writes it.
// It panics if one of them is not valid.
func Of(t jobs.Table) *jobs.Table {
	var rules []compile.Rule
	for _, r := range t.Rules {
		if len(r.Params) > 0 {
			t.Params = jobs.Environment{}
		}
		rules = append(rules, compile.Rule{ID: r.ID, Pattern: r.Pattern, Params: r.Params})
	}
	matcher, err := compile.Table(rules)
	if err != nil {
		panic(err)
	}
	t.Matcher = matcher
	return &t
}
