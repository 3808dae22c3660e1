package model

import (
	"bytes"
	"encoding/json"
	"unicode"
	"unicode/utf8"
)

// Quote returns s as a JSON string. Unlike json.Marshal it doesn't escape <, > and &,
// because people read generated files.
func Quote(s string) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	// A string can always be encoded: invalid UTF-8 becomes U+FFFD.
	_ = enc.Encode(s)
	return string(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}

// UpperFirst returns a name with its first letter in upper case.
func UpperFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[size:]
}
