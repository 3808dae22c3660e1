package pattern

// findings collects the problems and warnings of one pattern.
type findings struct {
	src      []byte
	problems Problems
	warnings Problems
}

// err returns the problems sorted by offset, or nil if there are none.
func (c *findings) err() error {
	if len(c.problems) == 0 {
		return nil
	}
	c.problems.sort()
	return c.problems
}

func (c *findings) report(p Problem) {
	p.Related = -1
	c.problems = append(c.problems, p)
}

func (c *findings) warn(p Problem) {
	p.Related = -1
	c.warnings = append(c.warnings, p)
}

// fault reports a problem of a value.
func (c *findings) fault(k Kind, n *node, message, remedy string) {
	c.report(Problem{
		Kind: k, Offset: n.start, End: n.end, Found: c.excerpt(n),
		Message: message, Remedy: remedy,
	})
}

func (c *findings) excerpt(n *node) string { return excerpt(c.src[n.start:n.end]) }
