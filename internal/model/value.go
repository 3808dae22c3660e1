package model

import (
	"slices"
	"strconv"
	"strings"
)

// Text is a string that may refer to parameters of the rule files, as ${Name}.
// It is nil if there is no string.
type Text []Part

// Part is a literal piece of a Text, or a reference to a parameter.
type Part struct {
	Literal string
	Param   string // the parameter's name; then Literal is empty
	// List reports whether the parameter is a whole list of values. The values then replace
	// the string that consists of this part.
	List bool
}

// Literal makes a Text without parameters.
func Literal(s string) Text { return Text{{Literal: s}} }

// Plain returns the string of a Text that refers to no parameter.
func (t Text) Plain() (string, bool) {
	if len(t.Params()) > 0 {
		return "", false
	}
	return t.Expand(nil), true
}

// PlainText returns the string of a Text that can't refer to parameters.
func PlainText(t Text) string {
	s, _ := t.Plain()
	return s
}

// Params returns the names of the parameters, as often as they are referred to.
func (t Text) Params() []string {
	var names []string
	for _, p := range t {
		if p.Param != "" {
			names = append(names, p.Param)
		}
	}
	return names
}

// String returns the text in the form of directives: ${Name} for a parameter, $${ for a
// literal ${.
func (t Text) String() string {
	var b strings.Builder
	for _, p := range t {
		if p.Param != "" {
			b.WriteString("${" + p.Param + "}")
			continue
		}
		b.WriteString(strings.ReplaceAll(p.Literal, "${", "$${"))
	}
	return b.String()
}

// With returns t with the values of known parameters in place of their references.
func (t Text) With(known map[string]string) Text {
	if len(known) == 0 || len(t.Params()) == 0 {
		return t
	}
	var out Text
	for _, p := range t {
		if value, ok := known[p.Param]; ok && p.Param != "" {
			p = Part{Literal: value}
		}
		if last := len(out) - 1; last >= 0 && p.Param == "" && out[last].Param == "" {
			out[last].Literal += p.Literal
			continue
		}
		out = append(out, p)
	}
	return out
}

// Expand replaces each parameter by what value returns for its name.
func (t Text) Expand(value func(name string) string) string {
	var b strings.Builder
	for _, p := range t {
		if p.Param != "" {
			b.WriteString(value(p.Param))
			continue
		}
		b.WriteString(p.Literal)
	}
	return b.String()
}

// Value is a JSON value in which strings may refer to parameters: an event
// pattern, a constant input, a policy's condition.
type Value struct {
	Kind   ValueKind
	Bool   bool
	Number string // as written: JSON's number grammar
	Text   Text
	List   []*Value
	Fields []ValueField // an object's, in source order; keys are unique
	Pos    Pos          // in a directive; invalid for a value that jobgen makes
}

// ValueField is one field of an object.
type ValueField struct {
	Key   string
	Value *Value
	Pos   Pos // of the key
}

// ValueKind is the kind of a Value.
type ValueKind int

// The kinds of values, which are JSON's.
const (
	Null ValueKind = iota
	Bool
	Number
	String
	List
	Object
)

// StringValue makes a string without parameters.
func StringValue(s string) *Value { return &Value{Kind: String, Text: Literal(s)} }

// ListValue makes a list.
func ListValue(items ...*Value) *Value { return &Value{Kind: List, List: items} }

// ObjectValue makes an object.
func ObjectValue(fields ...ValueField) *Value { return &Value{Kind: Object, Fields: fields} }

// ListParam returns the parameter that a list consists of, or "".
func (v *Value) ListParam() string {
	if v.Kind != List || len(v.List) != 1 || len(v.List[0].Text) != 1 || !v.List[0].Text[0].List {
		return ""
	}
	return v.List[0].Text[0].Param
}

// With returns v with the values of known parameters in place of their references. The values
// of a list have commas between them.
func (v *Value) With(known map[string]string) *Value {
	if v == nil {
		return nil
	}
	out := *v
	out.Text, out.List, out.Fields = v.Text.With(known), nil, nil
	if values, ok := known[v.ListParam()]; ok {
		for value := range strings.SplitSeq(values, ",") {
			out.List = append(out.List, &Value{Kind: String, Text: Literal(value), Pos: v.List[0].Pos})
		}
		return &out
	}
	for _, item := range v.List {
		out.List = append(out.List, item.With(known))
	}
	for _, f := range v.Fields {
		f.Value = f.Value.With(known)
		out.Fields = append(out.Fields, f)
	}
	return &out
}

// Field returns an object's field, or nil.
func (v *Value) Field(key string) *Value {
	for _, f := range v.Fields {
		if f.Key == key {
			return f.Value
		}
	}
	return nil
}

// Keys returns the keys of an object.
func (v *Value) Keys() []string {
	var keys []string
	for _, f := range v.Fields {
		keys = append(keys, f.Key)
	}
	return keys
}

// Params returns the names of the parameters that v refers to, each once, in
// order of appearance.
func (v *Value) Params() []string {
	var names []string
	v.walk(func(v *Value) {
		for _, name := range v.Text.Params() {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	})
	return names
}

// ListParams returns the names of the parameters of v that are whole lists.
func (v *Value) ListParams() []string {
	var names []string
	v.walk(func(v *Value) {
		if name := v.ListParam(); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	})
	return names
}

// ParamPlaces returns the first place of each parameter that v refers to.
func (v *Value) ParamPlaces() map[string]Pos {
	found := map[string]Pos{}
	v.walk(func(v *Value) {
		for _, name := range v.Text.Params() {
			if _, ok := found[name]; !ok {
				found[name] = v.Pos
			}
		}
	})
	return found
}

// walk calls f with v and all values in it.
func (v *Value) walk(f func(*Value)) {
	if v == nil {
		return
	}
	f(v)
	for _, item := range v.List {
		item.walk(f)
	}
	for _, field := range v.Fields {
		field.Value.walk(f)
	}
}

// JSON returns v as compact JSON; text returns the content of each string (Text.String
// keeps the parameters as ${Name}).
func (v *Value) JSON(text func(Text) string) string {
	var b strings.Builder
	v.appendJSON(&b, text)
	return b.String()
}

func (v *Value) appendJSON(b *strings.Builder, text func(Text) string) {
	switch v.Kind {
	case Null:
		b.WriteString("null")
	case Bool:
		b.WriteString(strconv.FormatBool(v.Bool))
	case Number:
		b.WriteString(v.Number)
	case String:
		b.WriteString(Quote(text(v.Text)))
	case List:
		b.WriteByte('[')
		for i, item := range v.List {
			if i > 0 {
				b.WriteByte(',')
			}
			item.appendJSON(b, text)
		}
		b.WriteByte(']')
	case Object:
		b.WriteByte('{')
		for i, f := range v.Fields {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(Quote(f.Key))
			b.WriteByte(':')
			f.Value.appendJSON(b, text)
		}
		b.WriteByte('}')
	}
}
