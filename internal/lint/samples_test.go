package lint

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/catalog/schema"
)

// sampleSources returns the sources of AWS's sample events, with the fields of these.
func sampleSources(t *testing.T) []*schema.Source {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "catalog", "data", "samples.txt"))
	if err != nil {
		t.Fatal(err)
	}
	sources, err := schema.Parse(string(text))
	if err != nil {
		t.Fatal(err)
	}
	return sources
}

// TestRulesForSamplesAreRight is a guard against false alarms: no check reports anything of
// the plainest rule for each of AWS's sample events, nor of one for a field of them.
func TestRulesForSamplesAreRight(t *testing.T) {
	sources := sampleSources(t)
	rules := 0
	check := func(pattern string) {
		rules++
		for _, d := range warningsOf(t, pattern) {
			t.Errorf("%s: %s [%s]", pattern, d.Message, d.Code)
		}
	}
	for _, s := range sources {
		for _, d := range s.Events {
			e := catalog.Event{Source: s.Name, DetailType: d.DetailType, Detail: d.Detail}
			check(`{"source":[` + quoteJSON(s.Name) + `],"detail-type":[` + quoteJSON(d.DetailType) + `]}`)
			fieldsBelow(e, nil, e.Detail, func(e catalog.Event, path []string, _, f *catalog.Field) {
				if inner := catalog.Element(f); inner.Kind != catalog.Object && inner.Kind != catalog.Any {
					check(inDetail(e, path, quoteJSON(f.Name)+`:[`+literalOf(inner)+`]`))
				}
			})
		}
	}
	t.Logf("%d rules", rules)
}

// literalOf returns a literal of a field's kind, or an operator for values of any kind.
func literalOf(f *catalog.Field) string {
	switch {
	case f.Null:
		return `null`
	case f.Kind == catalog.Number:
		return `1`
	case f.Kind == catalog.Boolean:
		return `true`
	}
	return `{"exists":true}`
}
