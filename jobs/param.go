package jobs

import "fmt"

// ParameterError reports parameters of patterns that the function's environment doesn't
// have. No event is matched until all of them have a value, because leaving out a rule
// would look as if it never fires.
type ParameterError struct{ Missing []MissingParameter }

// MissingParameter is a parameter without a value, and a rule that needs it.
type MissingParameter struct{ Name, Rule string }

func (e *ParameterError) Error() string {
	names := make([]string, len(e.Missing))
	for i := range names {
		names[i] = e.Missing[i].Name + " (rule " + e.Missing[i].Rule + ")"
	}
	return "jobs: patterns need parameters that the environment doesn't have: " + list(names) +
		"; set the function's environment variables of these names, as the generated rule files do"
}

// PatternError reports an invalid pattern of a rule. jobgen checks patterns, so the cause
// is the value of a parameter, or generated code that was edited.
type PatternError struct {
	Rule string
	Err  error
}

func (e *PatternError) Error() string {
	return fmt.Sprintf("jobs: rule %s: the pattern is not valid: %s; check the values of its parameters, "+
		"which are environment variables, or run go generate", e.Rule, clip(e.Err.Error(), maxMessage))
}

// Unwrap returns what is wrong with it.
func (e *PatternError) Unwrap() error { return e.Err }
