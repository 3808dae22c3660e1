package table

import (
	"encoding/json"
	"os"

	"github.com/jobgen/jobgen/internal/match"
)

// Text returns the rule's pattern with the values of its parameters, which are
// those of the environment variables of their names.
func (r *Rule) Text() string {
	if len(r.Params) == 0 {
		return r.Pattern
	}
	return match.Expand(r.Pattern, r.Params, func(name string) string { return escape(os.Getenv(name)) })
}

// Missing returns the parameters of the rule's pattern that have no value.
func (r *Rule) Missing() []string {
	var missing []string
	for _, name := range r.Params {
		if _, ok := os.LookupEnv(name); !ok {
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
