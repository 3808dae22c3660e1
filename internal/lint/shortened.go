package lint

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// longerNames returns the names that begin with a name and go on with another word, such as
// EC2 Spot Instance Interruption Warning for EC2 Spot Instance Interruption.
func longerNames(name string, names []string) []string {
	if len(name) < len("abc") {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(names), func(longer string) bool {
		rest, ok := strings.CutPrefix(longer, name)
		first, _ := utf8.DecodeRuneInString(rest)
		return !ok || rest == "" || unicode.IsLower(first) || unicode.IsDigit(first)
	})
}

// longerName returns the only one of the names that begins with a name, or "".
func longerName(name string, names []string) string {
	if longer := longerNames(name, names); len(longer) == 1 {
		return longer[0]
	}
	return ""
}

// beginning lists the names that begin with a name at the end of a message, if they are
// several and few.
func beginning(name string, names []string) string {
	const most = 4
	longer := longerNames(name, names)
	if len(longer) < 2 || len(longer) > most {
		return ""
	}
	return "; " + conjoin(longer, "and") + " begin with it"
}
