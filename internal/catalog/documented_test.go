package catalog

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// TestDocumentedEventsAreKnown is the guard against false alarms: every event
// and field that AWS's pages show must be known, or in an object that is open.
// A value that they show must be one of its field's, if these are known.
func TestDocumentedEventsAreKnown(t *testing.T) {
	data, err := os.ReadFile("testdata/documented.txt")
	if err != nil {
		t.Fatal(err)
	}
	facts := 0
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		facts++
		columns := strings.Split(strings.TrimSpace(line)+" ", " | ")
		checkFact(t, columns[0], columns[1], strings.Fields(columns[2]))
	}
	if facts < 150 {
		t.Errorf("there are %d facts; at least 150 should be checked", facts)
	}
}

func checkFact(t *testing.T, source, detailType string, fields []string) {
	e, ok := Lookup(source, detailType)
	if !ok {
		t.Errorf("%s %q is unknown", source, detailType)
		return
	}
	for _, f := range fields {
		if name, ok := strings.CutPrefix(f, "eventName="); ok {
			if eventSource := EventSourceOf(source); !HasCall(eventSource, name) {
				t.Errorf("%s has no call %s", eventSource, name)
			}
			continue
		}
		f, value, hasValue := strings.Cut(strings.ReplaceAll(f, `\s`, " "), "=")
		path := strings.Split(f, ".")
		found := resolve(e.Detail, path...)
		if !found.Known && !found.Open {
			t.Errorf("%s %q has no field %s: %q is missing", source, detailType, f, path[found.Missing])
		}
		if hasValue && found.Known && found.Field.Values != nil && !slices.Contains(found.Field.Values, value) {
			t.Errorf("%s %q: %s has the values %q, without %q", source, detailType, f, found.Field.Values, value)
		}
	}
}
