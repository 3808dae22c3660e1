package target

import (
	"bytes"
	"encoding/json"
	"slices"
)

// member is a member of a JSON object. The value is the JSON as written.
type member struct {
	key   string
	value json.RawMessage
}

// members returns an object's members in order. It returns false if the value is not an
// object.
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
		m := member{key: key.(string)} // a key is always a string
		if err := dec.Decode(&m.value); err != nil {
			return nil, false
		}
		all = append(all, m)
	}
	return all, true
}

// elements returns an array's elements. It returns false if the value is not an array.
func elements(array []byte) ([]json.RawMessage, bool) {
	if len(array) == 0 || array[0] != '[' {
		return nil, false
	}
	var all []json.RawMessage
	err := json.Unmarshal(array, &all)
	return all, err == nil
}

// without returns an object without the member that has the key.
func without(object []byte, key string) []byte {
	all, ok := members(object)
	if !ok {
		return object
	}
	var kept [][]byte
	for _, m := range all {
		if m.key != key {
			kept = append(kept, slices.Concat(quote(m.key), []byte(":"), m.value))
		}
	}
	return slices.Concat([]byte("{"), bytes.Join(kept, []byte(",")), []byte("}"))
}

// quote returns s as a JSON string. It escapes < and >, so that a template contains no
// placeholder in it.
func quote(s string) []byte {
	b, _ := json.Marshal(s) // can't fail for a string
	return b
}

// jsonError returns an error if the text is not valid JSON. The error is a
// *json.SyntaxError if the position is known.
func jsonError(text []byte) error {
	var v json.RawMessage
	return json.Unmarshal(text, &v)
}
