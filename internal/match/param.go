package match

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Expand replaces ${Name}, for each of the names, by its value, and $${ by ${. Any
// other ${ stays as it is.
func Expand(text string, names []string, value func(name string) string) string {
	var b strings.Builder
	for {
		before, after, ok := strings.Cut(text, "${")
		if !ok {
			b.WriteString(before)
			return b.String()
		}
		b.WriteString(strings.TrimSuffix(before, "$"))
		name, rest, closed := strings.Cut(after, "}")
		text = after
		switch {
		case strings.HasSuffix(before, "$") || !closed || !slices.Contains(names, name):
			b.WriteString("${")
		default:
			b.WriteString(value(name))
			text = rest
		}
	}
}

// ParamOperand gives the text of a parameter's operand, its parameters replaced, as it
// is matched with. The error says why there can be no such operand.
func ParamOperand(p *Param, text string) (string, error) {
	text = string([]rune(text)) // what isn't UTF-8 becomes U+FFFD
	switch p.Kind {
	case WildcardText:
		return WildcardOperand(text)
	case BlockText:
		if _, err := ParseBlock(text); err != nil {
			return "", fmt.Errorf("cidr %s: %w", strconv.Quote(text), err)
		}
	case NonEmptyText:
		if text == "" {
			return "", errors.New("anything-but with an empty prefix or suffix would match no string")
		}
	}
	return text, nil
}

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
