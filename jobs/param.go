package jobs

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
)

// ParameterError says that patterns refer to parameters that the function's
// environment doesn't have. No event is matched before all have a value, because
// a rule that is left out looks like one that never fires.
type ParameterError struct{ Missing []MissingParameter }

// MissingParameter is a parameter without a value, and a rule that needs it.
type MissingParameter struct{ Name, Rule string }

func (e *ParameterError) Error() string {
	var names []string
	for _, m := range e.Missing {
		names = append(names, fmt.Sprintf("%s (rule %s)", m.Name, m.Rule))
	}
	return fmt.Sprintf("jobs: patterns need parameters that the environment doesn't have: %s; "+
		"set the function's environment variables of these names, as the generated rule files do", list(names))
}

// expand puts the parameters' values into the rule's pattern, escaped for JSON.
// It returns the parameters that have none.
func (r *Rule) expand() (string, []MissingParameter) {
	if len(r.Params) == 0 {
		return r.Pattern, nil
	}
	var missing []MissingParameter
	for _, name := range r.Params {
		if _, ok := os.LookupEnv(name); !ok {
			missing = append(missing, MissingParameter{Name: name, Rule: r.ID})
		}
	}
	if len(missing) > 0 {
		return "", missing
	}
	return substitute(r.Pattern, r.Params), nil
}

// substitute replaces ${Name}, for each of the names, by the environment
// variable's value, and $${ by ${. Any other ${ stays as it is.
func substitute(pattern string, names []string) string {
	var b strings.Builder
	for {
		before, after, ok := strings.Cut(pattern, "${")
		if !ok {
			return b.String() + before
		}
		b.WriteString(strings.TrimSuffix(before, "$"))
		name, rest, _ := strings.Cut(after, "}")
		pattern = after
		switch {
		case strings.HasSuffix(before, "$") || !slices.Contains(names, name):
			b.WriteString("${")
		default:
			b.WriteString(escape(os.Getenv(name)))
			pattern = rest
		}
	}
}

// escape gives s as what stands between the quotes of a JSON string.
func escape(s string) string {
	// A string can always be written: what isn't UTF-8 becomes U+FFFD.
	quoted, _ := json.Marshal(s)
	return string(quoted[1 : len(quoted)-1])
}
