package pattern

import (
	"fmt"
	"math"
	"strconv"
)

// warnInexact warns about a literal that is a number and is not compared by value.
func (c *valueChecker) warnInexact(n *node, o Operand) {
	if o.Type != Number || o.number.Comparable {
		return
	}
	c.warn(Problem{
		Kind: InexactNumber, Offset: n.start, End: n.end, Found: c.excerpt(n),
		Message: fmt.Sprintf("EventBridge can't compare %s by its value: only the same spelling matches", c.excerpt(n)),
		Remedy:  inexactRemedy(n.text) + ", or a string",
	})
}

// comparableOperand returns the operand for a literal. It reports a number that can't be
// compared by value.
func (c *valueChecker) comparableOperand(word string, n *node) Operand {
	o := c.operand(n)
	if o.Type == Number && !o.number.Comparable {
		c.fault(BadOperand, n, fmt.Sprintf("%s can't compare %s by its value", word, c.excerpt(n)), inexactRemedy(n.text))
	}
	return o
}

// inexactRemedy returns the remedy for a number that can't be compared by value: the
// nearest number that can.
func inexactRemedy(text string) string {
	value, err := strconv.ParseFloat(text, 64)
	if err != nil || value == 0 {
		return "write a number in the range of 64-bit floats"
	}
	return fmt.Sprintf("write %s, the nearest number in 64 bits", numberText(value))
}

// numberText returns the shortest decimal for a number.
func numberText(x float64) string {
	if math.Abs(x) < 1e21 {
		return strconv.FormatFloat(x, 'f', -1, 64)
	}
	return strconv.FormatFloat(x, 'g', -1, 64)
}
