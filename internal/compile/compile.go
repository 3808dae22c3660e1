// Package compile makes the tables that events are matched by from rules as the
// package jobs knows them. jobgen does it when it generates code.
package compile

import (
	"fmt"

	"github.com/jobgen/jobgen/internal/match"
	"github.com/jobgen/jobgen/pattern"
)

// Rule is a rule of a dispatcher.
type Rule struct {
	ID      string
	Pattern string   // JSON
	Params  []string // the parameters that strings in Pattern refer to, as ${Name}
}

// Table compiles rules. Its patterns have the rules' indexes, and their ids as
// names. It is for events whose detail is an object, which dispatchers check.
func Table(rules []Rule) (*match.Table, error) {
	patterns := make([]*pattern.Pattern, len(rules))
	names := make([]string, len(rules))
	for i, r := range rules {
		parsed, err := pattern.ParseWithParams([]byte(r.Pattern), r.Params)
		if err != nil {
			return nil, fmt.Errorf("rule %s: %w", r.ID, err)
		}
		patterns[i], names[i] = parsed, r.ID
	}
	return match.Named(match.ForEvents(pattern.Compile(patterns...).Table()), names), nil
}
