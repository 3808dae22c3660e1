package match

import (
	"slices"

	"github.com/jobgen/jobgen/internal/jsonscan"
)

func (Parts) match(m *Matcher, at int, top *Top) error {
	t := m.Table
	m.choose(t, at, top)
	for _, part := range m.asked {
		m.enter(t, part)
		if err := m.match(at, top); err != nil {
			return err
		}
	}
	if len(m.asked) > 1 {
		slices.Sort(m.found)
		m.found = slices.Compact(m.found)
	}
	return nil
}

// choose finds the parts of a divided table whose rules may match: that of the text which
// the event has for the guard's key. Others than EventBridge may send a list of texts.
func (m *Matcher) choose(t *Table, at int, top *Top) {
	w := (*[guardWords]uint32)(t.Words[t.Words[headGuard]:])
	m.asked = m.asked[:0]
	i, end := m.topValue(at, top, w[guardKey]), 0
	if i != 0 {
		end = m.tape.Next(i)
	}
	for i < end {
		if m.tape.Kind(i) == '[' {
			i = jsonscan.First(i)
			continue
		}
		if m.tape.Kind(i) == '"' {
			text := t.find(w[guardTexts], w[guardMask], m.content(i))
			if text != 0 && !slices.Contains(m.asked, t.Words[text+exactHits]) {
				m.asked = append(m.asked, t.Words[text+exactHits])
			}
		}
		i = m.tape.Next(i)
	}
	if w[guardOthers] != 0 && (w[guardApart] != 0 || len(m.asked) == 0) {
		m.asked = append(m.asked, w[guardOthers])
	}
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

func (t *Table) partAt(place uint32) Table {
	w := (*[partWords]uint32)(t.Words[place:])
	part := *t
	part.Nodes = t.Nodes[w[partNodesAt]:w[partNodesAt+1]]
	part.Words = t.Words[w[partWordsAt]:w[partWordsAt+1]]
	part.Slots = t.Slots[w[partSlotsAt]:w[partSlotsAt+1]]
	return part
}
