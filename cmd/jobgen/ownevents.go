package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/lint"
	"github.com/jobgen/jobgen/internal/shape"
	"github.com/jobgen/jobgen/internal/spell"
)

// ownEvents are the events that the schemas of -schema describe.
type ownEvents []*lint.Schema

// of returns the schemas of a source.
func (own ownEvents) of(source string) ownEvents {
	return slices.DeleteFunc(slices.Clone(own), func(s *lint.Schema) bool { return s.Source != source })
}

// sources returns the sources of the events, sorted.
func (own ownEvents) sources() []string {
	var names []string
	for _, s := range own {
		names = append(names, s.Source)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// detailTypes returns the detail-types that the schemas name, sorted. A schema that names
// none describes events of any detail-type, for which there is "".
func (own ownEvents) detailTypes() []string {
	var names []string
	for _, s := range own {
		names = append(names, s.DetailTypes...)
		if len(s.DetailTypes) == 0 {
			names = append(names, "")
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// lookup returns the event with a source and a detail-type.
func (own ownEvents) lookup(source, detailType string) (catalog.Event, bool) {
	var detail *shape.Shape
	for _, s := range own.of(source) {
		d := s.Event.Lookup("detail")
		switch {
		case len(s.DetailTypes) > 0 && !slices.Contains(s.DetailTypes, detailType) || d == nil:
		case detail == nil:
			detail = d
		default:
			detail = shape.Either(detail, d)
		}
	}
	if detail == nil {
		return catalog.Event{}, false
	}
	return catalog.Event{Source: source, DetailType: detailType, Detail: detail.CatalogField("detail")}, true
}

// orAWS returns an event of the user's or of AWS's.
func (own ownEvents) orAWS(source, detailType string) (catalog.Event, bool) {
	if e, ok := own.lookup(source, detailType); ok {
		return e, true
	}
	return catalog.Lookup(source, detailType)
}

// rows returns a row for each detail-type of the events.
func (own ownEvents) rows(short bool) []row {
	var rows []row
	for _, source := range own.sources() {
		for _, detailType := range own.of(source).detailTypes() {
			rows = append(rows, eventRow{source, detailType, short})
		}
	}
	return rows
}

// events returns the events with a detail-type, and those of any detail-type with none.
func (own ownEvents) events() []catalog.Event {
	var all []catalog.Event
	for _, source := range own.sources() {
		for _, detailType := range own.of(source).detailTypes() {
			if e, ok := own.lookup(source, detailType); ok {
				all = append(all, e)
			}
		}
	}
	return all
}

// named returns the rows of the events with these words in their source or detail-type.
func (own ownEvents) named(words string) []row {
	return slices.DeleteFunc(own.rows(false), func(r row) bool {
		name := strings.ToLower(strings.Join(r.columns(), " "))
		return slices.ContainsFunc(strings.Fields(strings.ToLower(words)), func(w string) bool { return !strings.Contains(name, w) })
	})
}

// missing says that the schemas of a source don't describe a detail-type, with the nearest
// one that they describe.
func (own ownEvents) missing(source, detailType string) string {
	types := own.of(source).detailTypes()
	message := fmt.Sprintf("the schema of %s describes no event %q", source, detailType)
	if near, ok := spell.Nearest(detailType, types); ok {
		return message + fmt.Sprintf("; did you mean %q?", near)
	}
	return message + "; there is " + strings.Join(types, ", ")
}
