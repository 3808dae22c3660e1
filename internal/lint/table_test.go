package lint

import (
	"slices"
	"testing"

	"github.com/jobgen/jobgen/internal/diag"
)

// TestChecks checks that each row of the table has a name, a sentence, codes that jobgen
// explain knows, and one function.
func TestChecks(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range Checks() {
		if c.Name == "" || seen[c.Name] {
			t.Errorf("the name %q is empty or another check's", c.Name)
		}
		seen[c.Name] = true
		if c.Doc == "" || c.Doc[len(c.Doc)-1] == '.' {
			t.Errorf("%s: the sentence is %q", c.Name, c.Doc)
		}
		functions := 0
		for _, set := range []bool{c.pattern != nil, c.rule != nil, c.job != nil, c.pkg != nil, c.run != nil, c.rules != nil} {
			if set {
				functions++
			}
		}
		if functions != 1 {
			t.Errorf("%s has %d functions, want 1", c.Name, functions)
		}
		if len(c.Codes) == 0 || len(slices.Compact(slices.Sorted(slices.Values(c.Codes)))) != len(c.Codes) {
			t.Errorf("%s has the codes %v, want some, each once", c.Name, c.Codes)
		}
		for _, code := range c.Codes {
			if _, ok := diag.Lookup(string(code)); !ok {
				t.Errorf("%s reports %s, which is not in the table of codes", c.Name, code)
			}
		}
	}
}

// TestEveryCodeOfACheckIsInARow checks that a row has every code from JOB3 on, except the
// codes of patterns and schedules and those that other steps of a run report.
func TestEveryCodeOfACheckIsInARow(t *testing.T) {
	others := []diag.Code{
		diag.PropUnknown, diag.PropTwice, diag.PropMissing,
		diag.HandlerSignature, diag.HandlerGeneric, diag.HandlerEvent, diag.GoTooOld,
		diag.MustHave, diag.StackQuota, diag.FormatCannot, diag.StackLimit, diag.OutputClash,
		diag.KeyBecame, diag.TagConflict, diag.TagPlace,
	}
	var inRows []diag.Code
	for _, c := range Checks() {
		inRows = append(inRows, c.Codes...)
	}
	for _, info := range diag.Codes() {
		if group := info.Code[:4]; group < "JOB3" || group == "JOB4" || group == "JOB5" {
			continue
		}
		if slices.Contains(inRows, info.Code) == slices.Contains(others, info.Code) {
			t.Errorf("%s is in a row and among the others, or in neither", info.Code)
		}
	}
}
