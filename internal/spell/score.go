package spell

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// scored is a candidate and how near it is.
type scored struct {
	word     string
	distance int // edits between the names without style
	styled   int // edits between the names as written
	common   int // runes of the common beginning, as written
}

// score compares a candidate with word, whose folded letters are given. It returns
// false for one that is further away than the lengths allow.
func score(word string, letters []rune, candidate string) (scored, bool) {
	folded := []rune(Fold(candidate))
	if len(letters) == 0 || len(folded) == 0 {
		return scored{}, false
	}
	distance, ok := within(letters, folded, allowed(max(len(letters), len(folded))))
	if !ok || distance > 1 && !wordsFit(split(word), split(candidate)) {
		return scored{}, false
	}
	a, b := []rune(word), []rune(candidate)
	styled, _ := within(a, b, max(len(a), len(b)))
	return scored{candidate, distance, styled, commonPrefix(word, candidate)}, true
}

// compareNear orders by nearness alone: equal means equally near.
func (s scored) compareNear(t scored) int {
	return cmp.Or(cmp.Compare(s.distance, t.distance), cmp.Compare(s.styled, t.styled))
}

// compare orders fully: by nearness, then by the rules that break ties.
func (s scored) compare(t scored) int {
	return cmp.Or(s.compareNear(t), cmp.Compare(t.common, s.common), strings.Compare(s.word, t.word))
}

// allowed is the number of edits between two names that are still near. The longer
// name has n letters.
func allowed(n int) int {
	switch {
	case n <= 4:
		return min(1, n/3)
	case n <= 10:
		return min(2, n/3)
	default:
		return 3
	}
}

func commonPrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return utf8.RuneCountInString(a[:n])
}

// wordsFit reports whether each word of a name is a near miss of the other's
// word in its place. Names that aren't cut into as many words can't be compared
// so, and fit.
func wordsFit(a, b []string) bool {
	if len(a) != len(b) {
		return true
	}
	for i := range a {
		v, w := []rune(a[i]), []rune(b[i])
		if _, ok := within(v, w, max(1, allowed(max(len(v), len(w))))); !ok {
			return false
		}
	}
	return true
}

// split cuts a name into its words, in lower case: at spaces, dashes and
// underscores, and before a capital that follows another kind of letter.
func split(name string) []string {
	var spaced strings.Builder
	previous := ' '
	for _, r := range name {
		if isSeparator(r) || unicode.IsUpper(r) && !unicode.IsUpper(previous) {
			spaced.WriteByte(' ')
		}
		if !isSeparator(r) {
			spaced.WriteRune(unicode.ToLower(r))
		}
		previous = r
	}
	return strings.Fields(spaced.String())
}

func isSeparator(r rune) bool { return r == ' ' || r == '\t' || r == '-' || r == '_' }

// within returns the restricted Damerau-Levenshtein distance of a and b, or
// false where it exceeds limit.
func within(a, b []rune, limit int) (int, bool) {
	if diff := len(a) - len(b); diff > limit || -diff > limit {
		return 0, false
	}
	before := make([]int, len(b)+1) // two rows up
	above := make([]int, len(b)+1)
	row := make([]int, len(b)+1)
	for j := range above {
		above[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		if fillRow(row, above, before, a, b, i) > limit {
			return 0, false
		}
		before, above, row = above, row, before
	}
	return above[len(b)], above[len(b)] <= limit
}

// fillRow computes row i of the distance matrix from the two before it, and
// returns its least value. No later row has a lesser one: every step down adds
// to the row above, and a swap, which steps over a row, adds 1 to a row whose
// least is at most 1 below.
func fillRow(row, above, before []int, a, b []rune, i int) int {
	least := row[0]
	for j := 1; j <= len(b); j++ {
		cost := 1
		if a[i-1] == b[j-1] {
			cost = 0
		}
		d := min(above[j]+1, row[j-1]+1, above[j-1]+cost)
		if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
			d = min(d, before[j-2]+1)
		}
		row[j] = d
		least = min(least, d)
	}
	return least
}
