package match

// liven finds out at which nodes values matter: where rules that the guard doesn't
// rule out have fields. Without a guard, or a single text for it, that is everywhere.
func (m *Matcher) liven(top *Top) {
	guard := m.Words[headGuard]
	m.live = nil
	if guard == 0 || top == nil {
		return
	}
	w := m.Words[guard:]
	token := int(top[w[guardKey]])
	switch {
	case token == 0:
		m.live = w[guardSets:][:w[guardSize]]
	case m.tape.Kind(token) != '"' || m.tape.Tokens[token].Escaped():
		return
	default:
		m.liveFor(w, m.tape.Content(token))
	}
}

// liveFor finds out at which nodes values matter where the guard has a text.
func (m *Matcher) liveFor(w []uint32, text []byte) {
	m.live = w[guardSets:][:w[guardSize]]
	h := hash(text)
	for step := uint64(0); ; {
		var at uint32
		if at, step = m.find(w[guardTexts], w[guardShift], h, step); at == 0 {
			return
		}
		if wanted := m.Words[at:]; m.text(wanted[0], wanted[1]) == string(text) {
			m.live = wanted[2:][:w[guardSize]]
			return
		}
	}
}

func (m *Matcher) isLive(node uint32) bool {
	return m.live == nil || m.live[node/32]>>(node%32)&1 != 0
}
