package pattern

import (
	"encoding/binary"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/match"
)

// maxComplexityStates is the maximum number of states of a search for the complexity.
const maxComplexityStates = 5_000

// complexity returns the complexity of the wildcards of one field, as AWS's matcher
// evaluates it (event-ruler's MachineComplexityEvaluator), or limit if it is higher.
//
// It is the largest number of positions that one text can reach at once. A wildcard has a
// position after each of its characters, which a text has reached if it ends there, and one
// in each star, which a text has reached if it ends there or later. So *a* is 3, because
// the text "a" has reached both stars and the character.
func complexity(wildcards []string, limit int) int {
	c := &positions{visited: map[string]bool{}}
	c.add(wildcards)
	for i := 0; i < len(c.states) && c.largest < limit && i < maxComplexityStates; i++ {
		for _, letter := range c.letters {
			c.step(c.states[i], letter)
		}
	}
	return min(c.largest, limit)
}

// positions searches all states that a text can lead to. A state is a sorted list of
// indexes in operands: of the symbols that can come next. The index of a star stays in a
// state.
type positions struct {
	operands string // the wildcards as package match takes them, each with an end
	letters  []byte
	states   [][]int
	visited  map[string]bool
	largest  int
}

// end is the end of an operand. Like match.Star, it is in no UTF-8.
const end = "\xfe"

// add adds the wildcards, and the state of the empty text.
func (c *positions) add(wildcards []string) {
	var start []int
	for _, w := range slices.Compact(slices.Sorted(slices.Values(wildcards))) {
		start = append(start, len(c.operands))
		c.operands += wildcardOperand(w) + end
	}
	letters := strings.NewReplacer(match.Star, "", end, "").Replace(c.operands)
	c.letters = slices.Compact(slices.Sorted(slices.Values([]byte(letters))))
	c.visit(start, 0)
}

// step visits the state that a letter leads to.
func (c *positions) step(state []int, letter byte) {
	var next []int
	reached := 0 // positions after a character
	for _, i := range state {
		if c.isStar(i) {
			next = append(next, i)
			i++
		}
		if c.operands[i] == letter {
			next = append(next, i+1)
			reached++
		}
	}
	slices.Sort(next)
	c.visit(slices.Compact(next), reached)
}

// visit adds a state, which has reached the given number of positions besides its stars.
func (c *positions) visit(state []int, reached int) {
	var key []byte
	for _, i := range state {
		key = binary.AppendUvarint(key, uint64(i))
		if c.isStar(i) {
			reached++
		}
	}
	c.largest = max(c.largest, reached)
	if !c.visited[string(key)] {
		c.visited[string(key)] = true
		c.states = append(c.states, state)
	}
}

func (c *positions) isStar(i int) bool { return c.operands[i] == match.Star[0] }
