package gen

import (
	"strings"

	"github.com/jobgen/jobgen/internal/model"
)

// declareCondition returns the name of a condition that the template defines here.
func (w *cfnWriter) declareCondition(c *stackCondition) string {
	w.declared.claim(c.Name, claim{what: "the file's own condition " + c.Name})
	return c.Name
}

// formula writes a condition as a formula of CloudFormation's condition functions.
func (w *cfnWriter) formula(c *stackCondition) string {
	return cfnChain("!Or", each(c.AnyOf, func(when model.When) string { return cfnChain("!And", each(when, w.term)) }))
}

func (w *cfnWriter) term(t model.Term) string {
	values := each(t.Values, func(v string) string {
		return "!Equals [!Ref " + cfnParameter(t.Param) + ", " + w.string(v) + "]"
	})
	formula := cfnChain("!Or", values)
	if t.Not {
		return "!Not [" + formula + "]"
	}
	return formula
}

// cfnOperands is the maximum number of operands of Fn::And and Fn::Or (CloudFormation user
// guide, page intrinsic-function-reference-conditions). The minimum is 2.
const cfnOperands = 10

// cfnChain joins formulas with Fn::And or Fn::Or. More operands than a function takes become
// operands of several functions.
func cfnChain(function string, operands []string) string {
	for len(operands) > cfnOperands {
		var joined []string
		for len(operands) > 0 {
			n := min(len(operands), cfnOperands)
			joined = append(joined, cfnChain(function, operands[:n]))
			operands = operands[n:]
		}
		operands = joined
	}
	if len(operands) == 1 {
		return operands[0]
	}
	return function + " [" + strings.Join(operands, ", ") + "]"
}
