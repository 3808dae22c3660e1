package table

import (
	"encoding/json"
	"os"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/match"
)

// Text returns the rule's pattern with the values of its parameters, which are
// those of the environment variables of their names.
func (r *Rule) Text() string {
	if len(r.Params) == 0 {
		return r.Pattern
	}
	return match.Expand(r.Pattern, r.Params, func(name string) string {
		if !slices.Contains(r.Lists, name) {
			return escape(os.Getenv(name))
		}
		values := strings.Split(os.Getenv(name), ",")
		for i := range values {
			values[i] = escape(strings.TrimSpace(values[i]))
		}
		return strings.Join(values, `","`) // between the quotes of the list's only value
	})
}

// Missing returns the parameters of the rule's pattern that have no value.
func (r *Rule) Missing() []string {
	var missing []string
	for _, name := range r.Params {
		if value, ok := os.LookupEnv(name); !ok || value == "" && slices.Contains(r.Lists, name) {
			missing = append(missing, name)
		}
	}
	return missing
}

// escape gives s as the content of a JSON string.
func escape(s string) string {
	// A string can always be written: what isn't UTF-8 becomes U+FFFD.
	quoted, _ := json.Marshal(s)
	return string(quoted[1 : len(quoted)-1])
}
