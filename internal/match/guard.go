package match

// liven finds out at which nodes values matter: where rules that the guard doesn't
// rule out have fields. Without a guard that is everywhere.
func (m *Matcher) liven(top *Top) {
	m.live, m.liveKeys = nil, nil
	guard := m.Words[headGuard]
	if guard == 0 || top == nil {
		return
	}
	w := (*[guardWords]uint32)(m.Words[guard:])
	token := int(top[w[guardKey]])
	at := w[guardOthers]
	switch {
	case token == 0:
	case m.tape.Kind(token) == '"' && !m.tape.Tokens[token].Escaped():
		at = m.liveFor(at, w, m.tape.Content(token))
	default:
		return
	}
	m.live = m.Words[at:][:w[guardSize]]
	at += w[guardSize]
	m.liveKeys = m.Words[at+1:][:m.Words[at]*liveWords]
}

// liveFor returns the place of what is live where the guard has a text; others is the one for any other text.
func (m *Matcher) liveFor(others uint32, w *[guardWords]uint32, text []byte) uint32 {
	h := hashKey(text)
	for step := uint32(0); ; {
		var at uint32
		if at, step = m.find(w[guardTexts], w[guardMask], h, step); at == 0 {
			return others
		}
		if m.text(m.Words[at], m.Words[at+1]) == string(text) {
			return at + 2
		}
	}
}

// isLive reports whether values at a node matter.
func (m *Matcher) isLive(node uint32) bool {
	return m.live == nil || m.live[node/32]>>(node%32)&1 != 0
}

// keys returns the filter and the nodeDots of those keys below a node that matter.
func (m *Matcher) keys(n *Node, node uint32) (filter uint64, dots uint32) {
	if m.live == nil {
		return word64(n[nodeFilter], n[nodeFilter+1]), n[nodeDots]
	}
	for keys := m.liveKeys; len(keys) >= liveWords; keys = keys[liveWords:] {
		if keys[liveNode] == node {
			return word64(keys[liveFilter], keys[liveFilter+1]), keys[liveDots]
		}
	}
	return 0, 0
}
