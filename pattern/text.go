package pattern

import "fmt"

// quote returns s as a JSON string without unnecessary escapes.
func quote(s string) string { return string(appendQuoted(nil, s)) }

// appendQuoted appends s as a JSON string. It copies invalid UTF-8 unchanged.
func appendQuoted(dst []byte, s string) []byte {
	dst = append(dst, '"')
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c == '\n':
			dst = append(dst, `\n`...)
		case c == '\t':
			dst = append(dst, `\t`...)
		case c < ' ':
			dst = fmt.Appendf(dst, `\u%04x`, c)
		default:
			dst = append(dst, c)
		}
	}
	return append(dst, '"')
}
