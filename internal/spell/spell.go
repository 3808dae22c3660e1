// Package spell finds the name that a misspelled word was meant to be, for the
// "did you mean" of a diagnostic.
//
// Two names that differ only in letter case, spaces, dashes or underscores are
// the same name written in another style (instance-id, instanceID,
// instance_id): such a candidate is nearest of all, at distance 0. Any other
// candidate is as far as the letters to add, drop, replace or swap with their
// neighbour (the restricted Damerau-Levenshtein distance), counted on the names
// without style. A candidate that is further than the length of the names
// allows is no near miss, so that a name which is simply unknown is not taken
// for a typo: 1 edit up to 4 letters, 2 up to 10, 3 beyond, and never more than
// a third of the letters. For the same reason several edits must fit the words
// that a name is made of, each by the same rule: GetBucketPolicy is no typo of
// PutBucketPolicy.
//
// Answers depend on the words alone, not on the order of the candidates.
package spell

import (
	"iter"
	"slices"
	"strings"
)

// Match is the outcome of a search for the nearest name.
type Match struct {
	// Word is the nearest candidate.
	Word string
	// Distance is how many edits away it is; 0 says that it differs in style
	// only, or not at all.
	Distance int
	// Ties holds the other candidates that are just as near, sorted. Where it
	// isn't empty, Word is a guess among equals.
	Ties []string
}

// Nearest returns the candidate that word was most likely meant to be, and
// whether any is near enough to say so. Of several that are equally near it
// returns the one with the longest common beginning, then the first in
// alphabetical order; Find returns the others too.
func Nearest(word string, candidates []string) (string, bool) {
	letters := []rune(Fold(word))
	var nearest scored
	found := false
	for _, c := range candidates {
		if sc, ok := score(word, letters, c); ok && (!found || sc.compare(nearest) < 0) {
			nearest, found = sc, true
		}
	}
	return nearest.word, found
}

// Distance returns how many letters must be added, dropped, replaced or swapped with
// their neighbour to turn one word into the other.
func Distance(a, b string) int {
	v, w := []rune(a), []rune(b)
	d, _ := within(v, w, max(len(v), len(w)))
	return d
}

// Find is Nearest with the distance and the ties.
func Find(word string, candidates iter.Seq[string]) (Match, bool) {
	near := rank(word, candidates)
	if len(near) == 0 {
		return Match{}, false
	}
	m := Match{Word: near[0].word, Distance: near[0].distance}
	for _, other := range near[1:] {
		if other.compareNear(near[0]) == 0 {
			m.Ties = append(m.Ties, other.word)
		}
	}
	slices.Sort(m.Ties)
	return m, true
}

// rank scores the candidates that are near enough to word and sorts them,
// nearest first, each once.
func rank(word string, candidates iter.Seq[string]) []scored {
	letters := []rune(Fold(word))
	var near []scored
	for c := range candidates {
		if sc, ok := score(word, letters, c); ok {
			near = append(near, sc)
		}
	}
	slices.SortFunc(near, scored.compare)
	return slices.Compact(near)
}

// Fold takes the style out of a name: letter case, spaces, dashes and
// underscores. Names in different styles that fold to the same are one name.
func Fold(name string) string {
	return strings.Map(func(r rune) rune {
		if isSeparator(r) {
			return -1
		}
		return r
	}, strings.ToLower(name))
}
