package target

import (
	"encoding/json"
	"strings"
)

// without returns an object without the member that has the key.
func without(object []byte, key string) []byte {
	v := readValue(string(object), nil)
	if v == nil || v.JSON[0] != '{' {
		return object
	}
	var kept []string
	for _, m := range v.Members {
		if m.Key != key {
			kept = append(kept, string(quote(m.Key))+":"+m.Value.JSON)
		}
	}
	return []byte("{" + strings.Join(kept, ",") + "}")
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
