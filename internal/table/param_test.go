package table

import "testing"

// TestListParameters fills a whole list of values into a pattern, from the form that the rule
// files give the environment variable.
func TestListParameters(t *testing.T) {
	r := &Rule{
		Pattern: `{"source":["${Stage}"],"detail":{"status":["${Statuses}"]}}`,
		Params:  []string{"Stage", "Statuses"}, Lists: []string{"Statuses"},
	}
	for value, want := range map[string]string{
		"ok":            `["ok"]`,
		"ok,late":       `["ok","late"]`,
		"ok, say \"x\"": `["ok","say \"x\""]`,
		"${Stage},b":    `["${Stage}","b"]`,
	} {
		t.Setenv("Stage", "a,b")
		t.Setenv("Statuses", value)
		if got := r.Text(); got != `{"source":["a,b"],"detail":{"status":`+want+`}}` || r.Missing() != nil {
			t.Errorf("%s: got %s, missing %v", value, got, r.Missing())
		}
	}
	t.Setenv("Statuses", "")
	if got := r.Missing(); len(got) != 1 || got[0] != "Statuses" {
		t.Errorf("an empty list is a value: missing %v", got)
	}
}
