package target

import (
	"bytes"
	"encoding/json"
)

// member is a member of a JSON object, its value as it was written.
type member struct {
	key   string
	value json.RawMessage
}

// members returns an object's members in their order. It is false for any other
// value.
func members(object []byte) ([]member, bool) {
	dec := json.NewDecoder(bytes.NewReader(object))
	if open, err := dec.Token(); err != nil || open != json.Delim('{') {
		return nil, false
	}
	var all []member
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return nil, false
		}
		m := member{key: key.(string)} // the decoder gives no other kind of key
		if err := dec.Decode(&m.value); err != nil {
			return nil, false
		}
		all = append(all, m)
	}
	return all, true
}

// elements returns an array's elements. It is false for any other value.
func elements(array []byte) ([]json.RawMessage, bool) {
	if len(array) == 0 || array[0] != '[' {
		return nil, false
	}
	var all []json.RawMessage
	err := json.Unmarshal(array, &all)
	return all, err == nil
}

// without returns an object with one of its members left out.
func without(object []byte, key string) []byte {
	all, ok := members(object)
	if !ok {
		return object
	}
	kept := all[:0]
	for _, m := range all {
		if m.key != key {
			kept = append(kept, m)
		}
	}
	return joinMembers(kept)
}

func joinMembers(all []member) []byte {
	out := []byte{'{'}
	for i, m := range all {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, quote(m.key)...)
		out = append(out, ':')
		out = append(out, m.value...)
	}
	return append(out, '}')
}

func joinElements(all []json.RawMessage) []byte {
	out := []byte{'['}
	for i, e := range all {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, e...)
	}
	return append(out, ']')
}

// quote gives s as a JSON string in which < and > are escaped, so that a
// template never takes a part of it for a placeholder.
func quote(s string) []byte {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // a string can always be encoded
	}
	return b
}

// compact gives a valid JSON value without white space between its tokens.
func compact(value []byte) []byte {
	var b bytes.Buffer
	if json.Compact(&b, value) != nil {
		return value
	}
	return b.Bytes()
}

// jsonError is nil for valid JSON and says what is wrong with any other text;
// where it knows the place it is a *json.SyntaxError.
func jsonError(text []byte) error {
	var v json.RawMessage
	return json.Unmarshal(text, &v)
}
