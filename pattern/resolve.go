package pattern

// mostSteps bounds the search in an ambiguous event.
const mostSteps = 1_000_000

// resolve matches an ambiguous event: one in which an object has a key that
// matters twice, or a dotted key beside another one that begins alike. Such
// events are rare, so this may be slow, but not without bounds.
func (s *Set) resolve(event []byte, dst []int) ([]int, error) {
	f, err := flatten(event)
	if err != nil {
		return dst, err
	}
	steps := mostSteps
	before := len(dst)
	for i, p := range s.patterns {
		for _, r := range p.rules {
			search := &search{pattern: p, event: f, rule: r, steps: &steps}
			if search.run() {
				dst = append(dst, i)
				break
			}
			if steps < 0 {
				return dst[:before], ErrAmbiguous
			}
		}
	}
	return dst, nil
}
