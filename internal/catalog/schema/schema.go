// Package schema describes what the detail of an AWS event holds, as a tree of
// fields, and gives such trees a text form that people review and programs
// read.
//
// # Text form
//
// One line for each thing, nested by tabs: a source, its detail-types, their
// fields.
//
//	aws.ec2 cloudtrail
//		EC2 Instance State-change Notification
//			instance-id string
//			state string = pending running shutting-down stopped stopping terminated
//	aws.ssm
//		Parameter Store Policy Action
//			parameter-name string
//			policies []object
//				name string
//				...
//
// The word cloudtrail says that the service's API calls reach EventBridge
// through CloudTrail under this source. A field is a name and a type: string,
// number, integer, boolean, any; decimal for a number that can have a fraction;
// object, whose fields follow; {T} for an object with any keys and values of type T, whose
// known keys may follow; []T for an array; A|B where either occurs. A ! before a type says
// that the kind is sure, a ? behind it that the value may be null. All values that a string
// can have follow "="; those that are known, if there may be others, follow "~". The line
// "..." says that an object is open: it may hold fields that aren't listed. A
// detail-type without fields is open. Names and values with a space or a quote,
// or that start with one of the form's own signs, are written as Go strings.
// Lines that start with # and empty lines are comments.
package schema

import (
	"slices"
	"strings"
)

// Kind is a set of JSON kinds: those that a field's value may have.
type Kind uint8

// The kinds of JSON values.
const (
	String Kind = 1 << iota
	Number
	Boolean
	Object
	Array

	// Any is the kind of a value about which nothing is known.
	Any = String | Number | Boolean | Object | Array
)

// Has reports whether k shares a kind with other.
func (k Kind) Has(other Kind) bool { return k&other != 0 }

// String returns the kinds' names for messages: "a number or text".
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

// Field is a field of an event, with its type and its fields.
type Field struct {
	Name string
	Kind Kind
	// Fields are an object's known fields, sorted by name.
	Fields []*Field
	// Open reports whether an object may have other fields than Fields.
	Open bool
	// Elem is what an array's elements are, or the values of an object with
	// any keys. It is nil where that isn't known, and has no name.
	Elem *Field
	// Whole reports whether a number is always whole, and Fractions whether some values of it
	// have fractions.
	Whole, Fractions bool
	// Sure reports whether two sources agree about the kind, or a person has reviewed
	// it.
	Sure bool
	// Null reports whether the value may be null.
	Null bool
	// Values is the closed set of a string's values, sorted; nil where any may
	// occur. An array's set is its element's.
	Values []string
	// Likely reports whether there may be other values than Values.
	Likely bool
}

// Field returns an object's field of that name, or nil.
func (f *Field) Field(name string) *Field {
	i, ok := slices.BinarySearchFunc(f.Fields, name, func(f *Field, name string) int {
		return strings.Compare(f.Name, name)
	})
	if !ok {
		return nil
	}
	return f.Fields[i]
}

// Add adds a field to f's, which are sorted by name. It replaces a field of the same
// name.
func (f *Field) Add(field *Field) {
	i, ok := slices.BinarySearchFunc(f.Fields, field.Name, func(f *Field, name string) int {
		return strings.Compare(f.Name, name)
	})
	if ok {
		f.Fields[i] = field
		return
	}
	f.Fields = slices.Insert(f.Fields, i, field)
}

// Names returns the names of an object's known fields, sorted.
func (f *Field) Names() []string {
	names := make([]string, len(f.Fields))
	for i, field := range f.Fields {
		names[i] = field.Name
	}
	return names
}

// Source is an event source with the events that it is known to send.
type Source struct {
	Name       string
	CloudTrail bool // API calls arrive under this source, through CloudTrail
	Events     []*Event
}

// Event is a detail-type of a source.
type Event struct {
	DetailType string
	// Detail is the event's detail, an object without a name.
	Detail *Field
}

// Event returns the source's event of that detail-type, or nil.
func (s *Source) Event(detailType string) *Event {
	for _, e := range s.Events {
		if e.DetailType == detailType {
			return e
		}
	}
	return nil
}

// MakeSure marks the kinds of a field, and of all that it holds, as sure.
func (f *Field) MakeSure() { f.Each(func(f *Field) { f.Sure = f.Kind != Any }) }

// Each calls do with a field and with all that it holds.
func (f *Field) Each(do func(*Field)) {
	do(f)
	if f.Elem != nil {
		f.Elem.Each(do)
	}
	for _, inner := range f.Fields {
		inner.Each(do)
	}
}
