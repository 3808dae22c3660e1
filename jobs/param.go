package jobs

import (
	"encoding/json"
	"fmt"
	"os"
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

// missing returns the parameters of the rule's pattern that have no value.
func (r *Rule) missing() []MissingParameter {
	var missing []MissingParameter
	for _, name := range r.Params {
		if _, ok := os.LookupEnv(name); !ok {
			missing = append(missing, MissingParameter{Name: name, Rule: r.ID})
		}
	}
	return missing
}

// escape gives s as what stands between the quotes of a JSON string.
func escape(s string) string {
	// A string can always be written: what isn't UTF-8 becomes U+FFFD.
	quoted, _ := json.Marshal(s)
	return string(quoted[1 : len(quoted)-1])
}
