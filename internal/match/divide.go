package match

import (
	"slices"

	"github.com/jobgen/jobgen/internal/jsonscan"
)

// match appends to found the patterns of a divided table that match.
func (Parts) match(m *Matcher, at int, top *Top) error {
	t := m.Table
	w := (*[guardWords]uint32)(t.Words[t.Words[headGuard]:])
	token := m.topValue(at, top, w[guardKey])
	if w[guardApart] != 0 || m.tape.Kind(token) == '[' {
		return m.several(t, w, token, at, top)
	}
	part := m.partFor(t, w, token)
	if part == 0 {
		part = w[guardOthers]
	}
	if part == 0 {
		return nil
	}
	m.enter(t, part)
	return m.match(at, top)
}

// partFor returns the place of the part for the value of the guard's key at a token; 0 if
// there is none for it alone.
func (m *Matcher) partFor(t *Table, w *[guardWords]uint32, token int) uint32 {
	if m.tape.Kind(token) != '"' {
		return 0
	}
	if text := t.find(w[guardTexts], w[guardMask], m.content(token)); text != 0 {
		return t.Words[text+exactHits]
	}
	return 0
}

// several matches where more than one part may have rules that match: that of rules
// that don't want certain texts, if it is apart, and those of the texts in a list, which
// others than EventBridge may send.
func (m *Matcher) several(t *Table, w *[guardWords]uint32, token, at int, top *Top) error {
	m.asked = m.asked[:0]
	for i, end := token, m.tape.Next(token); i < end; {
		if m.tape.Kind(i) == '[' {
			i = jsonscan.First(i)
			continue
		}
		if part := m.partFor(t, w, i); part != 0 && !slices.Contains(m.asked, part) {
			m.asked = append(m.asked, part)
		}
		i = m.tape.Next(i)
	}
	if w[guardOthers] != 0 && (w[guardApart] != 0 || len(m.asked) == 0) {
		m.asked = append(m.asked, w[guardOthers])
	}
	for _, part := range m.asked {
		m.enter(t, part)
		if err := m.match(at, top); err != nil {
			return err
		}
	}
	slices.Sort(m.found)
	m.found = slices.Compact(m.found)
	return nil
}

// topValue returns the token of the value that an event has for one of EventKeys, 0 if
// there is none.
func (m *Matcher) topValue(at int, top *Top, key uint32) (token int) {
	if top != nil {
		return int(top[key])
	}
	for i := jsonscan.First(at); i < m.tape.Next(at); i = m.tape.Next(i + 1) {
		if string(m.content(i)) == EventKeys[key] {
			token = i + 1 // the last one counts
		}
	}
	return token
}

// enter makes the Matcher's table the part of another one that is at a place.
func (m *Matcher) enter(t *Table, place uint32) {
	m.Table = &m.part
	if m.partOf == t && m.partAt == place {
		return // as with the event before
	}
	m.partOf, m.partAt = t, place
	m.part = t.partAt(place)
}

// partAt returns the part of a divided table that is at a place.
func (t *Table) partAt(place uint32) Table {
	w := (*[partWords]uint32)(t.Words[place:])
	part := *t
	part.Nodes = t.Nodes[w[partNodesAt]:w[partNodesAt+1]]
	part.Words = t.Words[w[partWordsAt]:w[partWordsAt+1]]
	part.Slots = t.Slots[w[partSlotsAt]:w[partSlotsAt+1]]
	return part
}
