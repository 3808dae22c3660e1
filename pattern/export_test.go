package pattern

import "github.com/jobgen/jobgen/internal/match"

// Rules returns the set in the form that events are matched by.
func (s *Set) Rules() *match.Set { return s.rules }
