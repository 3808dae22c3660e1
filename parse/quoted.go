package parse

import (
	"encoding/json"
	"strings"

	"github.com/jobgen/jobgen/internal/directive"
)

// unquotedPattern returns the pattern, or the pieces of one, that a directive's
// arguments have in quotes.
func unquotedPattern(args string) (string, bool) {
	args = strings.TrimSpace(args)
	if len(args) < 2 || args[0] != args[len(args)-1] {
		return "", false
	}
	inner := args[1 : len(args)-1]
	switch args[0] {
	case '"':
		if json.Unmarshal([]byte(args), &inner) != nil {
			return "", false
		}
	case '\'':
		inner = strings.ReplaceAll(inner, "''", "'")
	case '`':
	default:
		return "", false
	}
	n, problems := directive.Parse(inner, directive.WantMap)
	return inner, n != nil && n.Kind == directive.Map && len(n.Pairs) > 0 && len(problems) == 0
}
