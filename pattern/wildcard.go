package pattern

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/jobgen/jobgen/internal/match"
)

// How many stars that the same character follows a wildcard may have. AWS
// publishes no limit; it refuses "*:*:*:*:*:event-bus/*" as too complex and is
// not known to refuse fewer.
const (
	tooManyStars = 5
	manyStars    = 4
)

// checkWildcard checks a wildcard's text: no two stars in a row, a backslash
// only before a star or another one (EventBridge user guide, "Comparison
// operators"), and its complexity.
func (c *valueChecker) checkWildcard(n *node) {
	switch _, err := match.WildcardOperand(n.text); err {
	case nil:
		c.checkComplexity(n)
	case match.ErrTwoStars:
		c.fault(WildcardSyntax, n, fmt.Sprintf("wildcard %s has %v", shown(n.text), err),
			`write one, it matches any text; a literal star is \\* in JSON`)
	default:
		c.fault(WildcardSyntax, n, fmt.Sprintf("wildcard %s has %v", shown(n.text), err),
			`in a wildcard, a literal backslash is \\, which is \\\\ in JSON`)
	}
}

func (c *valueChecker) checkComplexity(n *node) {
	followers := make(map[rune]int)
	most := 0
	for _, piece := range wildcardPieces(n.text)[1:] {
		if len(piece) > 0 {
			first, _ := utf8.DecodeRuneInString(piece)
			followers[first]++
			most = max(most, followers[first])
		}
	}
	p := Problem{
		Kind: WildcardComplexity, Offset: n.start, End: n.end, Found: c.excerpt(n),
		Message: fmt.Sprintf("wildcard %s has %d stars before the same character", shown(n.text), most),
		Remedy:  "use fewer stars, or fewer repetitions after a star",
	}
	switch {
	case most >= tooManyStars:
		p.Message += "; EventBridge refuses it as too complex"
		c.report(p)
	case most >= manyStars:
		p.Message += "; EventBridge may refuse it as too complex"
		c.warn(p)
	}
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
