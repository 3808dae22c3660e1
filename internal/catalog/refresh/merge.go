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

// merge adds what other sources have, an event at a time, with a function for two
// descriptions of one event's detail.
func merge(base, more []*schema.Source, join func(into, from *schema.Field)) []*schema.Source {
	merged := make(map[string]*schema.Source)
	for _, s := range base {
		merged[s.Name] = s
	}
	for _, from := range more {
		into := merged[from.Name]
		if into == nil {
			into = &schema.Source{Name: from.Name}
			merged[from.Name] = into
		}
		into.CloudTrail = into.CloudTrail || from.CloudTrail
		for _, e := range from.Events {
			known := into.Event(e.DetailType)
			switch {
			case known == nil:
				into.Events = append(into.Events, e)
			case len(e.Detail.Fields) > 0:
				join(known.Detail, e.Detail)
			}
		}
	}
	return sortSources(slices.Collect(maps.Values(merged)))
}

// dropRecords removes the fields of CloudTrail's events, because all have the same
// record, which is in data/cloudtrail.txt. Values that are added later are those of one
// source's records.
func dropRecords(sources []*schema.Source) {
	for _, s := range sources {
		for _, e := range s.Events {
			if strings.HasSuffix(e.DetailType, cloudTrailSuffix) {
				s.CloudTrail = true
				e.Detail = &schema.Field{Kind: schema.Object, Open: true}
			}
		}
	}
}

// mergeField adds an overlay's description of a field to another one. The result has
// the overlay's type and values, and the fields of both.
func mergeField(into, from *schema.Field) {
	both := into.Kind == schema.Object && from.Kind == schema.Object && from.Elem == nil
	switch {
	case both:
		into.Open, into.Sure = into.Open || from.Open, from.Sure
		into.Elem = nil
		addFields(into, from, mergeField)
	case into.Kind == schema.Array && from.Kind == schema.Array && into.Elem != nil && from.Elem != nil:
		into.Sure = from.Sure
		mergeField(into.Elem, from.Elem)
	default:
		name := into.Name
		*into = *from
		into.Name = name
	}
}

// openAll makes all objects of sources open, whose events don't list all fields. It
// returns the sources.
func openAll(sources []*schema.Source) []*schema.Source {
	eachField(sources, func(f *schema.Field) { f.Open = f.Open || f.Kind&schema.Object != 0 })
	return sources
}

// eachField calls do with each field of the sources' events, and with their details.
func eachField(sources []*schema.Source, do func(*schema.Field)) {
	for _, s := range sources {
		for _, e := range s.Events {
			e.Detail.Each(do)
		}
	}
}

// joinSample adds what a sample event shows to the description of a field. Where they
// differ, both are right: the field has the names and the kinds of both.
func joinSample(into, from *schema.Field) {
	into.Null = into.Null || from.Null
	switch {
	case into.Kind == schema.Any && len(from.Fields) > 0 && from.Elem == nil:
		into.Kind, into.Open = schema.Object, true
		addFields(into, from, joinSample)
		return
	case into.Kind == schema.Any || from.Kind == schema.Any:
		return
	}
	into.Sure = into.Sure || into.Kind|from.Kind == into.Kind && !isUnion(into.Kind)
	if into.Kind == schema.Array && from.Kind == schema.Array {
		joinElem(into, from)
		return
	}
	if into.Kind != from.Kind {
		flatten(into)
		flatten(from)
	}
	joinKinds(into, from)
	switch {
	case from.Kind&schema.Object == 0 && len(from.Fields) == 0:
	case into.Elem != nil:
		joinMap(into, from)
	default:
		into.Open = into.Open || from.Elem != nil
		addFields(into, from, joinSample)
	}
}

// joinMap adds what a sample shows of an object with any keys. The sample's names are
// keys that anybody may choose. They are AWS's only if the sample, too, is described as
// an object with any keys.
func joinMap(into, from *schema.Field) {
	for _, f := range from.Fields {
		if into.Elem.Kind != schema.Any {
			into.Elem = &schema.Field{Kind: into.Elem.Kind, Whole: into.Elem.Whole, Open: true}
			joinKinds(into.Elem, f)
		}
	}
	if from.Elem != nil {
		addFields(into, from, joinSample)
	}
}

// flatten adds the fields of a list's elements to the list itself. If a field is a list
// in some events and an object in others, one pattern is for both.
func flatten(f *schema.Field) {
	if f.Kind != schema.Array || f.Elem == nil {
		return
	}
	elem := f.Elem
	f.Elem = nil
	if elem.Kind == schema.Object && elem.Elem == nil {
		f.Fields, f.Open = elem.Fields, elem.Open
	}
}

func joinElem(into, from *schema.Field) {
	switch {
	case from.Elem == nil:
	case into.Elem == nil:
		into.Elem = from.Elem
	default:
		joinSample(into.Elem, from.Elem)
	}
}

// joinKinds adds a sample's kinds to those of a field. A number in a sample doesn't say that
// there are fractions.
func joinKinds(known, sample *schema.Field) {
	known.Whole = known.Whole || sample.Whole && !known.Kind.Has(schema.Number)
	known.Kind |= sample.Kind
}

// isUnion reports whether there are several kinds.
func isUnion(k schema.Kind) bool { return k&(k-1) != 0 }

// allSure marks the kinds in sources as sure, since people have reviewed them. It returns
// the sources.
func allSure(sources []*schema.Source) []*schema.Source {
	for _, s := range sources {
		for _, e := range s.Events {
			e.Detail.MakeSure()
		}
	}
	return sources
}

// addFields adds an object's fields to another's, and joins those that both have.
func addFields(into, from *schema.Field, join func(into, from *schema.Field)) {
	for _, f := range from.Fields {
		if known := into.Field(f.Name); known != nil {
			join(known, f)
			continue
		}
		into.Add(f)
	}
}

// addValues gives fields the sets of values that another description has, and adds the
// fields that aren't there.
func addValues(into, from *schema.Field) {
	into, from = schema.Innermost(into), schema.Innermost(from)
	if len(from.Values) > 0 {
		into.Sure = into.Sure || into.Kind == schema.String
		into.Kind |= schema.String
		into.Values, into.Likely = from.Values, from.Likely
	}
	if len(from.Fields) > 0 {
		if into.Kind == schema.Any {
			into.Kind, into.Open = 0, true
		}
		into.Kind |= schema.Object
		addFields(into, from, addValues)
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

// provenance is the comment that names where an entry's facts come from, and the day on
// which the entry was reviewed: the page that documents them, or else the API's models,
// if a field has the values of an API's enum, or AWS's sample events. A page that was not
// read has "unopened" instead of the day.
var provenance = regexp.MustCompile(`^# ((https://\S+|botocore|samples) \d{4}-\d{2}-\d{2}|https://\S+ unopened)$`)

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
