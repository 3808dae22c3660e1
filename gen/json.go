package gen

import (
	"bytes"
	"encoding/json"
)

// renderJSON writes the rule model itself.
func renderJSON(s *stack) ([]byte, error) {
	d, err := newDocument(s)
	if err != nil {
		return nil, err
	}
	return encodeJSON(d)
}

// encodeJSON writes a value for people to read: indented, and with <, > and &
// as they are.
func encodeJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
