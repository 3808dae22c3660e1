package pattern

import (
	"fmt"
	"unicode/utf8"
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
	text := n.text
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '*' && i+1 < len(text) && text[i+1] == '*':
			c.fault(WildcardSyntax, n, fmt.Sprintf("wildcard %s has two stars in a row", shown(text)),
				`write one, it stands for any text; a star itself is \\* in JSON`)
			return
		case text[i] == '\\' && (i+1 == len(text) || text[i+1] != '*' && text[i+1] != '\\'):
			c.fault(WildcardSyntax, n, fmt.Sprintf("wildcard %s has a backslash that escapes neither * nor \\", shown(text)),
				`in a wildcard a backslash itself is \\, which is \\\\ in JSON`)
			return
		case text[i] == '\\':
			i++
		}
	}
	c.checkComplexity(n)
}

func (c *valueChecker) checkComplexity(n *node) {
	followers := make(map[rune]int)
	most := 0
	for _, piece := range splitWildcard(n.text)[1:] {
		if len(piece) > 0 {
			first, _ := utf8.DecodeRune(piece)
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

// splitWildcard gives the literal pieces between the stars of a wildcard, their
// escapes resolved: one piece if there is no star.
func splitWildcard(text string) [][]byte {
	pieces := [][]byte{{}}
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '*':
			pieces = append(pieces, []byte{})
			continue
		case '\\':
			i++
		}
		last := &pieces[len(pieces)-1]
		*last = append(*last, text[i])
	}
	return pieces
}
