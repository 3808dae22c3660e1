package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/catalog/schema"
)

// recordedAs separates, in a line of calls, the name that CloudTrail records
// from the API's name, which it never records.
const recordedAs = "<"

// parseCalls reads what callTable.format writes.
func parseCalls(text string) callTable {
	table := make(callTable)
	for _, source := range schema.Split(text, 0) {
		table.addSource(source.Head)
		for _, call := range schema.Split(source.Body, 1) {
			table.add(source.Head, call.Head)
		}
	}
	return table
}

// pack gives the text that is embedded: the event sources, each with its calls.
func (t callTable) pack() string {
	var b strings.Builder
	for _, source := range slices.Sorted(maps.Keys(t)) {
		b.WriteString(source + "\n" + schema.FormatCalls(slices.Collect(maps.Keys(t[source]))))
	}
	return b.String()
}

// applyCallsOverlay adds the overlay's calls. A line "Recorded<API" also removes the
// API's name, which must be there, because only the recorded name matches.
func applyCallsOverlay(table callTable, overlay string) error {
	if err := checkProvenance(overlay); err != nil {
		return err
	}
	for source, calls := range parseCalls(overlay) {
		table.addSource(source)
		for line := range calls {
			recorded, api, replaces := strings.Cut(line, recordedAs)
			if replaces && !table[source][api] {
				return fmt.Errorf("%s has no call %s that %s could stand for", source, api, recorded)
			}
			if table[source][line] {
				return fmt.Errorf("%s has the call %s without the overlay", source, line)
			}
			if replaces {
				delete(table[source], api)
			}
			table.add(source, line)
		}
	}
	return nil
}
