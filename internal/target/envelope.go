package target

// The members of the envelope. A package with one function gets its events in envelopes,
// which name the rule.
const (
	RuleKey  = "jobs:rule" // the rule's id
	EventKey = "event"     // the input without the envelope
)

// pathVariable is the variable for the InputPath of an envelope.
const pathVariable = "input"

// Envelope returns the Input that sends {"jobs:rule": ruleID, "event": …}, where … is the
// input that in sends. Check must find no errors in in. The result is longer than in, and
// AWS's limits apply to it, so the caller checks the result too.
func Envelope(ruleID string, in Input) Input {
	switch {
	case in.Constant != "":
		return Input{Constant: wrap(ruleID, in.Constant)}
	case in.Path != "":
		return Input{
			Paths:    []PathVar{{Name: pathVariable, Path: in.Path}},
			Template: wrap(ruleID, "<"+pathVariable+">"),
		}
	case in.Template != "":
		return Input{Paths: in.Paths, Template: wrap(ruleID, in.Template)}
	default:
		return Input{Template: wrap(ruleID, "<"+varEventJSON+">")}
	}
}

func wrap(ruleID, event string) string {
	return `{"` + RuleKey + `":` + string(quote(ruleID)) + `,"` + EventKey + `":` + event + `}`
}
