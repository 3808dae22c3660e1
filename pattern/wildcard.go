package pattern

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/match"
)

// EventBridge refuses too complex wildcards, but its limit isn't documented. It has refused
// the complexity 11 (*:*:*:*:*:event-bus/*), and is known to accept 7.
const (
	refusedComplexity  = 11
	doubtfulComplexity = 8
)

const complexityRemedy = "use fewer stars, or fewer repeated characters after a star"

// checkWildcard checks the text of a wildcard: it has no two stars in a row, and a backslash
// only before a star or another backslash (EventBridge user guide, "Comparison operators").
func (c *valueChecker) checkWildcard(n *node) {
	switch _, err := match.WildcardOperand(n.text); {
	case err == nil:
		c.checkComplexity(n)
	case errors.Is(err, match.ErrTwoStars):
		c.fault(WildcardSyntax, n, fmt.Sprintf("wildcard %s has %v", shown(n.text), err),
			`write one, it matches any text; a literal star is \\* in JSON`)
	default:
		c.fault(WildcardSyntax, n, fmt.Sprintf("wildcard %s has %v", shown(n.text), err),
			`in a wildcard, a literal backslash is \\, which is \\\\ in JSON`)
	}
}

// checkComplexity checks the complexity of one wildcard.
func (c *valueChecker) checkComplexity(n *node) {
	p := Problem{Kind: WildcardComplexity, Offset: n.start, End: n.end, Found: c.excerpt(n), Remedy: complexityRemedy}
	switch got := complexity([]string{n.text}, refusedComplexity); {
	case got >= refusedComplexity:
		p.Message = fmt.Sprintf("wildcard %s is too complex: EventBridge refuses it", shown(n.text))
		c.report(p)
	case got >= doubtfulComplexity:
		p.Message = fmt.Sprintf("wildcard %s is complex: EventBridge may refuse it", shown(n.text))
		c.warn(p)
	}
}

// warnComplexity warns about wildcards of a field that are complex only together.
func (c *findings) warnComplexity(f *Field) {
	var wildcards []string
	for i := range f.Alternatives {
		for _, o := range f.Alternatives[i].Operands {
			if f.Alternatives[i].Operator == Wildcard && !o.Param {
				wildcards = append(wildcards, o.Text)
			}
		}
	}
	tooComplex := func(w ...string) bool { return complexity(w, doubtfulComplexity) >= doubtfulComplexity }
	if len(wildcards) < 2 || slices.ContainsFunc(wildcards, func(w string) bool { return tooComplex(w) }) || !tooComplex(wildcards...) {
		return
	}
	c.warn(Problem{
		Kind: WildcardComplexity, Offset: f.Offset, End: f.End, Found: excerpt(c.src[f.Offset:f.End]),
		Message: fmt.Sprintf("the wildcards of %s are complex together: EventBridge may refuse them", f.Name()),
		Remedy:  complexityRemedy + ", or make several rules of them",
	})
}

// wildcardPieces returns the literal texts between the stars of a wildcard, without
// escapes. A wildcard without stars is one piece.
func wildcardPieces(text string) []string { return strings.Split(wildcardOperand(text), match.Star) }

// wildcardOperand returns the text of a wildcard as package match takes it. A text with
// parameters may be no wildcard; it matches itself.
func wildcardOperand(text string) string {
	if operand, err := match.WildcardOperand(text); err == nil {
		return operand
	}
	return text
}
