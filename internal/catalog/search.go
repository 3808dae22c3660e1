package catalog

import (
	"slices"
	"strings"
)

// Hit is an event with a field's value that was looked for.
type Hit struct {
	Name
	Path  string // "detail.state"
	Value string
}

// SearchValues returns the events that have a field with a value, in any letter case,
// and those of API calls with this name. If there are none, it returns those in whose
// values or calls it is a part. They are in the order of Search, after those of other
// events that are given.
func SearchValues(value string, others ...Event) []Hit {
	value = strings.ToLower(value)
	if value == "" {
		return nil
	}
	if hits := searchValues(others, func(s string) bool { return strings.ToLower(s) == value }); len(hits) > 0 {
		return hits
	}
	return searchValues(others, func(s string) bool { return strings.Contains(strings.ToLower(s), value) })
}

func searchValues(others []Event, is func(string) bool) []Hit {
	var hits []Hit
	for _, e := range others {
		hits = append(hits, valuesOf(Name{e.Source, e.DetailType}, e.Detail, "detail", is)...)
	}
	for _, source := range events().names {
		for _, detailType := range DetailTypes(source) {
			name := Name{source, detailType}
			if IsCloudTrail(detailType) {
				if detailType == APICall {
					hits = append(hits, callsOf(name, is)...)
				}
				continue
			}
			if e, ok := Lookup(source, detailType); ok {
				hits = append(hits, valuesOf(name, e.Detail, "detail", is)...)
			}
		}
	}
	return hits
}

// callsOf returns the API calls of an event's source.
func callsOf(name Name, is func(string) bool) []Hit {
	var hits []Hit
	for _, call := range Calls(EventSourceOf(name.Source)) {
		if is(call) {
			hits = append(hits, Hit{name, "detail.eventName", call})
		}
	}
	return hits
}

// valuesOf returns the values of the fields below a path.
func valuesOf(name Name, f *Field, path string, is func(string) bool) []Hit {
	var hits []Hit
	for _, inner := range Element(f).Fields {
		at := path + "." + inner.Name
		for _, value := range slices.Compact(slices.Clone(inner.Values)) {
			if is(value) {
				hits = append(hits, Hit{name, at, value})
			}
		}
		hits = append(hits, valuesOf(name, inner, at, is)...)
	}
	return hits
}
