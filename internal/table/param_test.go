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
		if got := new(Table).Text(r); got != `{"source":["a,b"],"detail":{"status":`+want+`}}` || new(Table).Missing(r) != nil {
			t.Errorf("%s: got %s, missing %v", value, got, new(Table).Missing(r))
		}
	}
	t.Setenv("Statuses", "")
	if got := new(Table).Missing(r); len(got) != 1 || got[0] != "Statuses" {
		t.Errorf("an empty list is a value: missing %v", got)
	}
}

// TestDefaults gives a parameter its declared default only if UseDefaults is set and the
// environment has no variable for it.
func TestDefaults(t *testing.T) {
	r := &Rule{Pattern: `{"source":["${TableGone}"]}`, Params: []string{"TableGone"}}
	table := &Table{Defaults: []Default{{"Other", "x"}, {"TableGone", "shop"}}}
	if got := table.Missing(r); len(got) != 1 {
		t.Errorf("a deployed function uses the default: missing %v", got)
	}
	UseDefaults = true
	t.Cleanup(func() { UseDefaults = false })
	if got := table.Text(r); got != `{"source":["shop"]}` || table.Missing(r) != nil {
		t.Errorf("got %s, missing %v", got, table.Missing(r))
	}
	t.Setenv("TableGone", "")
	if got := table.Text(r); got != `{"source":[""]}` || table.Missing(r) != nil {
		t.Errorf("with an empty variable: got %s, missing %v", got, table.Missing(r))
	}
}
