package schedule

import (
	"fmt"
	"strings"
)

// token is a piece of an expression and its offset in it.
type token struct {
	text string
	at   int
}

func (t token) end() int { return t.at + len(t.text) }

// part is the piece of t from byte i up to byte j.
func (t token) part(i, j int) token { return token{t.text[i:j], t.at + i} }

// problem is a fault of the whole token.
func (t token) problem(kind Kind, format string, args ...any) Problem {
	return Problem{Kind: kind, Offset: t.at, End: t.end(), Message: fmt.Sprintf(format, args...)}
}

// isSpace reports whether c parts fields.
func isSpace(c byte) bool {
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f'
}

// split cuts an expression into its fields. Only ASCII white space parts them:
// a no-break space is a character of a field, and is reported as one.
func split(expr string) []token {
	var fields []token
	start := -1
	for i := 0; i <= len(expr); i++ {
		if i < len(expr) && !isSpace(expr[i]) {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 {
			fields = append(fields, token{expr[start:i], start})
			start = -1
		}
	}
	return fields
}

// cut parts t at every sep. Empty pieces are kept.
func (t token) cut(sep byte) []token {
	var pieces []token
	start := 0
	for i := range len(t.text) + 1 {
		if i == len(t.text) || t.text[i] == sep {
			pieces = append(pieces, t.part(start, i))
			start = i + 1
		}
	}
	return pieces
}

// join gives the texts of the tokens with one space between them.
func join(fields []token) string {
	texts := make([]string, len(fields))
	for i, f := range fields {
		texts[i] = f.text
	}
	return strings.Join(texts, " ")
}

func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isLetter(c byte) bool { return 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' }

func isDigits(s string) bool  { return s != "" && leading(s, isDigit) == len(s) }
func isLetters(s string) bool { return s != "" && leading(s, isLetter) == len(s) }

// leading counts the bytes at the beginning of s that are in the class.
func leading(s string, class func(byte) bool) int {
	n := 0
	for n < len(s) && class(s[n]) {
		n++
	}
	return n
}

// clip shortens a text for a message.
func clip(s string) string {
	const most = 40
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}
