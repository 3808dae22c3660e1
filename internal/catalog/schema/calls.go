package schema

import (
	"maps"
	"slices"
	"strings"
)

// FormatCalls gives the names of calls as lines, each behind a tab. Names that differ only in
// their first word share a line, so that they compress better:
//
//	Instances Describe Run Stop
//
// Other names have lines of their own.
func FormatCalls(names []string) string {
	verbs := make(map[string][]string)
	for _, name := range names {
		verb, rest := CutVerb(name)
		verbs[rest] = append(verbs[rest], verb)
	}
	var b strings.Builder
	for _, rest := range slices.Sorted(maps.Keys(verbs)) {
		of := slices.Sorted(slices.Values(verbs[rest]))
		if of[0] == "" { // a name itself
			b.WriteString("\t" + rest + "\n")
			of = of[1:]
		}
		if len(of) > 0 {
			b.WriteString("\t" + rest + " " + strings.Join(of, " ") + "\n")
		}
	}
	return b.String()
}

// ParseCalls reads what FormatCalls writes.
func ParseCalls(body string) []string {
	var names []string
	for _, line := range Split(body, 1) {
		rest, verbs, shared := strings.Cut(line.Head, " ")
		if !shared {
			names = append(names, rest)
		}
		for verb := range strings.FieldsSeq(verbs) {
			names = append(names, verb+rest)
		}
	}
	return names
}

// CutVerb cuts a name after its first word, if a capital follows the word. Otherwise all of
// the name is the rest.
func CutVerb(name string) (verb, rest string) {
	for i := 1; i < len(name); i++ {
		switch c := name[i]; {
		case 'A' <= c && c <= 'Z' && i > 1:
			return name[:i], name[i:]
		case c < 'a' || c > 'z':
			return "", name
		}
	}
	return "", name
}
