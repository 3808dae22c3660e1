package output

import "encoding/json"

// documentConditions compares two versions of jobs.rules.json. It says which rules, schedules and
// functions get, lose or change a condition. It says nothing about a text that can't be read.
func documentConditions(old, new []byte) []string {
	was := map[string]string{}
	for _, c := range readDocument(old) {
		was[c.title] = c.condition
	}
	var lines []string
	for _, c := range readDocument(new) {
		if had, stays := was[c.title]; stays {
			lines = append(lines, conditionChange(c.title, had, c.condition)...)
		}
	}
	return lines
}

// conditional is a rule, a schedule or a function in jobs.rules.json.
type conditional struct {
	title     string
	condition string // the name of its condition, or ""
}

// readDocument returns the functions, rules and schedules of a document.
func readDocument(data []byte) []conditional {
	var d struct {
		Functions []struct{ Name, Condition string }
		Rules     []struct{ ID, Condition string }
		Schedules []struct{ ID, Condition string }
	}
	if json.Unmarshal(data, &d) != nil {
		return nil
	}
	var all []conditional
	for _, f := range d.Functions {
		all = append(all, conditional{"function " + f.Name, f.Condition})
	}
	for _, r := range d.Rules {
		all = append(all, conditional{"rule " + r.ID, r.Condition})
	}
	for _, s := range d.Schedules {
		all = append(all, conditional{"schedule " + s.ID, s.Condition})
	}
	return all
}
