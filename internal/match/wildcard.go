package match

import (
	"bytes"
	"errors"
	"strings"
	"unsafe"
)

// Star is a wildcard's star in an operand. Patterns are UTF-8, which has no such byte.
const Star = "\xff"

// Errors of WildcardOperand.
var (
	ErrTwoStars  = errors.New("two stars in a row")
	ErrBadEscape = errors.New(`a backslash that escapes neither * nor \`)
)

// WildcardOperand returns the text of a wildcard in the form that an Operand has: with
// Star for each star, and without escapes.
func WildcardOperand(text string) (string, error) {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '*' && strings.HasPrefix(text[i+1:], "*"):
			return "", ErrTwoStars
		case c == '*':
			b.WriteString(Star)
		case c == '\\' && (i+1 == len(text) || text[i+1] != '*' && text[i+1] != '\\'):
			return "", ErrBadEscape
		case c == '\\':
			i++
			b.WriteByte(text[i])
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), nil
}

// MatchesWildcard reports whether s matches an operand that WildcardOperand returned.
// Each piece between two stars is matched at its first occurrence, so the search never
// goes back.
func MatchesWildcard(operand string, s []byte) bool {
	first, rest, more := strings.Cut(operand, Star)
	if !more {
		return string(s) == operand
	}
	if !hasPrefix(s, first) {
		return false
	}
	s = s[len(first):]
	for {
		var piece string
		piece, rest, more = strings.Cut(rest, Star)
		if !more {
			return hasSuffix(s, piece)
		}
		i := bytes.Index(s, unsafe.Slice(unsafe.StringData(piece), len(piece)))
		if i < 0 {
			return false
		}
		s = s[i+len(piece):]
	}
}
