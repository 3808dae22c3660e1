package schedule

import "math/bits"

// values is a set of values of a field, with a bit for each. The largest field, the year,
// has 230 values.
type values struct {
	min   int
	words [4]uint64
}

func (s *values) add(v int) {
	i := v - s.min
	s.words[i/64] |= 1 << (i % 64)
}

func (s *values) has(v int) bool {
	i := v - s.min
	return i >= 0 && i < 256 && s.words[i/64]&(1<<(i%64)) != 0
}

// next returns the smallest value in the set that is at least v, or -1.
func (s *values) next(v int) int {
	i := max(v-s.min, 0)
	for i < 256 {
		if rest := s.words[i/64] >> (i % 64); rest != 0 {
			return s.min + i + bits.TrailingZeros64(rest)
		}
		i = (i/64 + 1) * 64
	}
	return -1
}

// all returns all values in the set.
func (s *values) all() []int {
	var list []int
	for v := s.next(s.min); v >= 0; v = s.next(v + 1) {
		list = append(list, v)
	}
	return list
}
