package match

import (
	"fmt"
	"math/bits"
	"testing"

	"github.com/jobgen/jobgen/internal/jsonscan"
)

// TestRulesThatCannotMatchAreNoCandidates: rules whose values can't be looked up are left
// aside all the same where the event's value tells that they don't hold.
func TestRulesThatCannotMatchAreNoCandidates(t *testing.T) {
	text := func(operator Operator, not bool, s string) []Alternative {
		return []Alternative{{Operator: operator, Not: not, Operands: []Operand{{Kind: '"', Text: s}}}}
	}
	b := NewBuilder()
	for i := range 300 {
		source := Field{Path: []string{"source"}, Alternatives: text(Equals, false, "aws.ec2")}
		kind := Field{Path: []string{"type"}, Alternatives: text(Prefix, false, "Assumed")}
		state := Field{Path: []string{"state"}}
		switch i % 3 {
		case 0:
			state.Alternatives = text(Equals, true, "stopped")
		case 1:
			state.Alternatives = text(Prefix, true, "stop")
		case 2:
			inner, _ := WildcardOperand(fmt.Sprintf("*-%d-*", i))
			state.Alternatives = text(Wildcard, false, inner)
		}
		b.Rule(i, []Field{source, state, kind})
	}
	table := b.Table()
	var tape jsonscan.Tape
	tape.Read([]byte(`{"source":"aws.ec2","type":"AssumedRole","state":"stopped"}`))
	var m Matcher
	if found, err := m.Match(table, nil, &tape, jsonscan.Root, nil); err != nil || len(found) != 0 {
		t.Fatalf("got %v, %v", found, err)
	}
	candidates := 0
	for _, word := range m.bits[:m.facts] {
		candidates += bits.OnesCount64(word)
	}
	if candidates != 0 {
		t.Errorf("%d of 300 rules are candidates", candidates)
	}
	tape.Read([]byte(`{"source":"aws.ec2","type":"AssumedRole","state":["stopped","a-299-b"]}`))
	if found, err := m.Match(table, nil, &tape, jsonscan.Root, nil); err != nil || len(found) != 201 {
		t.Errorf("%d rules match, %v, want 201", len(found), err)
	}
}
