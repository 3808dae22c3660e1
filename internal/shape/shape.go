// Package shape describes what an event's JSON may hold. A shape comes from a Go type
// that a handler decodes into, from the catalog of AWS events, or from a JSON Schema of
// the user's. Patterns are checked against shapes, and so in the same way against all
// three.
package shape

import (
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/catalog"
)

// Kind is a set of JSON kinds.
type Kind uint8

// The kinds of JSON values.
const (
	String Kind = 1 << iota
	Number
	Boolean
	Object
	Array

	// Any is the kind of a value of which nothing is known.
	Any = String | Number | Boolean | Object | Array
)

// Has reports whether k shares a kind with other.
func (k Kind) Has(other Kind) bool { return k&other != 0 }

// String names the kinds as messages do.
func (k Kind) String() string {
	var words []string
	for kind, word := range map[Kind]string{String: "text", Number: "a number", Boolean: "true or false", Object: "an object", Array: "a list"} {
		if k.Has(kind) {
			words = append(words, word)
		}
	}
	slices.Sort(words)
	return strings.Join(words, " or ")
}

// Shape describes the value at one place of an event.
type Shape struct {
	Kind   Kind
	Fields []Field // an object's known fields
	// Open says of an object that it may hold fields beyond Fields, and of
	// anything that nothing inside it can be checked.
	Open bool
	Elem *Shape // what an array holds, or an object with any keys
	// Values is the closed set of a string's values; nil where any may occur.
	Values []string
	// Numbers are those that can be decoded, where a Go type bounds them: of a
	// number, and of a text that must be one.
	Numbers *Numbers
	// Written reports whether a text can be decoded, where a Go type takes numbers
	// as text: json.Number, and encoding/json's option string. It is nil elsewhere.
	Written func(text string) bool
	// Whole and Fractions say what numbers an event sends: whole numbers only, or ones with
	// fractions too. If neither is set, it isn't known.
	Whole, Fractions bool
	// Sure says that the kind is certain: that of a field of the catalog may be wrong.
	Sure bool
	// Type names the Go type, or is empty.
	Type string
}

// Field is a field of an object.
type Field struct {
	Name string
	// AnyCase says that the name's case is not known: an untagged Go field
	// decodes a key of any case.
	AnyCase bool
	// Strict says that encoding/json decodes no key in another letter case into the
	// field.
	Strict bool
	Shape  *Shape
	// Go is the field of a Go struct. It is nil in other descriptions.
	Go *GoField
}

// Unknown is the shape of a value of which nothing is known.
var Unknown = &Shape{Kind: Any, Open: true}

// maxNesting bounds lists within lists: a type can be a list of itself.
const maxNesting = 16

// Element goes through arrays to what they hold: EventBridge matches a field
// against every element of an array (event-ruler's flattening).
func (s *Shape) Element() *Shape {
	for range maxNesting {
		if s.Kind != Array {
			return s
		}
		s = s.Item()
	}
	return Unknown
}

// Item is what a list holds.
func (s *Shape) Item() *Shape {
	if s.Kind == Array && s.Elem != nil {
		return s.Elem
	}
	return Unknown
}

// Sureness says whether an object has a field, as far as its shape knows.
type Sureness int

// The degrees of Sureness.
const (
	Lacks  Sureness = iota // no: all fields are known
	Open                   // perhaps: not all fields are known
	Folded                 // yes, but in another letter case perhaps
	Has                    // yes
)

// Find finds a key in an object, or in the objects of an array, and says whether they
// have it. The shape is nil if they lack it, and Unknown if the object is open and
// nothing is known of the field.
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

// Lookup is Find without the sureness.
func (s *Shape) Lookup(key string) *Shape {
	found, _ := s.Find(key)
	return found
}

// LookupFold finds the field that encoding/json decodes a key into: one of that
// name in any letter case, unless the field is strict.
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

// IsUnknownObject reports whether none of the fields of an object is known.
func (s *Shape) IsUnknownObject() bool {
	return s.Kind == Object && s.Open && len(s.Fields) == 0 && s.Elem == nil
}

// Names returns the names of the fields of an object, seen through arrays.
func (s *Shape) Names() []string {
	var names []string
	for _, f := range s.Element().Fields {
		names = append(names, f.Name)
	}
	return names
}

// OfCatalog gives a field of the catalog as a shape.
func OfCatalog(f *catalog.Field) *Shape {
	s := &Shape{Kind: kindOf(f.Kind), Open: f.Open, Values: f.Values}
	s.Whole = f.Kind&(catalog.Number|catalog.Integer) == catalog.Integer
	if f.Kind == catalog.Object && len(f.Fields) == 0 && f.Elem == nil {
		s.Open = true
	}
	if f.Kind == catalog.Any {
		s.Open = true
	}
	if f.Elem != nil {
		s.Elem = OfCatalog(f.Elem)
	}
	if s.Kind == Array && s.Elem != nil && s.Elem.Values == nil {
		s.Elem.Values = f.Values
	}
	for _, inner := range f.Fields {
		s.Fields = append(s.Fields, Field{Name: inner.Name, Shape: OfCatalog(inner)})
	}
	return s
}

func kindOf(k catalog.Kind) Kind {
	var kind Kind
	for from, to := range map[catalog.Kind]Kind{
		catalog.String: String, catalog.Number: Number, catalog.Integer: Number,
		catalog.Boolean: Boolean, catalog.Object: Object, catalog.Array: Array,
	} {
		if k&from != 0 {
			kind |= to
		}
	}
	return kind
}
