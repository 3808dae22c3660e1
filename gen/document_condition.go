package gen

import "github.com/jobgen/jobgen/internal/model"

// DocumentCondition is a condition under which a part of the stack exists: all terms of one of
// the lists in AnyOf hold. The parts have its Name in a field Condition.
type DocumentCondition struct {
	Name  string           `json:"name"`
	AnyOf [][]DocumentTerm `json:"anyOf"`
}

// DocumentTerm is a condition on the value of a parameter: it is one of In, or none of NotIn.
// One of the two is set.
type DocumentTerm struct {
	Parameter   string   `json:"parameter"`
	Placeholder string   `json:"placeholder"`
	In          []string `json:"in,omitempty"`
	NotIn       []string `json:"notIn,omitempty"`
}

// ConditionalPolicy has the statements of a role that it has only under a condition.
type ConditionalPolicy struct {
	Condition string `json:"condition"` // the Name of the condition
	Policy    Policy `json:"policy"`
}

func (b documentBuilder) condition(c *stackCondition) DocumentCondition {
	return DocumentCondition{c.Name, each(c.AnyOf, func(when model.When) []DocumentTerm { return each(when, b.term) })}
}

func (b documentBuilder) term(t model.Term) DocumentTerm {
	d := DocumentTerm{Parameter: t.Param, Placeholder: b.parameter(t.Param), In: t.Values}
	if t.Not {
		d.In, d.NotIn = nil, t.Values
	}
	return d
}

// policies returns the policy of statements that a role always has, and those that it has under
// conditions.
func (b documentBuilder) policies(statements []stackStatement) (always Policy, conditional []ConditionalPolicy) {
	always.Version = policyVersion
	for _, st := range statements {
		if st.When == nil {
			always.Statement = append(always.Statement, b.statement(st))
			continue
		}
		conditional = append(conditional, ConditionalPolicy{st.When.name(), Policy{policyVersion, []Statement{b.statement(st)}}})
	}
	return always, conditional
}
