package shape

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
)

// jsonSchema has the parts of JSON Schema (draft 4 to 2020-12) and of OpenAPI 3 that
// describe an event.
type jsonSchema struct {
	Ref         string                 `json:"$ref"`
	Type        schemaType             `json:"type"`
	Properties  map[string]*jsonSchema `json:"properties"`
	Additional  json.RawMessage        `json:"additionalProperties"`
	Items       json.RawMessage        `json:"items"`
	Enum        []any                  `json:"enum"`
	Const       any                    `json:"const"`
	AllOf       []*jsonSchema          `json:"allOf"`
	AnyOf       []*jsonSchema          `json:"anyOf"`
	OneOf       []*jsonSchema          `json:"oneOf"`
	Nullable    bool                   `json:"nullable"`
	Definitions map[string]*jsonSchema `json:"definitions"`
	Defs        map[string]*jsonSchema `json:"$defs"`
	Components  struct {
		Schemas map[string]*jsonSchema `json:"schemas"`
	} `json:"components"`
	// EventBridge's exports have these fields.
	EventSource     string `json:"x-amazon-events-source"`
	EventDetailType string `json:"x-amazon-events-detail-type"`
}

// UnmarshalJSON reads the schemas true and false as empty ones.
func (s *jsonSchema) UnmarshalJSON(data []byte) error {
	if word := string(data); word == "true" || word == "false" {
		return nil
	}
	type plain jsonSchema
	return json.Unmarshal(data, (*plain)(s))
}

// schemaType is a name such as "string", or a list such as ["string", "null"].
type schemaType []string

// UnmarshalJSON decodes a name or a list of names.
func (t *schemaType) UnmarshalJSON(data []byte) error {
	var one string
	if json.Unmarshal(data, &one) == nil {
		*t = schemaType{one}
		return nil
	}
	return json.Unmarshal(data, (*[]string)(t))
}

// schemaReader converts a document to shapes. If a schema contains itself, so does its
// shape.
type schemaReader struct {
	doc  *jsonSchema
	done map[*jsonSchema]*Shape
	err  error
}

// eventSchema is the name of the schema of the whole event in exports of EventBridge's
// schema registry (user guide, eb-schema-registry).
const eventSchema = "AWSEvent"

// Schema describes events.
type Schema struct {
	Event *Shape // the whole event
	// Sources and DetailTypes are the names in the document. They are nil if it has
	// none, so that it may describe events of all sources or detail-types.
	Sources, DetailTypes []string
}

// ReadSchema reads a JSON Schema or an OpenAPI 3 document that describes a whole event, as
// EventBridge's schema registry exports it, or only the detail.
func ReadSchema(data []byte) (*Schema, error) {
	var doc jsonSchema
	if err := json.Unmarshal(data, &doc); err != nil {
		return nil, fmt.Errorf("not a JSON Schema: %w", err)
	}
	r := &schemaReader{doc: &doc, done: map[*jsonSchema]*Shape{}}
	root, err := r.root()
	if err != nil {
		return nil, err
	}
	s := r.shape(root)
	if r.err != nil {
		return nil, r.err
	}
	if s.Lookup("detail") == nil || s.Lookup("detail") == Unknown {
		s = &Shape{Kind: Object, Fields: []Field{{Name: "detail", Shape: s}}}
	}
	return &Schema{
		Event:       s,
		Sources:     named(s, "source", root.EventSource, doc.EventSource),
		DetailTypes: named(s, "detail-type", root.EventDetailType, doc.EventDetailType),
	}, nil
}

// named returns the document's values of a field of the envelope: the one of an export, or
// the closed set of the field's values.
func named(event *Shape, field string, exported ...string) []string {
	if name := cmp.Or(exported...); name != "" {
		return []string{name}
	}
	if s := event.field(field); s != nil {
		return s.Values
	}
	return nil
}

// root returns the schema of the event in the document.
func (r *schemaReader) root() (*jsonSchema, error) {
	schemas := r.doc.Components.Schemas
	if len(schemas) == 0 {
		if len(r.doc.Properties) == 0 && r.doc.Ref == "" && len(r.doc.AllOf) == 0 {
			return nil, fmt.Errorf("the document describes no event: it has no properties, and no components.schemas")
		}
		return r.doc, nil
	}
	if s, ok := schemas[eventSchema]; ok {
		return s, nil
	}
	if len(schemas) == 1 {
		for _, s := range schemas {
			return s, nil
		}
	}
	return nil, fmt.Errorf("components.schemas has no %s, which EventBridge's exports have, and more than one schema", eventSchema)
}

func (r *schemaReader) shape(s *jsonSchema) *Shape {
	s = r.target(s)
	if s == nil {
		return Unknown
	}
	if known, ok := r.done[s]; ok {
		return known
	}
	out := &Shape{Sure: true}
	r.done[s] = out
	r.fill(out, s)
	return out
}

// target follows references within the document, and returns the schema that they refer
// to.
func (r *schemaReader) target(s *jsonSchema) *jsonSchema {
	for hops := 0; s != nil && s.Ref != ""; hops++ {
		if hops > len(r.doc.Definitions)+len(r.doc.Defs)+len(r.doc.Components.Schemas) {
			r.fail("the schema's reference %q leads back to itself", s.Ref)
			return nil
		}
		s = r.resolve(s.Ref)
	}
	return s
}

func (r *schemaReader) resolve(ref string) *jsonSchema {
	for prefix, schemas := range map[string]map[string]*jsonSchema{
		"#/definitions/": r.doc.Definitions, "#/$defs/": r.doc.Defs, "#/components/schemas/": r.doc.Components.Schemas,
	} {
		if name, ok := strings.CutPrefix(ref, prefix); ok && schemas[unescapePointer(name)] != nil {
			return schemas[unescapePointer(name)]
		}
	}
	r.fail("the schema refers to %q, which is not in the document", ref)
	return nil
}

// unescapePointer unescapes a name of a JSON pointer in a URI (RFC 6901, 3 and 6).
func unescapePointer(name string) string {
	if plain, err := url.PathUnescape(name); err == nil {
		name = plain
	}
	return strings.NewReplacer("~1", "/", "~0", "~").Replace(name)
}

func (r *schemaReader) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf(format, args...)
	}
}

func (r *schemaReader) fill(out *Shape, s *jsonSchema) {
	for _, name := range s.Type {
		out.Kind |= schemaKinds[name]
	}
	out.Fractions = slices.Contains(s.Type, "number")
	out.Whole = !out.Fractions && slices.Contains(s.Type, "integer")
	if out.Kind == 0 && len(s.Properties) > 0 {
		out.Kind = Object
	}
	r.fields(out, s)
	if len(s.Items) > 0 {
		var items jsonSchema
		if json.Unmarshal(s.Items, &items) == nil {
			out.Elem = r.shape(&items)
		}
	}
	out.Values = closedValues(s)
	for _, part := range s.AllOf {
		out.add(r.shape(part))
	}
	if some := slices.Concat(s.AnyOf, s.OneOf); len(some) > 0 {
		out.add(r.oneOf(some))
	}
	if out.Kind == 0 {
		out.Kind, out.Open = Any, true
	}
}

func (r *schemaReader) oneOf(some []*jsonSchema) *Shape {
	out := r.shape(some[0])
	for _, part := range some[1:] {
		out = Either(out, r.shape(part))
	}
	return out
}

var schemaKinds = map[string]Kind{
	"string": String, "number": Number, "integer": Number, "boolean": Boolean, "object": Object, "array": Array,
}

func (r *schemaReader) fields(out *Shape, s *jsonSchema) {
	names := slices.Sorted(maps.Keys(s.Properties))
	for _, name := range names {
		out.Fields = append(out.Fields, Field{Name: name, Shape: r.shape(s.Properties[name])})
	}
	var additional jsonSchema
	switch text := string(s.Additional); {
	case text == "true":
		out.Open = true
	case text != "" && text != "false" && json.Unmarshal(s.Additional, &additional) == nil:
		out.Elem = r.shape(&additional)
	case text == "" && out.Kind == Object && len(names)+len(s.AllOf)+len(s.AnyOf)+len(s.OneOf) == 0:
		out.Open = true // an object without a description
	}
}

// closedValues returns the closed set of a string's values, or nil if there is none.
func closedValues(s *jsonSchema) []string {
	all := s.Enum
	if s.Const != nil {
		all = []any{s.Const}
	}
	var values []string
	for _, v := range all {
		if text, ok := v.(string); ok {
			values = append(values, text)
		}
	}
	return values
}

// add adds the shape of another schema for the same value.
func (s *Shape) add(other *Shape) {
	s.Kind |= other.Kind
	s.Open = s.Open || other.Open
	s.Whole, s.Fractions = s.Whole || other.Whole, s.Fractions || other.Fractions
	s.Fields = append(s.Fields, other.Fields...)
	s.Values = append(s.Values, other.Values...)
	if s.Elem == nil {
		s.Elem = other.Elem
	}
}
