package pattern

import (
	"fmt"
	"math"
	"slices"

	"github.com/jobgen/jobgen/internal/match"
)

// comparisons are the comparisons of numeric.
var comparisons = []string{"=", "<", "<=", ">", ">="}

const numericForms = `write {"numeric": [">=", 1]}, or a lower and then an upper bound: {"numeric": [">", 0, "<=", 5]}`

// numeric checks the operand of numeric: one comparison, or a lower and then an upper
// bound.
func (c *valueChecker) numeric(a *Alternative, n *node) {
	a.Operator = Numeric
	if n.kind != kindList {
		c.fault(BadOperand, n, fmt.Sprintf("numeric takes a list, not %s", describeNode(n)), numericForms)
		return
	}
	if len(n.items) != 2 && len(n.items) != 4 {
		c.fault(BadOperand, n, fmt.Sprintf("numeric has %d elements, not 2 or 4", len(n.items)), numericForms)
		return
	}
	for i := 0; i < len(n.items); i += 2 {
		if !c.comparison(a, n.items[i], n.items[i+1]) {
			return
		}
	}
	c.checkBounds(a, n)
}

func (c *valueChecker) comparison(a *Alternative, op, bound *node) bool {
	if op.kind != kindString || !slices.Contains(comparisons, op.text) {
		c.fault(BadOperand, op, fmt.Sprintf("%s is not a comparison", c.excerpt(op)), "the comparisons are = < <= > and >=")
		return false
	}
	if bound.kind != kindNumber {
		c.fault(BadOperand, bound, fmt.Sprintf("numeric compares with a number, not %s", describeNode(bound)),
			"write the number without quotes")
		return false
	}
	before := len(c.problems)
	o := c.comparableOperand(wordNumeric, bound)
	o.Comparison = op.text
	a.Operands = append(a.Operands, o)
	return len(c.problems) == before
}

// checkBounds checks the order of two bounds. A single bound must not be the last number
// in its direction; EventBridge refuses that even with >= and <=.
func (c *valueChecker) checkBounds(a *Alternative, n *node) {
	if len(a.Operands) == 1 {
		if o := a.Operands[0]; o.Comparison[0] == '>' && o.number.Value == math.MaxFloat64 || o.Comparison[0] == '<' && o.number.Value == -math.MaxFloat64 {
			c.fault(EmptyRange, n, fmt.Sprintf("no number is beyond %s", o.Text), `for one number write it as a value or {"numeric": ["=", 1]}`)
		}
		return
	}
	lower, upper := a.Operands[0], a.Operands[1]
	if lower.Comparison[0] != '>' || upper.Comparison[0] != '<' {
		c.fault(BadOperand, n, fmt.Sprintf("numeric has %s before %s", lower.Comparison, upper.Comparison), numericForms)
		return
	}
	if lower.number.Value >= upper.number.Value {
		c.fault(EmptyRange, n, fmt.Sprintf("the lower bound %s is not less than the upper bound %s", excerpt([]byte(lower.Text)), excerpt([]byte(upper.Text))),
			`let the lower bound be less; for one number write it as a value or {"numeric": ["=", 1]}`)
	}
}

// interval returns the range of a numeric alternative.
func (a *Alternative) interval() match.Range {
	v := match.AllNumbers()
	for _, o := range a.Operands {
		v.Restrict(o.Comparison, o.number.Value)
	}
	return v
}
