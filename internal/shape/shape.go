// Package shape describes the JSON of events. A shape is made from a Go type that a
// handler decodes into, from the catalog of AWS events, or from a user's JSON Schema. So
// patterns are checked against all three in the same way.
package shape

import (
	"strings"

	"github.com/jobgen/jobgen/internal/catalog"
)

// Kind is a set of JSON kinds.
type Kind = catalog.Kind

// The kinds of JSON values.
const (
	String  = catalog.String
	Number  = catalog.Number
	Boolean = catalog.Boolean
	Object  = catalog.Object
	Array   = catalog.Array
	Any     = catalog.Any
)

// Shape describes a value of an event.
type Shape struct {
	Kind   Kind
	Fields []Field // an object's known fields
	// Open reports whether an object may have other fields. For other values it reports
	// whether nothing is known about their content.
	Open bool
	Elem *Shape // the elements of an array, or the values of an object with any keys
	// Null reports whether the value may be null.
	Null bool
	// Values is the closed set of a string's values, or nil if there is none.
	Values []string
	// Likely reports whether there may be other values than Values.
	Likely bool
	// Numbers are the numbers that a Go type can represent, for a number and for a text
	// that must be a number. It is nil if the type has no bounds.
	Numbers *Numbers
	// Written reports whether a text can be decoded into a Go type for numbers as text:
	// json.Number, or a field with encoding/json's option string. It is nil for other
	// types.
	Written func(text string) bool
	// Whole reports whether an event's numbers are whole, and Fractions whether some aren't.
	// Neither is set if it isn't known.
	Whole, Fractions bool
	// Base64 reports whether a text is decoded from base64 into a Go type for bytes.
	Base64 bool
	// Sure reports whether the kind is certain. That of a field of the catalog may be wrong.
	Sure bool
	// Type is the name of the Go type, or "".
	Type string
}

// Field is a field of an object.
type Field struct {
	Name string
	// AnyCase reports whether the name's letter case is not known, because a Go field
	// without a tag decodes a key in any case.
	AnyCase bool
	// Strict reports whether encoding/json decodes only keys in the same letter case into
	// the field.
	Strict bool
	Shape  *Shape
	// Go is the field of a Go struct. It is nil in other descriptions.
	Go *GoField
}

// Unknown is the shape of a value about which nothing is known.
var Unknown = &Shape{Kind: Any, Open: true}

// maxNesting limits lists within lists, because a type can be a list of itself.
const maxNesting = 16

// Element returns the shape of the innermost elements of an array, or s if it is not an
// array. EventBridge matches a field against every element of an array (event-ruler's
// flattening).
func (s *Shape) Element() *Shape {
	for range maxNesting {
		if s.Kind != Array {
			return s
		}
		s = s.Item()
	}
	return Unknown
}

// Item returns the shape of an array's elements.
func (s *Shape) Item() *Shape {
	if s.Kind == Array && s.Elem != nil {
		return s.Elem
	}
	return Unknown
}

// Sureness describes whether an object has a field.
type Sureness int

// The degrees of Sureness.
const (
	Lacks  Sureness = iota // no; all fields are known
	Open                   // perhaps; not all fields are known
	Folded                 // yes, but perhaps in another letter case
	Has                    // yes
)

// Find returns the shape of a field of an object, or of the objects of an array, and
// whether they have the field. The shape is nil if they don't have it, and Unknown if they
// may have fields that are not known.
func (s *Shape) Find(key string) (*Shape, Sureness) {
	s = s.Element()
	for _, f := range s.Fields {
		switch {
		case f.Name != key:
		case f.AnyCase:
			return f.Shape, Folded
		default:
			return f.Shape, Has
		}
	}
	for _, f := range s.Fields {
		if f.AnyCase && strings.EqualFold(f.Name, key) {
			return f.Shape, Folded
		}
	}
	switch {
	case s.Kind.Has(Object) && s.Elem != nil:
		return s.Elem, Open
	case s.Open || s.Kind.Has(Array):
		return Unknown, Open
	}
	return nil, Lacks
}

// Lookup is like Find, but returns only the shape.
func (s *Shape) Lookup(key string) *Shape {
	found, _ := s.Find(key)
	return found
}

// LookupFold returns the shape of the field that encoding/json decodes a key into, or nil.
// Letter case matters only for strict fields.
func (s *Shape) LookupFold(key string) *Shape {
	for _, f := range s.Element().Fields {
		if f.Takes(key) {
			return f.Shape
		}
	}
	return nil
}

// Takes reports whether encoding/json decodes a key into a struct's field.
func (f Field) Takes(key string) bool {
	return f.Name == key || !f.Strict && strings.EqualFold(f.Name, key)
}

// Decoded returns the value in an object that encoding/json decodes into a struct's field.
// It is nil if the object isn't known to have one.
func (s *Shape) Decoded(into *Field) *Shape {
	if at := s.field(into.Name); at != nil {
		return at
	}
	for _, f := range s.Fields {
		if into.Takes(f.Name) {
			return f.Shape
		}
	}
	if s.Elem == nil && (s.Kind == Any || s.IsUnknownObject()) {
		return Unknown
	}
	return s.Elem
}

// IsUnknownObject reports whether no field of an object is known.
func (s *Shape) IsUnknownObject() bool {
	return s.Kind == Object && s.Open && len(s.Fields) == 0 && s.Elem == nil
}

// Names returns the names of the fields of an object, or of the objects of an array.
func (s *Shape) Names() []string {
	var names []string
	for _, f := range s.Element().Fields {
		names = append(names, f.Name)
	}
	return names
}

// OfCatalog returns the shape of a field of the catalog.
func OfCatalog(f *catalog.Field) *Shape {
	s := &Shape{
		Kind: f.Kind, Open: f.Open, Null: f.Null, Values: f.Values, Likely: f.Likely, Sure: f.Sure,
		Whole: f.Whole, Fractions: f.Fractions,
	}
	if f.Kind == Any || f.Kind == Object && len(f.Fields) == 0 && f.Elem == nil {
		s.Open = true
	}
	if f.Elem != nil {
		s.Elem = OfCatalog(f.Elem)
	}
	if s.Kind == Array && s.Elem != nil && s.Elem.Values == nil {
		s.Elem.Values, s.Elem.Likely = f.Values, f.Likely
	}
	for _, inner := range f.Fields {
		s.Fields = append(s.Fields, Field{Name: inner.Name, Shape: OfCatalog(inner)})
	}
	return s
}
