package gen

import (
	"fmt"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/model"
)

// stackCondition is the condition under which some resources exist: one of its alternatives
// holds. Resources that always exist have none: a nil *stackCondition.
//
// A resource never refers to one that doesn't exist: if a resource refers to another, its own
// condition implies that of the other.
type stackCondition struct {
	Name  string // unique in the stack: letters and digits
	AnyOf []model.When
}

// stackConditions are the conditions of a stack. Equal conditions are the same pointer.
type stackConditions struct {
	list  []*stackCondition // in the order in which they are first needed
	byKey map[string]*stackCondition
}

// anyOf returns the condition that one of the alternatives holds. It returns nil if there are
// none, or if one always holds.
func (s *stackConditions) anyOf(alternatives ...model.When) *stackCondition {
	alternatives = weakest(alternatives)
	if len(alternatives) == 0 || len(alternatives[0]) == 0 {
		return nil
	}
	keys := each(alternatives, model.When.Key)
	slices.Sort(keys)
	key := strings.Join(keys, "\n\n")
	if c, ok := s.byKey[key]; ok {
		return c
	}
	c := &stackCondition{AnyOf: alternatives}
	s.byKey[key] = c
	s.list = append(s.list, c)
	return c
}

// weakest returns the alternatives without those that imply another one. An alternative that
// always holds is left alone.
func weakest(all []model.When) []model.When {
	var out []model.When
	for i, w := range all {
		implies := false
		for j, other := range all {
			implies = implies || i != j && w.Implies(other) && (j < i || !other.Implies(w))
		}
		if !implies {
			out = append(out, w)
		}
	}
	return out
}

// setNames gives each condition a name that describes it. Taken reports whether something else
// has a name; the condition's name then gets a number. The number may change later, because
// nothing deployed has the name of a condition.
func (s *stackConditions) setNames(taken func(string) bool) {
	used := map[string]bool{}
	for _, c := range s.list {
		name := shorten(c.describe(), conditionNameLimit)
		c.Name = name
		for i := 2; used[c.Name] || taken(c.Name); i++ {
			c.Name = fmt.Sprint(name, i)
		}
		used[c.Name] = true
	}
}

// conditionNameLimit is the maximum length of a condition's name, for readability.
// CloudFormation allows longer logical ids.
const conditionNameLimit = 64

// suffix returns the end of a resource's name, if there is one such resource per condition.
func (c *stackCondition) suffix() string {
	if c == nil {
		return ""
	}
	return "When" + shorten(c.describe(), stackNameLimit)
}

// describe returns the condition in words: "Stage-is-dev-or-prod".
func (c *stackCondition) describe() string {
	var alternatives []string
	for _, w := range c.AnyOf {
		terms := each(w, func(t model.Term) string {
			is := "-is-"
			if t.Not {
				is = "-is-not-"
			}
			values := each(t.Values, func(v string) string {
				if v == "" {
					return "empty"
				}
				return v
			})
			return t.Param + is + strings.Join(values, "-or-")
		})
		alternatives = append(alternatives, strings.Join(terms, "-and-"))
	}
	return strings.Join(alternatives, "-or-")
}

// name returns the condition's name, or "" for nil.
func (c *stackCondition) name() string {
	if c == nil {
		return ""
	}
	return c.Name
}

// within returns the condition of a part of a resource whose condition is whole. It returns nil
// if the part exists whenever the resource does.
func (c *stackCondition) within(whole *stackCondition) *stackCondition {
	if c == whole {
		return nil
	}
	return c
}

// alternatives returns the conditions of which one must hold, for anyOf. For a nil condition,
// it is one that always holds.
func (c *stackCondition) alternatives() []model.When {
	if c == nil {
		return []model.When{nil}
	}
	return c.AnyOf
}

// anyRule returns the condition that one of the rules exists.
func (s *stackConditions) anyRule(rules []*stackRule) *stackCondition {
	var all []model.When
	for _, r := range rules {
		all = append(all, r.When.alternatives()...)
	}
	return s.anyOf(all...)
}

// anySchedule returns the condition that one of the schedules exists.
func (s *stackConditions) anySchedule(schedules []*stackSchedule) *stackCondition {
	var all []model.When
	for _, schedule := range schedules {
		all = append(all, schedule.When.alternatives()...)
	}
	return s.anyOf(all...)
}

// collectConditions names the conditions, and adds their parameters.
func (s *stack) collectConditions() {
	for _, f := range s.Functions {
		s.addParameters("condition of "+f.Title, f.Function.When.Params()...)
		for _, r := range f.Rules {
			s.addParameters("condition of rule "+r.ID, r.Condition().Params()...)
		}
		for _, schedule := range f.Schedules {
			s.addParameters("condition of schedule "+schedule.ID, schedule.Condition().Params()...)
		}
	}
	s.conditions.setNames(func(name string) bool {
		return slices.ContainsFunc(s.Parameters, func(p *stackParameter) bool { return cfnParameter(p.Name) == name })
	})
}

// Conditions returns the conditions of the stack's resources.
func (s *stack) Conditions() []*stackCondition { return s.conditions.list }
