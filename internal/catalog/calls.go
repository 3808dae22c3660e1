package catalog

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/jobgen/jobgen/internal/catalog/schema"
	"github.com/jobgen/jobgen/internal/spell"
)

// EventSources returns all known CloudTrail event sources, such as
// "ec2.amazonaws.com", sorted.
func EventSources() []string { return slices.Sorted(maps.Keys(calls())) }

// HasEventSource reports whether CloudTrail is known to record the service.
func HasEventSource(name string) bool {
	_, ok := calls()[name]
	return ok
}

// NearestEventSource returns the event source that an unknown one was most
// likely meant to be.
func NearestEventSource(name string) (spell.Match, bool) {
	return nearestStem(name, "", eventSourceSuffix, EventSources())
}

// Calls returns the names that CloudTrail is known to record for an event source,
// sorted. It returns nil for a service whose calls aren't known: any name may be right
// there.
func Calls(eventSource string) []string {
	e, ok := calls()[eventSource]
	if !ok {
		return nil
	}
	return e.parse().sorted()
}

// HasCall reports whether eventName is a name that CloudTrail records for the event
// source. It returns true for any name if the catalog doesn't have the source's calls.
// CloudTrail records the calls of some services with the date of their API's version,
// such as CreateFunction20150331. So a known name with a date is right too, unless the
// catalog has the name with its date.
func HasCall(eventSource, eventName string) bool {
	e, ok := calls()[eventSource]
	if !ok {
		return false
	}
	e.parse()
	if len(e.names) == 0 || e.names[eventName] {
		return true
	}
	return e.names[undated(eventName)]
}

// dateSuffix is compiled at its first use.
var dateSuffix = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(20\d{6}(v\d+)?|20\d\d_\d\d_\d\d)$`)
})

// undated removes the date of an API's version from a name.
func undated(eventName string) string { return dateSuffix().ReplaceAllString(eventName, "") }

// EventSourcesOf returns the event sources for which CloudTrail is known to
// record the name, sorted.
func EventSourcesOf(eventName string) []string {
	var sources []string
	_, noun := schema.CutVerb(eventName)
	for name, e := range calls() {
		// The text of most services doesn't contain the noun, so it needn't be parsed.
		if strings.Contains(e.body, noun) && e.parse().names[eventName] {
			sources = append(sources, name)
		}
	}
	slices.Sort(sources)
	return sources
}

// NearestCall returns the name that an unknown one was most likely meant to be. For an
// API's name that CloudTrail records under another name, it is that name, and otherwise
// the most similar name.
func NearestCall(eventSource, eventName string) (spell.Match, bool) {
	e, ok := calls()[eventSource]
	if !ok {
		return spell.Match{}, false
	}
	e.parse()
	if name, ok := e.recordedAs[eventName]; ok {
		return spell.Match{Word: name}, true
	}
	m, ok := spell.Find(eventName, func(yield func(string) bool) {
		for name := range e.names {
			if !yield(name) {
				return
			}
		}
		for api := range e.recordedAs {
			if !yield(api) {
				return
			}
		}
	})
	if !ok {
		return m, false
	}
	return e.recorded(m), true
}

// recorded replaces the API's names by those that CloudTrail records.
func (e *callEntry) recorded(m spell.Match) spell.Match {
	if name, ok := e.recordedAs[m.Word]; ok {
		m.Word = name
	}
	ties := m.Ties[:0]
	for _, tie := range m.Ties {
		if name, ok := e.recordedAs[tie]; ok {
			tie = name
		}
		if tie != m.Word {
			ties = append(ties, tie)
		}
	}
	m.Ties = slices.Compact(ties)
	return m
}
