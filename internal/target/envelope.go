package target

// The members of the envelope in which the one function of a package receives its
// events, so that it knows which rule fired.
const (
	RuleKey  = "jobs:rule" // the rule's id
	EventKey = "event"     // what the target would be sent without the envelope
)

// pathVariable is the variable that an enveloped InputPath becomes.
const pathVariable = "input"

// Envelope returns the Input that sends {"jobs:rule": ruleID, "event": …},
// where … is what in sends: the whole event, a constant, a part, or the result of a
// template. Check must find no errors in in. The result is longer than in, and AWS's
// limits hold for it, so a caller checks it too.
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
