package directive

import (
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/spell"
)

// Term is one entry of a PropWhen.
type Term struct {
	model.Term
	KeyOffset    int
	ValueOffset  int
	ValueOffsets []int // of Values
}

// not is the operator of a condition.
const not = "not"

// whenShape is what a PropWhen takes.
const whenShape = "a mapping of parameters to a value, a list of values, or {not: values}"

// when reads a condition: a mapping of parameters to the values that they must have, or must
// not have.
func (d *decoder) when(p *Prop, n *Node) []Term {
	if n.Kind != Map {
		d.kind(p, n, whenShape)
		return nil
	}
	if len(n.Pairs) == 0 {
		d.report(diag.PropMissing, n.Offset, "%s is empty; write `%s: %s`", p.Name, p.Name, p.Example)
	}
	var terms []Term
	for _, pair := range n.Pairs {
		before := len(d.problems)
		t := Term{Term: model.Term{Param: pair.Key.Text}, KeyOffset: pair.Key.Offset, ValueOffset: pair.Value.Offset}
		if !paramName().MatchString(t.Param) {
			d.report(diag.PropValue, pair.Key.Offset, "%s can't have a condition on %q; it must be the name of a parameter, without ${}", p.Name, t.Param)
		}
		values := pair.Value
		if values.Kind == Map {
			if values = d.notValues(p, t.Param, values); values == nil {
				continue
			}
			t.Not = true
		}
		entry := &Prop{Name: p.Name, Kind: PropTexts1, Example: "{" + t.Param + ": prod}"}
		for i, text := range d.listOrOne(entry, asList(values)) {
			value, _ := text.Plain()
			at := asList(values).Items[i].Offset
			if strings.Contains(value, "${") {
				d.report(diag.ArgParam, at, "a condition compares a parameter with text, and %q has a parameter in it; write the text", value)
			}
			t.Values, t.ValueOffsets = append(t.Values, value), append(t.ValueOffsets, at)
		}
		if len(d.problems) == before {
			terms = append(terms, t)
		}
	}
	return terms
}

// asList returns a list, or a single value as a list.
func asList(n *Node) *Node {
	if n.Kind == List {
		return n
	}
	return &Node{Kind: List, Offset: n.Offset, Items: []*Node{n}}
}

// notValues returns the values in {not: values}, or nil.
func (d *decoder) notValues(p *Prop, param string, n *Node) *Node {
	if len(n.Pairs) == 1 && n.Pairs[0].Key.Text == not {
		return n.Pairs[0].Value
	}
	problem := Problem{Code: diag.PropUnknown, Offset: n.Offset, Message: p.Name + " takes a value, a list of values, or {not: values}"}
	for _, pair := range n.Pairs {
		if key := pair.Key; key.Text != not {
			near, _ := spell.Nearest(key.Text, []string{not})
			problem.Offset, problem.Found, problem.Suggestion = key.Offset, key.Text, near
			problem.Message = "a condition has no operator \"" + key.Text + "\"; write `" + p.Name + ": {" + param + ": [dev, prod]}` or `" + p.Name + ": {" + param + ": {not: prod}}`"
			break
		}
	}
	d.problems = append(d.problems, problem)
	return nil
}
