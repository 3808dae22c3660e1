package schema

import (
	"strconv"
	"strings"
)

// Format gives the text form of sources, in their order.
func Format(sources []*Source) string {
	var b strings.Builder
	for _, s := range sources {
		b.WriteString(quote(s.Name))
		if s.CloudTrail {
			b.WriteString(" cloudtrail")
		}
		b.WriteByte('\n')
		for _, e := range s.Events {
			b.WriteString("\t" + e.DetailType + "\n")
			b.WriteString(FormatFields(e.Detail, 2))
		}
	}
	return b.String()
}

// FormatFields returns the lines of an object's fields, indented by depth tabs.
func FormatFields(object *Field, depth int) string {
	var b strings.Builder
	writeFields(&b, object, depth)
	return b.String()
}

func writeFields(b *strings.Builder, object *Field, depth int) {
	indent := strings.Repeat("\t", depth)
	for _, f := range object.Fields {
		b.WriteString(indent + quote(f.Name) + " " + typeText(f))
		if f.Null {
			b.WriteByte('?')
		}
		writeValues(b, Innermost(f))
		b.WriteByte('\n')
		if inner := Innermost(f); inner.hasFields() {
			writeFields(b, inner, depth+1)
		}
	}
	// An object without fields is always open.
	if object.Open && len(object.Fields) > 0 {
		b.WriteString(indent + "...\n")
	}
}

// hasFields reports whether the text form has lines for what is inside the field.
func (f *Field) hasFields() bool {
	return f.Kind&Object != 0 && f.Kind != Any
}

func writeValues(b *strings.Builder, f *Field) {
	if len(f.Values) == 0 {
		return
	}
	sign := " ="
	if f.Likely {
		sign = " ~"
	}
	b.WriteString(sign)
	for _, v := range f.Values {
		b.WriteString(" " + quote(v))
	}
}

// Innermost returns the elements' field of an array, through nested arrays, and any
// other field unchanged. An array with unknown elements is returned, too.
func Innermost(f *Field) *Field {
	for f.Kind == Array && f.Elem != nil {
		f = f.Elem
	}
	return f
}

// Type names the type of a field: "string", "[]object", "{string}",
// "number|string".
func Type(f *Field) string {
	return strings.NewReplacer("!", "", "decimal", "number").Replace(typeText(f))
}

// typeText is the type of a field in the text form.
func typeText(f *Field) string {
	var text string
	switch {
	case f.Kind == Array && f.Elem != nil:
		text = "[]" + typeText(f.Elem)
	case f.Kind == Object && f.Elem != nil:
		text = "{" + typeText(f.Elem) + "}"
	case f.Kind == Number && f.Fractions:
		text = "decimal"
	default:
		text = kindsText(f)
	}
	if f.Sure {
		return "!" + text
	}
	return text
}

// kinds are the kinds' names in the text form.
var kinds = map[string]Kind{"object": Object, "array": Array, "string": String, "number": Number, "integer": Number, "boolean": Boolean}

// kindsText names a field's kinds as the text form does: "string", "string|number".
func kindsText(f *Field) string {
	if f.Kind == Any {
		return "any"
	}
	var names []string
	for _, name := range []string{"object", "array", "string", "number", "integer", "boolean"} {
		if f.Kind.Has(kinds[name]) && (kinds[name] != Number || f.Whole == (name == "integer")) {
			names = append(names, name)
		}
	}
	return strings.Join(names, "|")
}

// quote returns a name or value as it is, or as a Go string if it would be read as
// something else.
func quote(s string) string {
	if s == "" || s == "..." || strings.ContainsAny(s, " \t\"`#=~") || strconv.Quote(s) != `"`+s+`"` {
		return strconv.Quote(s)
	}
	return s
}
