package pattern

import (
	"slices"
	"strings"
)

// synonym gives the operator for a word that other languages have for it.
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

// nearest returns the word that the given one was likely meant to be, or "".
// Case, underscores and hyphens don't count as differences.
func nearest(given string, words []string) string {
	plain := plainWord(given)
	if word := synonym(plain); slices.Contains(words, word) {
		return word
	}
	best, bestDistance := "", min(len(plain)/3, 2)+1
	for _, word := range words {
		if d := distance(plain, plainWord(word)); d < bestDistance {
			best, bestDistance = word, d
		}
	}
	return best
}

// plainWord leaves out what doesn't count as a difference.
func plainWord(s string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if strings.ContainsRune("-_ $", r) {
			return -1
		}
		return r
	}, s))
}

// distance is the number of insertions, removals, replacements and swaps of
// neighbours that make b of a. Words longer than any operator's are far off.
func distance(a, b string) int {
	const longest = 40
	if len(a) > longest {
		return longest
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			row[j] = min(last[j], row[j-1]) + 1
			if a[i-1] == b[j-1] {
				row[j] = min(row[j], last[j-1])
			} else {
				row[j] = min(row[j], last[j-1]+1)
			}
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
