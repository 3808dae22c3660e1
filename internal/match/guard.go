package match

// liven finds out at which nodes values matter: where rules that no guard rules out
// have fields. Without guards that is everywhere.
func (m *Matcher) liven(top *Top) {
	m.live = nil
	if top == nil {
		return
	}
	for _, guard := range m.Words[headGuards : headGuards+mostGuards] {
		if guard == 0 {
			return
		}
		w := m.Words[guard:]
		token := int(top[w[guardKey]])
		switch {
		case token == 0:
			m.keepLive(w[guardSets:][:w[guardSize]])
		case m.tape.Kind(token) == '"' && !m.tape.Tokens[token].Escaped():
			m.keepLive(m.liveFor(w, m.tape.Content(token)))
		}
	}
}

// liveFor returns the nodes at which values matter where a guard has a text.
func (m *Matcher) liveFor(w []uint32, text []byte) []uint32 {
	h := hashKey(text)
	for step := uint64(0); ; {
		var at uint32
		if at, step = m.find(w[guardTexts], w[guardShift], h, step); at == 0 {
			return w[guardSets:][:w[guardSize]]
		}
		if wanted := m.Words[at:]; m.text(wanted[0], wanted[1]) == string(text) {
			return wanted[2:][:w[guardSize]]
		}
	}
}

// keepLive leaves of the nodes at which values matter those that are in a set.
func (m *Matcher) keepLive(nodes []uint32) {
	if m.live == nil {
		m.live = nodes // the table's own
		return
	}
	m.both = append(m.both[:0], nodes...)
	for i, other := range m.live {
		m.both[i] &= other
	}
	m.live = m.both
}

func (m *Matcher) isLive(node uint32) bool {
	return m.live == nil || m.live[node/32]>>(node%32)&1 != 0
}
