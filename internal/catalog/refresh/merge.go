package main

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/catalog/schema"
)

// cloudTrailSuffix ends the detail-types of events that CloudTrail delivers.
const cloudTrailSuffix = " via CloudTrail"

// mergeSources lays the overlay over the sources that the npm package knows,
// and takes the fields off CloudTrail's events: their record is one fixed shape,
// which the catalog has by hand.
func mergeSources(base, overlay []*schema.Source) []*schema.Source {
	merged := make(map[string]*schema.Source)
	for _, s := range base {
		merged[s.Name] = s
	}
	for _, s := range overlay {
		if merged[s.Name] == nil {
			merged[s.Name] = &schema.Source{Name: s.Name}
		}
		mergeSource(merged[s.Name], s)
	}
	sources := sortSources(slices.Collect(maps.Values(merged)))
	for _, s := range sources {
		dropRecords(s)
	}
	return sources
}

func dropRecords(s *schema.Source) {
	for _, e := range s.Events {
		if strings.HasSuffix(e.DetailType, cloudTrailSuffix) {
			s.CloudTrail = true
			e.Detail = &schema.Field{Kind: schema.Object, Open: true}
		}
	}
}

func mergeSource(into, from *schema.Source) {
	into.CloudTrail = into.CloudTrail || from.CloudTrail
	for _, e := range from.Events {
		known := into.Event(e.DetailType)
		if known == nil {
			into.Events = append(into.Events, e)
			continue
		}
		if len(e.Detail.Fields) > 0 {
			mergeField(known.Detail, e.Detail)
		}
	}
}

// mergeField lays one description of a field over another: the overlay's type
// and values hold, the fields of both count.
func mergeField(into, from *schema.Field) {
	both := into.Kind == schema.Object && from.Kind == schema.Object && from.Elem == nil
	switch {
	case both:
		into.Open = into.Open || from.Open
		into.Elem = nil
		for _, f := range from.Fields {
			if known := into.Field(f.Name); known != nil {
				mergeField(known, f)
				continue
			}
			into.Add(f)
		}
	case into.Kind == schema.Array && from.Kind == schema.Array && into.Elem != nil && from.Elem != nil:
		mergeField(into.Elem, from.Elem)
	default:
		name := into.Name
		*into = *from
		into.Name = name
	}
}

// addCloudTrailSources adds a source for every service whose calls CloudTrail
// records, and marks those that are there: the source of a call is "aws." and
// the first label of its eventSource.
func addCloudTrailSources(sources []*schema.Source, calls callTable) []*schema.Source {
	for eventSource := range calls {
		label, _, _ := strings.Cut(eventSource, ".")
		name := "aws." + label
		i := slices.IndexFunc(sources, func(s *schema.Source) bool { return s.Name == name })
		if i < 0 {
			sources = append(sources, &schema.Source{Name: name, CloudTrail: true})
			continue
		}
		sources[i].CloudTrail = true
	}
	return sortSources(sources)
}

// provenance is the comment that names the page that documents an overlay's
// entry, and the day on which the entry was reviewed.
var provenance = regexp.MustCompile(`^# https://\S+ \d{4}-\d{2}-\d{2}$`)

// checkProvenance makes sure that every paragraph of an overlay begins with a
// comment that names a page and a day. A paragraph of comments alone needs none.
func checkProvenance(overlay string) error {
	for paragraph := range strings.SplitSeq(overlay, "\n\n") {
		first, rest, _ := strings.Cut(strings.Trim(paragraph, "\n"), "\n")
		if !provenance.MatchString(first) && !onlyComments(first+"\n"+rest) {
			return fmt.Errorf("the paragraph that starts with %q must start with its page and the day: # https://… 2006-01-02", first)
		}
	}
	return nil
}

func onlyComments(paragraph string) bool {
	for line := range strings.Lines(paragraph) {
		if line != "\n" && line[0] != '#' {
			return false
		}
	}
	return true
}
