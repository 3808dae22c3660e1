package match

// liven finds out at which nodes values matter: where rules that the guard doesn't
// rule out have fields. Without a guard that is everywhere.
func (m *Matcher) liven(top *Top) {
	m.live = 0
	guard := m.Words[headGuard]
	if guard == 0 || top == nil {
		return
	}
	w := (*[guardWords]uint32)(m.Words[guard : guard+guardWords])
	i := int(top[w[guardKey]])
	if token := m.tape.Tokens[i]; i == 0 {
		m.live = w[guardOthers]
	} else if m.tape.KindOf(token) == '"' && !token.Escaped() {
		m.live = m.liveFor(w, m.tape.Text(token))
	}
	m.liveKeys = m.live + w[guardSize]
}

// liveFor returns the place of what is live where the guard has a text.
func (m *Matcher) liveFor(w *[guardWords]uint32, text []byte) uint32 {
	h := hash(text)
	for step := uint32(0); ; {
		var at uint32
		if at, step = m.find(w[guardTexts], w[guardMask], h, step); at == 0 {
			return w[guardOthers]
		}
		if m.text(m.Words[at], m.Words[at+1]) == string(text) {
			return at + 2
		}
	}
}

// isLive reports whether values at a node matter.
func (m *Matcher) isLive(node uint32) bool {
	return m.live == 0 || m.Words[m.live+node/32]>>(node%32)&1 != 0
}

// keys returns the filter and the nodeDots of those keys below a node that matter.
func (m *Matcher) keys(n *Node, node uint32) (filter uint64, dots uint32) {
	if m.live == 0 {
		return word64(n[nodeFilter], n[nodeFilter+1]), n[nodeDots]
	}
	at := m.liveKeys + 1
	for range m.Words[m.liveKeys] {
		w := (*[liveWords]uint32)(m.Words[at : at+liveWords])
		if w[liveNode] == node {
			return word64(w[liveFilter], w[liveFilter+1]), w[liveDots]
		}
		at += liveWords
	}
	return 0, 0
}
