package jobs

import "strings"

// nearest returns the job's name that is most similar to a handler, which may begin with
// a package, or "" if none is similar. Of equally similar names it returns the first. It
// does less than package spell, which is much larger, because every Lambda program links
// it.
func nearest(handler string, names []string) string {
	found, least := "", 4 // more edits make another name
	for _, name := range names {
		if n := edits(lastParts(handler, strings.Count(name, ".")), name); n < least && n <= len(name)/4 {
			found, least = name, n
		}
	}
	return found
}

// edits returns the number of letters to add, remove or replace to turn a into b, without
// regard to letter case (the Levenshtein distance).
func edits(a, b string) int {
	a, b = strings.ToLower(a), strings.ToLower(b)
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		left, diagonal := i+1, i
		for j := range len(b) {
			if a[i] != b[j] {
				diagonal++
			}
			left = min(left+1, row[j+1]+1, diagonal)
			diagonal, row[j+1] = row[j+1], left
		}
	}
	return row[len(b)]
}
