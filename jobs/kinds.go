package jobs

import (
	"encoding/json"
	"unicode/utf8"
)

// kindOf returns the kind of a valid JSON value by its first byte.
//
//go:noinline
func kindOf(begin byte) string {
	switch begin {
	case '{':
		return "object"
	case '[':
		return "array"
	case '"':
		return "string"
	case 't', 'f':
		return "boolean"
	case 'n':
		return "null"
	}
	return "number"
}

// article puts a kind's article before it.
//
//go:noinline
func article(kind string) string {
	switch kind[0] {
	case 'n':
		if kind == "null" {
			return kind
		}
	case 'o', 'a':
		return "an " + kind
	}
	return "a " + kind
}

// text returns a JSON string's text; what isn't one has none.
//
//go:noinline
func text(raw json.RawMessage) string {
	if simple := simpleText(raw); simple != nil {
		return string(simple)
	}
	var s string
	_ = json.Unmarshal(raw, &s)
	return s
}

// simpleText returns the text of a JSON string that has it as it is: ASCII
// without escapes. It is nil for any other.
func simpleText(raw json.RawMessage) []byte {
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
