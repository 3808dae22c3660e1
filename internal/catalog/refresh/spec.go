package main

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/catalog/schema"
)

// database is the part of db.json that describes events: entities that refer
// to each other by id.
type database struct {
	Schema struct {
		Event struct {
			Entities []eventEntity `json:"entities"`
		} `json:"event"`
		EventTypeDefinition struct {
			Entities []typeEntity `json:"entities"`
		} `json:"eventTypeDefinition"`
	} `json:"schema"`
}

type eventEntity struct {
	Source       string    `json:"source"`
	DetailType   string    `json:"detailType"`
	RootProperty reference `json:"rootProperty"`
}

type typeEntity struct {
	ID         string                    `json:"$id"`
	Name       string                    `json:"name"`
	Properties map[string]propertyEntity `json:"properties"`
}

// propertyEntity leaves out "required": a third of AWS's own sample events
// contradict it.
type propertyEntity struct {
	Type typeRef `json:"type"`
}

type typeRef struct {
	Type      string    `json:"type"`
	Element   *typeRef  `json:"element"`
	Reference reference `json:"reference"`
	Types     []typeRef `json:"types"`
}

type reference struct {
	Ref string `json:"$ref"`
}

// readSpec returns the sources of the pinned package, sorted.
func readSpec(file, temp string) ([]*schema.Source, error) {
	data, err := specBytes(file, temp)
	if err != nil {
		return nil, err
	}
	return parseSpec(data)
}

func parseSpec(gzipped []byte) ([]*schema.Source, error) {
	r, err := gzip.NewReader(bytes.NewReader(gzipped))
	if err != nil {
		return nil, err
	}
	var db database
	if err := json.NewDecoder(r).Decode(&db); err != nil {
		return nil, err
	}
	types := make(typeTable)
	for _, t := range db.Schema.EventTypeDefinition.Entities {
		types[t.ID] = t
	}
	return types.sources(db.Schema.Event.Entities)
}

// typeTable resolves references to types.
type typeTable map[string]typeEntity

func (types typeTable) sources(events []eventEntity) ([]*schema.Source, error) {
	bySource := make(map[string]*schema.Source)
	for _, e := range events {
		detail, err := types.object(e.RootProperty.Ref, nil)
		if err != nil {
			return nil, fmt.Errorf("event %s %q: %w", e.Source, e.DetailType, err)
		}
		s := bySource[e.Source]
		if s == nil {
			s = &schema.Source{Name: e.Source}
			bySource[e.Source] = s
		}
		// Three events are there twice with the same fields, under an old name and a
		// new one.
		if known := s.Event(e.DetailType); known != nil {
			if schema.FormatFields(known.Detail, 0) != schema.FormatFields(detail, 0) {
				return nil, fmt.Errorf("event %s %q is there twice, with different fields", e.Source, e.DetailType)
			}
			continue
		}
		s.Events = append(s.Events, &schema.Event{DetailType: e.DetailType, Detail: detail})
	}
	return sortSources(slices.Collect(maps.Values(bySource))), nil
}

func sortSources(sources []*schema.Source) []*schema.Source {
	slices.SortFunc(sources, func(a, b *schema.Source) int { return cmp.Compare(a.Name, b.Name) })
	for _, s := range sources {
		slices.SortFunc(s.Events, func(a, b *schema.Event) int { return cmp.Compare(a.DetailType, b.DetailType) })
	}
	return sources
}

// object returns a type's fields. The types that contain it are in seen.
func (types typeTable) object(id string, seen []string) (*schema.Field, error) {
	t, ok := types[id]
	if !ok {
		return nil, fmt.Errorf("no type has the id %q", id)
	}
	if slices.Contains(seen, id) {
		return &schema.Field{Kind: schema.Object, Open: true}, nil
	}
	object := &schema.Field{Kind: schema.Object}
	for _, name := range slices.Sorted(maps.Keys(t.Properties)) {
		if !isFieldName(name) {
			// The schema was made from a sample, and the name is not a field's, but a
			// key of a map: an address, a time, a file's path.
			object.Open = true
			continue
		}
		f, err := types.field(t.Properties[name].Type, append(seen, id))
		if err != nil {
			return nil, fmt.Errorf("%s.%s: %w", t.Name, name, err)
		}
		f.Name = name
		object.Add(f)
	}
	object.Open = object.Open || len(object.Fields) == 0
	return object, nil
}

// isFieldName reports whether a name is a field's, and not a value that the sample has
// as a key.
func isFieldName(name string) bool {
	return name != "" && (name[0] < '0' || name[0] > '9') && !strings.ContainsAny(name, "./:")
}

func (types typeTable) field(ref typeRef, seen []string) (*schema.Field, error) {
	if kind, ok := scalarKinds[ref.Type]; ok {
		return &schema.Field{Kind: kind, Whole: ref.Type == "integer"}, nil
	}
	switch ref.Type {
	case "ref":
		return types.object(ref.Reference.Ref, seen)
	case "array", "map":
		return types.composite(ref, seen)
	case "union":
		return types.union(ref.Types, seen)
	}
	return nil, fmt.Errorf("unknown type %q", ref.Type)
}

var scalarKinds = map[string]schema.Kind{
	"string": schema.String, "number": schema.Number, "integer": schema.Number,
	"boolean": schema.Boolean, "json": schema.Any,
}

func (types typeTable) composite(ref typeRef, seen []string) (*schema.Field, error) {
	if ref.Element == nil {
		return nil, fmt.Errorf("%s without an element", ref.Type)
	}
	elem, err := types.field(*ref.Element, seen)
	if err != nil {
		return nil, err
	}
	if ref.Type == "map" {
		return &schema.Field{Kind: schema.Object, Open: true, Elem: elem}, nil
	}
	return &schema.Field{Kind: schema.Array, Elem: elem}, nil
}

// union joins the kinds of its members. It drops their fields, because a pattern
// doesn't say which member it is for.
func (types typeTable) union(members []typeRef, seen []string) (*schema.Field, error) {
	union := &schema.Field{Whole: true}
	for _, m := range members {
		f, err := types.field(m, seen)
		if err != nil {
			return nil, err
		}
		union.Kind |= f.Kind
		union.Whole = union.Whole && (f.Whole || !f.Kind.Has(schema.Number))
	}
	union.Whole = union.Whole && union.Kind.Has(schema.Number)
	union.Open = union.Kind.Has(schema.Object)
	return union, nil
}
