package catalog

import "github.com/jobgen/jobgen/internal/catalog/schema"

// Field is a field of an event: its kinds, and what it holds.
type Field = schema.Field

// Kind is a set of JSON kinds.
type Kind = schema.Kind

// The kinds of JSON values.
const (
	String  = schema.String
	Number  = schema.Number
	Boolean = schema.Boolean
	Object  = schema.Object
	Array   = schema.Array
	Any     = schema.Any
)

// Element returns the elements' field of an array, through nested arrays, and any other
// field unchanged. An array with unknown elements holds anything.
func Element(f *Field) *Field {
	for f.Kind == Array {
		if f.Elem == nil {
			return &Field{Name: f.Name, Kind: Any, Open: true}
		}
		f = f.Elem
	}
	return f
}
