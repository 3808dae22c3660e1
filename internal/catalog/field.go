package catalog

import (
	"slices"

	"github.com/jobgen/jobgen/internal/catalog/schema"
	"github.com/jobgen/jobgen/internal/spell"
)

// Field is a field of an event: its kinds, and what stands in it.
type Field = schema.Field

// Kind is a set of JSON kinds.
type Kind = schema.Kind

// The kinds of JSON values.
const (
	String  = schema.String
	Number  = schema.Number
	Integer = schema.Integer
	Boolean = schema.Boolean
	Object  = schema.Object
	Array   = schema.Array
	Any     = schema.Any
)

// Found is where a path leads.
type Found struct {
	// Field is the field that the path names; nil unless Known. It is never an
	// array: as in EventBridge's matching, a path goes through arrays to their
	// elements.
	Field *Field
	// Known says that the catalog has the field.
	Known bool
	// Open says, of a field that isn't known, that the catalog doesn't know all
	// fields of its object either: it may well be right.
	Open bool
	// Parent is the object in which the search ended, and Missing the index in
	// the path of the key that it lacks.
	Parent  *Field
	Missing int
}

// Resolve follows the keys of a path from an event's detail.
func Resolve(detail *Field, path ...string) Found {
	at := Element(detail)
	for i, key := range path {
		next := at.Field(key)
		switch {
		case next != nil:
		case at.Elem != nil:
			next = at.Elem
		default:
			open := at.Open || at.Kind == Any || at.Kind.Has(Object) && len(at.Fields) == 0
			return Found{Parent: at, Missing: i, Open: open}
		}
		at = Element(next)
	}
	return Found{Field: at, Known: true}
}

// Element goes through arrays to what they hold. An array of which that isn't
// known holds anything.
func Element(f *Field) *Field {
	for f.Kind == Array {
		if f.Elem == nil {
			return &Field{Name: f.Name, Kind: Any, Open: true}
		}
		f = f.Elem
	}
	return f
}

// NearestField returns the field of the object that an unknown one was most
// likely meant to be.
func NearestField(object *Field, name string) (spell.Match, bool) {
	return spell.Find(name, slices.Values(object.Names()))
}
