package match

// liven finds out at which nodes values matter: where rules that the guard doesn't
// rule out have fields. Without a guard that is everywhere. It returns the guard's index
// in EventKeys if its value is looked up then, otherwise -1.
func (m *Matcher) liven(top *Top) (done int) {
	guard := m.Words[headGuard]
	if guard == 0 || top == nil {
		return -1
	}
	w := (*[guardWords]uint32)(m.Words[guard : guard+guardWords])
	key := int(w[guardKey])
	live := w[guardOthers]
	if token := int(top[key]); token != 0 {
		if kind := m.tape.Kind(token); kind == '[' || kind == '{' {
			return -1
		}
		node := m.Words[headTop+w[guardKey]]
		m.leaf(m.node(node), node, token, 0)
		if m.exact != 0 {
			live = m.Words[m.exact+exactLive]
		}
	}
	m.live, m.liveKeys = live, live+w[guardSize]
	return key
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
