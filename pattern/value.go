package pattern

import "github.com/jobgen/jobgen/internal/match"

// Value is a value in an event.
type Value struct {
	Type Type
	Text string // a string's value, or the literal as written
}

// String returns the value as JSON.
func (v Value) String() string {
	if v.Type == String {
		return quote(v.Text)
	}
	return v.Text
}

func (v Value) forMatch() match.Value {
	value := match.Value{Kind: '"', Text: []byte(v.Text)}
	if v.Type != String {
		value.Kind = v.Text[0]
	}
	return value
}

// fromMatch is the inverse of forMatch.
func fromMatch(value match.Value) Value {
	v := Value{Type: Number, Text: string(value.Text)}
	switch value.Kind {
	case '"':
		v.Type = String
	case 'n':
		v.Type = Null
	case 't', 'f':
		v.Type = Bool
	}
	return v
}
