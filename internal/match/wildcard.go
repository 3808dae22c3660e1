package match

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unsafe"
)

// star is a wildcard's star in an operand: patterns are UTF-8, which has no such
// byte.
const star = 0xff

// WildcardOperand gives the text of a wildcard as an Operand has it. The error says
// what is wrong with it.
func WildcardOperand(text string) (string, error) {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '*' && i+1 < len(text) && text[i+1] == '*':
			return "", fmt.Errorf("wildcard %s has two stars in a row", strconv.Quote(text))
		case c == '*':
			b.WriteByte(star)
		case c == '\\' && (i+1 == len(text) || text[i+1] != '*' && text[i+1] != '\\'):
			return "", fmt.Errorf(`wildcard %s has a backslash that escapes neither * nor \`, strconv.Quote(text))
		case c == '\\':
			i++
			b.WriteByte(text[i])
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), nil
}

// MatchesWildcard reports whether s is an operand's text with any text for its
// stars; see WildcardOperand. It takes each piece between two stars where it first
// occurs, so it never goes back.
func MatchesWildcard(operand string, s []byte) bool {
	first, rest, more := cutStar(operand)
	if !more {
		return string(s) == operand
	}
	if !hasPrefix(s, first) {
		return false
	}
	s = s[len(first):]
	for {
		var piece string
		piece, rest, more = cutStar(rest)
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

// cutStar cuts an operand at its first star.
func cutStar(text string) (before, after string, found bool) {
	i := strings.IndexByte(text, star)
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+1:], true
}
