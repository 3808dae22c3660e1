package match

// liven finds out at which nodes values matter: where rules that the guard doesn't
// rule out have fields. Without a guard that is everywhere.
func (m *Matcher) liven(top *Top) {
	m.live, m.filtered = nil, none
	guard := m.Words[headGuard]
	if guard == 0 || top == nil {
		return
	}
	w := (*[guardSets]uint32)(m.Words[guard:])
	token := int(top[w[guardKey]])
	at := guard + guardSets
	switch {
	case token == 0:
	case m.tape.Kind(token) == '"' && !m.tape.Tokens[token].Escaped():
		at = m.liveFor(at, w, m.tape.Content(token))
	default:
		return
	}
	m.live = m.Words[at+guardFilter:][:w[guardSize]]
	m.filtered, m.filter = w[guardNode], uint64(m.Words[at+1])<<32|uint64(m.Words[at])
}

// liveFor returns the place of the filter and the set of nodes at which values matter
// where the guard has a text; others is the one for any other text.
func (m *Matcher) liveFor(others uint32, w *[guardSets]uint32, text []byte) uint32 {
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

func (m *Matcher) isLive(node uint32) bool {
	return m.live == nil || m.live[node/32]>>(node%32)&1 != 0
}
