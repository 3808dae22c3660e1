package pattern

// Set is a set of patterns that an event is matched against at once. It may be
// used concurrently.
type Set struct{ patterns []*Pattern }

// Compile makes a set of patterns, which Match knows by their indexes.
func Compile(patterns ...*Pattern) *Set { return &Set{patterns: patterns} }

// Match appends to dst the indexes of the patterns that match the event, in
// increasing order.
func (s *Set) Match(event []byte, dst []int) ([]int, error) {
	if _, err := flatten(event); err != nil {
		return dst, err
	}
	for i, p := range s.patterns {
		if ok, _ := p.Match(event); ok {
			dst = append(dst, i)
		}
	}
	return dst, nil
}
