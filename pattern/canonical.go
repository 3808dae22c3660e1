package pattern

// Canonical returns the pattern as JSON without white space, without unnecessary
// escapes, and without keys that a later key of the same name replaces. The order of
// fields and alternatives and the spelling of numbers don't change. Two patterns with
// the same canonical form match the same events.
func (p *Pattern) Canonical() []byte { return appendNode(nil, p.root) }

// String returns the canonical form as a string.
func (p *Pattern) String() string { return string(p.Canonical()) }

// MarshalJSON returns the canonical form.
func (p *Pattern) MarshalJSON() ([]byte, error) { return p.Canonical(), nil }

func appendNode(dst []byte, n *node) []byte {
	switch n.kind {
	case kindNull, kindTrue, kindFalse, kindNumber:
		return append(dst, n.text...)
	case kindString:
		return appendQuoted(dst, n.text)
	case kindList:
		return appendList(dst, n)
	}
	return appendObject(dst, n)
}

func appendList(dst []byte, n *node) []byte {
	dst = append(dst, '[')
	for i, item := range n.items {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendNode(dst, item)
	}
	return append(dst, ']')
}

func appendObject(dst []byte, n *node) []byte {
	dst = append(dst, '{')
	first := true
	for i := range n.members {
		m := &n.members[i]
		if m.replaced {
			continue
		}
		if !first {
			dst = append(dst, ',')
		}
		first = false
		dst = append(appendQuoted(dst, m.key), ':')
		dst = appendNode(dst, m.value)
	}
	return append(dst, '}')
}
