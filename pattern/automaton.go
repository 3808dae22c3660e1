package pattern

import (
	"encoding/binary"
	"slices"

	"github.com/jobgen/jobgen/internal/match"
)

// maxStates is the maximum number of states of a search for a string.
const maxStates = 20_000

// searchString returns the shortest string that meets the demands, or nil. Each operand
// is an automaton, and the search explores the product of all automata. A nil result is
// exact unless the search ran out of states or work, or cidr blocks occur with operands
// other than literals. searchString subtracts its steps from work.
func searchString(at []demand, work *int) (s *string, exact bool) {
	p := newProduct(at)
	exact = true
	states := []productState{p.start()}
	known := map[string]bool{states[0].key(): true}
	for i := 0; i < len(states); i++ {
		if p.meets(states[i]) {
			text := textTo(states, i)
			if fulfils(at, fieldValue{value: stringValue(text)}) {
				return &text, true
			}
			exact = false // the string is an address, others in this state are not
		}
		for _, r := range p.alphabet {
			next := p.step(states[i], r, work)
			next.from = i
			if *work < 0 {
				return nil, false
			}
			key := next.key()
			if known[key] {
				continue
			}
			if len(known) >= maxStates {
				return nil, false
			}
			known[key] = true
			states = append(states, next)
		}
	}
	return nil, exact && !p.blocks || p.literalsAlone
}

// textTo returns the text that leads to a state.
func textTo(states []productState, i int) string {
	var text []rune
	for ; i > 0; i = states[i].from {
		text = append(text, states[i].letter)
	}
	slices.Reverse(text)
	return string(text)
}

// product holds the automata of all string operands in some demands.
type product struct {
	demands  []demand
	automata []automaton // in the order of the operands
	alphabet []rune      // the letters of all automata, and one other letter
	// blocks reports whether there are cidr blocks, and literalsAlone whether all
	// string operands beside them are literals.
	blocks, literalsAlone bool
}

func newProduct(at []demand) *product {
	p := &product{demands: at, literalsAlone: true}
	letters := map[rune]bool{}
	operands(at, func(a *Alternative, o *Operand) {
		switch _, isBlock := a.block(); {
		case isBlock:
			p.blocks = true
		case o.Type == String:
			m := newAutomaton(a, o.Text)
			p.automata = append(p.automata, m)
			p.literalsAlone = p.literalsAlone && a.Operator == Equals && !a.IgnoreCase
			for _, node := range m.nodes {
				for _, e := range node.edges {
					letters[e.letter] = true
				}
			}
		}
	})
	for r := range letters {
		p.alphabet = append(p.alphabet, r)
	}
	slices.Sort(p.alphabet)
	p.alphabet = append(p.alphabet, otherLetter(letters))
	p.literalsAlone = p.literalsAlone && p.blocks
	return p
}

// otherLetter returns a letter that is not among the given ones.
func otherLetter(letters map[rune]bool) rune {
	for r := 'a'; ; r++ {
		if !letters[r] {
			return r
		}
	}
}

// productState is the state of all automata after a text.
type productState struct {
	from   int       // the previous state
	letter rune      // the letter that leads here from it
	at     [][]int32 // the nodes of each automaton, sorted
}

func (s productState) key() string {
	var key []byte
	for _, nodes := range s.at {
		for _, n := range nodes {
			key = binary.AppendUvarint(key, uint64(n)+1)
		}
		key = append(key, 0)
	}
	return string(key)
}

func (p *product) start() productState {
	s := productState{at: make([][]int32, len(p.automata))}
	for i := range s.at {
		s.at[i] = []int32{0}
	}
	return s
}

func (p *product) step(s productState, r rune, work *int) productState {
	next := productState{letter: r, at: make([][]int32, len(p.automata))}
	for i := range p.automata {
		*work -= 1 + len(s.at[i])
		next.at[i] = p.automata[i].step(s.at[i], r)
	}
	return next
}

// meets reports whether a string that leads to a state meets the demands, if it is not
// an address.
func (p *product) meets(s productState) bool {
	i := 0
	for _, d := range p.demands {
		holds := false
		for j := range d.field.Alternatives {
			a := &d.field.Alternatives[j]
			any := false
			_, isBlock := a.block()
			for k := range a.Operands {
				if isBlock || a.Operands[k].Type != String {
					continue
				}
				any = any || slices.Contains(s.at[i], p.automata[i].accept)
				i++
			}
			holds = holds || any != a.Not || a.Operator == Exists && !a.isAbsence()
		}
		if holds != d.holds {
			return false
		}
	}
	return true
}

// automaton is a nondeterministic automaton that accepts the strings that match one
// operand. It starts at node 0.
type automaton struct {
	nodes  []autoNode
	accept int32
}

type autoNode struct {
	edges []autoEdge
	loop  bool // each letter leads to the node itself
}

type autoEdge struct {
	letter rune
	to     int32
}

func newAutomaton(a *Alternative, text string) automaton {
	m := automaton{nodes: make([]autoNode, 1)}
	switch a.Operator {
	case Wildcard:
		for i, piece := range wildcardPieces(text) {
			if i > 0 {
				m.nodes[m.accept].loop = true
			}
			m.literal(piece)
		}
	case Suffix:
		m.nodes[0].loop = true
		m.text(a, text)
	default:
		m.text(a, text)
		m.nodes[m.accept].loop = a.Operator == Prefix
	}
	return m
}

func (m *automaton) text(a *Alternative, text string) {
	if !a.IgnoreCase {
		m.literal(text)
		return
	}
	for _, r := range text {
		from, lower, upper := m.accept, match.LowerCase(r), match.UpperCase(r)
		m.literal(lower)
		if upper != lower {
			m.branch(from, upper, m.accept)
		}
	}
}

// literal appends nodes that accept a text.
func (m *automaton) literal(text string) {
	for _, r := range text {
		m.nodes = append(m.nodes, autoNode{})
		next := int32(len(m.nodes) - 1)
		m.edge(m.accept, r, next)
		m.accept = next
	}
}

// branch adds another path between two nodes.
func (m *automaton) branch(from int32, text string, to int32) {
	letters := []rune(text)
	for _, r := range letters[:len(letters)-1] {
		m.nodes = append(m.nodes, autoNode{})
		next := int32(len(m.nodes) - 1)
		m.edge(from, r, next)
		from = next
	}
	m.edge(from, letters[len(letters)-1], to)
}

func (m *automaton) edge(from int32, r rune, to int32) {
	m.nodes[from].edges = append(m.nodes[from].edges, autoEdge{letter: r, to: to})
}

// step returns the nodes that a letter leads to. It leaves out nodes before the last
// one with a loop, because every string that leads from them to the end also leads from
// that node to the end.
func (m *automaton) step(at []int32, r rune) []int32 {
	var next []int32
	for _, n := range at {
		if m.nodes[n].loop {
			next = append(next, n)
		}
		for _, e := range m.nodes[n].edges {
			if e.letter == r {
				next = append(next, e.to)
			}
		}
	}
	slices.Sort(next)
	next = slices.Compact(next)
	for i := len(next) - 1; i > 0; i-- {
		if m.nodes[next[i]].loop {
			return next[i:]
		}
	}
	return next
}
