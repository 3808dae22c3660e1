package schedule

import (
	"fmt"
	"strings"
)

// token is a part of an expression and its offset.
type token struct {
	text string
	at   int
}

func (t token) end() int { return t.at + len(t.text) }

// part returns the part of t from byte i up to byte j.
func (t token) part(i, j int) token { return token{t.text[i:j], t.at + i} }

// problem returns a problem of the whole token.
func (t token) problem(kind Kind, format string, args ...any) Problem {
	return Problem{Kind: kind, Offset: t.at, End: t.end(), Message: fmt.Sprintf(format, args...)}
}

// isSpace reports whether c separates fields.
func isSpace(c byte) bool {
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f'
}

// split cuts an expression into its fields. Only ASCII white space separates them; other
// space is a character of a field, and is reported as invalid.
func split(expr string) []token {
	var fields []token
	for i := 0; i < len(expr); {
		i += leading(expr[i:], isSpace)
		n := leading(expr[i:], func(c byte) bool { return !isSpace(c) })
		if n > 0 {
			fields = append(fields, token{expr[i : i+n], i})
		}
		i += n
	}
	return fields
}

// cut splits t at each sep.
func (t token) cut(sep string) []token {
	var pieces []token
	at := t.at
	for text := range strings.SplitSeq(t.text, sep) {
		pieces = append(pieces, token{text, at})
		at += len(text) + len(sep)
	}
	return pieces
}

// texts returns the texts of the tokens.
func texts(tokens []token) []string {
	list := make([]string, len(tokens))
	for i, t := range tokens {
		list[i] = t.text
	}
	return list
}

// join joins the texts of the tokens with spaces.
func join(tokens []token) string { return strings.Join(texts(tokens), " ") }

func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isLetter(c byte) bool { return 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' }

func isDigits(s string) bool  { return s != "" && leading(s, isDigit) == len(s) }
func isLetters(s string) bool { return s != "" && leading(s, isLetter) == len(s) }

// leading returns the number of leading bytes of s that are in the class.
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
