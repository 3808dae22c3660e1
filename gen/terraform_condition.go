package gen

import (
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/model"
)

// tfFormula writes a condition as an expression.
func tfFormula(c *stackCondition) string {
	return tfChain("||", each(c.AnyOf, func(when model.When) string { return tfChain("&&", each(when, tfTerm)) }))
}

func tfTerm(t model.Term) string {
	values := each(t.Values, hclString)
	formula := "contains([" + strings.Join(values, ", ") + "], " + hclParam(t.Param) + ")"
	switch {
	case len(values) == 1 && t.Not:
		return hclParam(t.Param) + " != " + values[0]
	case len(values) == 1:
		return hclParam(t.Param) + " == " + values[0]
	case t.Not:
		return "!" + formula
	}
	return formula
}

// tfChain joins expressions with an operator.
func tfChain(operator string, operands []string) string {
	if len(operands) == 1 {
		return operands[0]
	}
	return "(" + strings.Join(operands, " "+operator+" ") + ")"
}

// tfIndex returns the index after a resource's address in a reference to it. A resource with a
// condition has a count. The resources that refer to it exist only if the count is 1.
func tfIndex(c *stackCondition) string {
	if c == nil {
		return ""
	}
	return "[0]"
}

// tfOutput refers to an attribute of a resource. The value is null if the resource doesn't
// exist.
func tfOutput(kind, name, attribute string, c *stackCondition) string {
	resource := kind + "." + tfLabel(name)
	if c == nil {
		return resource + "." + attribute
	}
	return "one(" + resource + "[*]." + attribute + ")"
}

// conditional reports whether a statement has a condition.
func conditional(statements []stackStatement) bool {
	return slices.ContainsFunc(statements, func(st stackStatement) bool { return st.When != nil })
}
