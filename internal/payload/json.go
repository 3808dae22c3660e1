package payload

import (
	"encoding/json"
	"errors"
	"unicode/utf8"
)

// Text returns the text of a JSON string, "" for another value.
//
//go:noinline
func Text(raw json.RawMessage) string {
	if simple := SimpleText(raw); simple != nil {
		return string(simple)
	}
	var s string
	_ = json.Unmarshal(raw, &s)
	return s
}

// SimpleText returns the text of a JSON string that has it as it is: ASCII
// without escapes. It is nil for any other.
func SimpleText(raw json.RawMessage) []byte {
	if len(raw) < 2 || raw[0] != '"' {
		return nil
	}
	for _, c := range raw[1 : len(raw)-1] {
		if c >= utf8.RuneSelf || c == '\\' {
			return nil
		}
	}
	return raw[1 : len(raw)-1]
}

// Members returns the members of an object, none for another value.
//
//go:noinline
func Members(raw json.RawMessage) (values map[string]json.RawMessage) {
	_ = json.Unmarshal(raw, &values)
	return values
}

// TypeError returns the error of a value of the wrong kind that err is or wraps,
// or nil.
func TypeError(err error) *json.UnmarshalTypeError {
	for ; err != nil; err = errors.Unwrap(err) {
		if wrong, ok := err.(*json.UnmarshalTypeError); ok {
			return wrong
		}
	}
	return nil
}
