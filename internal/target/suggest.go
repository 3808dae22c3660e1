package target

import "strings"

// nearest returns the candidate that s was probably meant to be: one that differs in
// letter case only, or the nearest within a third of its length in edits. It returns ""
// if there is none.
func nearest(s string, candidates []string) string {
	best, fewest := "", max(len(s)/3, 1)+1
	for _, c := range candidates {
		if strings.EqualFold(s, c) {
			return c
		}
		if d := distance(s, c); d < fewest {
			best, fewest = c, d
		}
	}
	return best
}

// distance counts the edits between a and b: a byte inserted, removed or changed, or
// two neighbours swapped.
func distance(a, b string) int {
	before, last := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row := make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
