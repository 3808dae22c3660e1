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

// Calls returns the names that CloudTrail is known to record for an event
// source, sorted. It is nil for a service that is known by name alone: any name
// may be right there.
func Calls(eventSource string) []string {
	e, ok := calls()[eventSource]
	if !ok {
		return nil
	}
	return e.parse().sorted()
}

// HasCall reports whether eventName is a name that CloudTrail records for the
// event source. It is, for any name, where the catalog has no list. Some
// services are recorded with the date of their API's version, such as
// CreateFunction20150331; a date behind a known name counts as known too, unless
// the catalog knows which one it is.
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

// dateSuffix is compiled when a name is first looked up that needs it.
var dateSuffix = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(20\d{6}(v\d+)?|20\d\d_\d\d_\d\d)$`)
})

// undated takes the date of an API version off a name.
func undated(eventName string) string { return dateSuffix().ReplaceAllString(eventName, "") }

// EventSourcesOf returns the event sources for which CloudTrail is known to
// record the name, sorted.
func EventSourcesOf(eventName string) []string {
	var sources []string
	_, noun := schema.CutVerb(eventName)
	for name, e := range calls() {
		// Most services are out at a look at their text, and stay unread.
		if strings.Contains(e.body, noun) && e.parse().names[eventName] {
			sources = append(sources, name)
		}
	}
	slices.Sort(sources)
	return sources
}

// NearestCall returns the name that an unknown one was most likely meant to be:
// the recorded name of an API call that is recorded under another, or else the
// nearest one.
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

// recorded puts the recorded names in the place of the API's own.
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
