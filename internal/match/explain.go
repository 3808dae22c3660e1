package match

import "github.com/jobgen/jobgen/internal/jsonscan"

// What is here serves explanations and checks. It is functions, and methods of a type that
// matching doesn't know: a program that asks for methods by reflection, as net/rpc
// does, has all exported methods of the types that a dispatcher is made of.

// Takes returns the index of the alternative that a value fulfils, of the test of a
// rule's first field; -1 if it fulfils none. The table has no parameters.
func Takes(t *Table, rule int, v *Value) int {
	return (&tester{Table: t}).takes(t.field(t.fields(uint32(rule))[0])[fieldTest], v)
}

// MatchesWildcard reports whether a text is one that a wildcard stands for, whose
// operand this is: see WildcardOperand.
func MatchesWildcard(operand, text string) bool {
	return RareOperators{}.wildcard(new(tester), operand, []byte(text))
}

// Flat is what an event has at the nodes of a table.
type Flat struct{ event *flat }

// Flatten gives the leaves of the event at a token.
func Flatten(t *Table, tape *jsonscan.Tape, at int) Flat {
	return Flat{(&tester{Table: t}).flatten(tape, at)}
}

// At returns what the event has for a field's name; nil if the table knows none of
// that name.
func (f Flat) At(name string) *FlatNode {
	if node := f.event.descend(f.event.node(0), []byte(name)); node != 0 {
		return &f.event.nodes[node]
	}
	return nil
}

// Value returns a leaf's value.
func (f Flat) Value(l Leaf) Value {
	var v Value
	readValue(&v, f.event.tape, l.token)
	return v
}

// Search returns a search for fields of a rule of the table. Steps counts down.
func (f Flat) Search(rule int, steps *int, fields ...int) *Search {
	all := f.event.fields(uint32(rule))
	if fields == nil {
		return &Search{event: f.event, fields: all, steps: steps}
	}
	s := &Search{event: f.event, steps: steps}
	for _, i := range fields {
		s.fields = append(s.fields, all[i])
	}
	return s
}
