package schedule

import "slices"

// values is a sorted set of values of a field.
type values []int

func (s *values) add(v int) {
	if i, known := slices.BinarySearch(*s, v); !known {
		*s = slices.Insert(*s, i, v)
	}
}

func (s values) has(v int) bool {
	_, ok := slices.BinarySearch(s, v)
	return ok
}

// next returns the smallest value in the set that is at least v, or -1.
func (s values) next(v int) int {
	if i, _ := slices.BinarySearch(s, v); i < len(s) {
		return s[i]
	}
	return -1
}
