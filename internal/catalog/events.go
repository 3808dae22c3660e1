package catalog

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/jobgen/jobgen/internal/catalog/schema"
	"github.com/jobgen/jobgen/internal/spell"
)

// Prefix begins the source of every event that AWS itself sends. A source without it is
// the user's or a partner's, and isn't in the catalog.
const Prefix = "aws."

// Sources returns all known sources, sorted: those with events in the catalog,
// and those of services whose API calls CloudTrail delivers.
func Sources() []string { return slices.Clone(events().names) }

// Service is a source with the detail-types of its events.
type Service struct {
	Source string // "aws.ec2"
	// EventSource is the service's name in CloudTrail, "ec2.amazonaws.com". It is empty
	// if the service's API calls don't arrive under Source.
	EventSource string
	// DetailTypes are those of the events, sorted; CloudTrail's are among them. The slice
	// must not be changed.
	DetailTypes []string
}

// Source returns a source, and whether it is known.
func Source(name string) (Service, bool) {
	s, ok := events().sources[name]
	if !ok {
		return Service{}, false
	}
	service := Service{Source: name, DetailTypes: s.types}
	if s.cloudTrail {
		service.EventSource = EventSourceOf(name)
	}
	return service, true
}

func (s *sourceEntry) detailTypes() []string {
	var types []string
	for _, e := range s.events {
		types = append(types, e.Head)
	}
	if _, listed := s.event(APICall); s.cloudTrail && !listed {
		types = append(types, APICall)
		slices.Sort(types)
	}
	return types
}

// HasSource reports whether the source is known.
func HasSource(name string) bool {
	_, ok := events().sources[name]
	return ok
}

// NearestSource returns the known source that an unknown one was most likely meant to
// be. The names are compared without "aws.", because they are short: aws.xyz is not
// similar to aws.fis.
func NearestSource(name string) (spell.Match, bool) {
	return nearestStem(name, Prefix, "", events().names)
}

// nearestStem finds the nearest of names that all have a prefix and a suffix in
// common. If word has them too, only the text between them is compared.
func nearestStem(word, prefix, suffix string, names []string) (spell.Match, bool) {
	stem, ok := strings.CutPrefix(word, prefix)
	stem, ok2 := strings.CutSuffix(stem, suffix)
	if !ok || !ok2 {
		return spell.Find(word, slices.Values(names))
	}
	m, found := spell.Find(stem, func(yield func(string) bool) {
		for _, n := range names {
			if !yield(strings.TrimSuffix(strings.TrimPrefix(n, prefix), suffix)) {
				return
			}
		}
	})
	m.Word = prefix + m.Word + suffix
	for i, tie := range m.Ties {
		m.Ties[i] = prefix + tie + suffix
	}
	return m, found
}

// DetailTypes returns the detail-types that the source is known to send,
// sorted; nil for an unknown source. The result must not be changed.
func DetailTypes(source string) []string {
	s, _ := Source(source)
	return s.DetailTypes
}

// AllDetailTypes returns every detail-type of any source, sorted. The result must not be
// changed.
func AllDetailTypes() []string { return allDetailTypes() }

var allDetailTypes = sync.OnceValue(func() []string {
	all := append(slices.Collect(maps.Keys(events().byDetailType)), CloudTrailDetailTypes()...)
	slices.Sort(all)
	return slices.Clip(slices.Compact(all))
})

// HasDetailType reports whether the source is known to send events of the detail-type.
// If CloudTrail delivers the service's calls, it returns true for all of CloudTrail's
// detail-types, because AWS doesn't list which of them a service has.
func HasDetailType(source, detailType string) bool {
	s, ok := events().sources[source]
	if !ok {
		return false
	}
	if _, ok := s.event(detailType); ok {
		return true
	}
	return s.cloudTrail && IsCloudTrail(detailType)
}

// SourcesOf returns the sources that are known to send events of the
// detail-type, sorted.
func SourcesOf(detailType string) []string {
	if !IsCloudTrail(detailType) {
		return slices.Clone(events().byDetailType[detailType])
	}
	var sources []string
	for _, name := range events().names {
		if HasDetailType(name, detailType) {
			sources = append(sources, name)
		}
	}
	return sources
}

// NearestDetailType returns the detail-type that an unknown one was most likely meant
// to be: of those that one of the sources sends, or of all if no source is given.
func NearestDetailType(detailType string, sources ...string) (spell.Match, bool) {
	candidates := AllDetailTypes()
	if len(sources) > 0 {
		candidates = nil
		for _, s := range sources {
			candidates = append(candidates, DetailTypes(s)...)
		}
		// The catalog rarely has all of CloudTrail's detail-types for a service.
		candidates = append(candidates, CloudTrailDetailTypes()...)
	}
	return spell.Find(detailType, slices.Values(candidates))
}

// Event is a kind of AWS event.
type Event struct {
	Source     string
	DetailType string
	// Detail describes the event's detail. It is never nil. An object without fields means
	// that the fields are not known.
	Detail *Field
	// CloudTrail reports whether Detail is CloudTrail's record.
	CloudTrail bool
}

// Lookup returns the event of that source and detail-type, and whether it is
// known.
func Lookup(source, detailType string) (Event, bool) {
	if !HasDetailType(source, detailType) {
		return Event{}, false
	}
	e := Event{Source: source, DetailType: detailType, CloudTrail: IsCloudTrail(detailType)}
	block, _ := events().sources[source].event(detailType)
	detail, err := schema.ParseFields(block.Body, 2)
	if err != nil {
		panic(fmt.Sprintf("catalog: embedded fields of %s %q are broken: %v", source, detailType, err))
	}
	e.Detail = detail
	if e.CloudTrail {
		e.Detail = recordWith(detail)
	}
	return e, true
}

// Name is a source and a detail-type.
type Name struct {
	Source     string
	DetailType string
}

// Search returns the events whose source or detail-type contains every word, in any
// letter case. They are sorted by source and detail-type.
func Search(words ...string) []Name {
	folded := make([]string, len(words))
	for i, w := range words {
		folded[i] = strings.ToLower(w)
	}
	var found []Name
	for _, source := range events().names {
		for _, detailType := range DetailTypes(source) {
			if containsAll(strings.ToLower(source+" "+detailType), folded) {
				found = append(found, Name{source, detailType})
			}
		}
	}
	return found
}

func containsAll(s string, words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(s, w) })
}
