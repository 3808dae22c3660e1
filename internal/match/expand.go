package match

import (
	"slices"
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
