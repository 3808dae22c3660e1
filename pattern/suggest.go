package pattern

import (
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/spell"
)

// synonym returns the operator for its name in other languages, or "".
func synonym(plain string) string {
	switch plain {
	case "startswith", "beginswith", "begins":
		return wordPrefix
	case "endswith", "ends":
		return wordSuffix
	case "ignorecase", "iequals":
		return wordIgnoreCase
	case "not", "notin", "but":
		return wordAnythingBut
	case "like", "contains", "regex", "glob":
		return wordWildcard
	case "number", "num", "range":
		return wordNumeric
	case "ip", "ipaddress":
		return wordCIDR
	case "present":
		return wordExists
	}
	return ""
}

// nearest returns the word that the given one was probably meant to be, or "".
func nearest(given string, words []string) string {
	if word := synonym(plainWord(given)); slices.Contains(words, word) {
		return word
	}
	word, _ := spell.Nearest(strings.Trim(given, "$"), words)
	return word
}

// plainWord returns a word in lower case, without separators and $.
func plainWord(s string) string { return strings.ReplaceAll(spell.Fold(s), "$", "") }
