package table

import (
	"encoding/json"
	"os"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/match"
)

// UseDefaults says that a parameter without an environment variable has its declared default.
// Only package jobstest sets it, when a test starts. A deployed function has no defaults: the
// stack gives it the values that its rules are deployed with, so a missing value is an error.
var UseDefaults bool

// Text returns the pattern of a rule of the table with the values of its parameters.
func (t *Table) Text(r *Rule) string {
	if len(r.Params) == 0 {
		return r.Pattern
	}
	return match.Expand(r.Pattern, r.Params, func(name string) string {
		value, _ := t.value(name)
		if !slices.Contains(r.Lists, name) {
			return escape(value)
		}
		values := strings.Split(value, ",")
		for i := range values {
			values[i] = escape(strings.TrimSpace(values[i]))
		}
		return strings.Join(values, `","`) // between the quotes of the list's only value
	})
}

// Missing returns the parameters of the rule's pattern that have no value.
func (t *Table) Missing(r *Rule) []string {
	var missing []string
	for _, name := range r.Params {
		if value, ok := t.value(name); !ok || value == "" && slices.Contains(r.Lists, name) {
			missing = append(missing, name)
		}
	}
	return missing
}

// value returns the value of a parameter, and whether it has one. The value is that of the
// environment variable with its name.
func (t *Table) value(name string) (string, bool) {
	if value, ok := os.LookupEnv(name); ok || !UseDefaults {
		return value, ok
	}
	i := slices.IndexFunc(t.Defaults, func(d Default) bool { return d.Name == name })
	if i < 0 {
		return "", false
	}
	return t.Defaults[i].Value, true
}

// escape gives s as the content of a JSON string.
func escape(s string) string {
	// A string can always be written: what isn't UTF-8 becomes U+FFFD.
	quoted, _ := json.Marshal(s)
	return string(quoted[1 : len(quoted)-1])
}
