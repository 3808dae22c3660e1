package shape

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// jsonSchema is as much of JSON Schema (draft 4 to 2020-12) and of OpenAPI 3 as
// tells what may stand in an event.
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
}

// schemaType is "string", or ["string", "null"].
type schemaType []string

// UnmarshalJSON takes one name or a list.
func (t *schemaType) UnmarshalJSON(data []byte) error {
	var one string
	if json.Unmarshal(data, &one) == nil {
		*t = schemaType{one}
		return nil
	}
	return json.Unmarshal(data, (*[]string)(t))
}

// schemaReader turns one document into shapes. A schema that holds itself has a
// shape that does too.
type schemaReader struct {
	doc  *jsonSchema
	done map[*jsonSchema]*Shape
	err  error
}

// eventSchema is the name under which EventBridge's schema registry exports the
// whole event (user guide, eb-schema-registry).
const eventSchema = "AWSEvent"

// ReadSchema reads a JSON Schema or an OpenAPI 3 document that describes a whole
// event, as EventBridge's schema registry exports it, or an event's detail
// alone. The result is the shape of the whole event.
func ReadSchema(data []byte) (*Shape, error) {
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
	return s, nil
}

// root finds the schema of the event in the document.
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
	if s == nil {
		return Unknown
	}
	if known, ok := r.done[s]; ok {
		return known
	}
	out := &Shape{}
	r.done[s] = out
	if s.Ref != "" {
		*out = *r.shape(r.resolve(s.Ref))
		return out
	}
	r.fill(out, s)
	return out
}

// resolve follows a reference within the document.
func (r *schemaReader) resolve(ref string) *jsonSchema {
	for prefix, schemas := range map[string]map[string]*jsonSchema{
		"#/definitions/": r.doc.Definitions, "#/$defs/": r.doc.Defs, "#/components/schemas/": r.doc.Components.Schemas,
	} {
		if name, ok := strings.CutPrefix(ref, prefix); ok && schemas[name] != nil {
			return schemas[name]
		}
	}
	if r.err == nil {
		r.err = fmt.Errorf("the schema refers to %q, which is not in the document", ref)
	}
	return nil
}

func (r *schemaReader) fill(out *Shape, s *jsonSchema) {
	for _, name := range s.Type {
		out.Kind |= schemaKinds[name]
	}
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
	for _, part := range slices.Concat(s.AllOf, s.AnyOf, s.OneOf) {
		out.join(r.shape(part))
	}
	if out.Kind == 0 {
		out.Kind, out.Open = Any, true
	}
}

var schemaKinds = map[string]Kind{
	"string": String, "number": Number, "integer": Number, "boolean": Boolean, "object": Object, "array": Array,
}

func (r *schemaReader) fields(out *Shape, s *jsonSchema) {
	names := make([]string, 0, len(s.Properties))
	for name := range s.Properties {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		out.Fields = append(out.Fields, Field{Name: name, Shape: r.shape(s.Properties[name])})
	}
	var additional jsonSchema
	switch {
	case string(s.Additional) == "true", out.Kind == Object && len(names) == 0 && len(s.AllOf)+len(s.AnyOf)+len(s.OneOf) == 0:
		out.Open = true
	case len(s.Additional) > 0 && string(s.Additional) != "false" && json.Unmarshal(s.Additional, &additional) == nil:
		out.Elem = r.shape(&additional)
	}
}

// closedValues returns a string's closed set, nil if there is none.
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

// join adds what another shape allows at the same place.
func (s *Shape) join(other *Shape) {
	s.Kind |= other.Kind
	s.Open = s.Open || other.Open
	s.Fields = append(s.Fields, other.Fields...)
	s.Values = append(s.Values, other.Values...)
	if s.Elem == nil {
		s.Elem = other.Elem
	}
}
