package pattern

// Canonical returns the pattern as JSON without white space, each string with
// no more escapes than needed, without the keys that a later one of the same
// name replaces. Fields, alternatives and the spelling of numbers stay as they
// are written, since their order can decide a match. Two patterns with the same
// canonical form match the same events.
func (p *Pattern) Canonical() []byte { return appendNode(nil, p.root) }

// String is Canonical as a string.
func (p *Pattern) String() string { return string(p.Canonical()) }

// MarshalJSON returns the canonical form.
func (p *Pattern) MarshalJSON() ([]byte, error) { return p.Canonical(), nil }

func appendNode(dst []byte, n *node) []byte {
	switch n.kind {
	case kindNull:
		return append(dst, "null"...)
	case kindTrue:
		return append(dst, "true"...)
	case kindFalse:
		return append(dst, "false"...)
	case kindNumber:
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
