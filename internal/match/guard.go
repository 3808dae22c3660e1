package match

// liven finds out at which nodes values matter: where rules that the guard doesn't
// rule out have fields. Without a guard that is everywhere.
func (m *Matcher) liven(top *Top) {
	m.live = nil
	guard := m.Words[headGuard]
	if guard == 0 || top == nil {
		return
	}
	w := (*[guardSets]uint32)(m.Words[guard:])
	token := int(top[w[guardKey]])
	switch {
	case token == 0:
		m.live = m.Words[guard+guardSets:][:w[guardSize]]
	case m.tape.Kind(token) == '"' && !m.tape.Tokens[token].Escaped():
		m.live = m.Words[m.liveFor(guard, w, m.tape.Content(token)):][:w[guardSize]]
	}
}

// liveFor returns the place of the set of nodes at which values matter where the
// guard has a text.
func (m *Matcher) liveFor(guard uint32, w *[guardSets]uint32, text []byte) uint32 {
	h := hashKey(text)
	for step := uint64(0); ; {
		var at uint32
		if at, step = m.find(w[guardTexts], w[guardShift], h, step); at == 0 {
			return guard + guardSets
		}
		if m.text(m.Words[at], m.Words[at+1]) == string(text) {
			return at + 2
		}
	}
}

func (m *Matcher) isLive(node uint32) bool {
	return m.live == nil || m.live[node/32]>>(node%32)&1 != 0
}
