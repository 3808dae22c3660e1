package match

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// indexDraft is a node's index in the making: the rules that each kind of value
// leads to.
type indexDraft struct {
	checks    hitsOf[int] // by the tests that each value is held against, or anyValue
	anyNumber []uint32
	exact     hitsOf[string]
	affixes   [affixKinds]hitsOf[string]
	blocks    hitsOf[Block]
	literals  [3][]uint32 // of null, true and false
	singles   hitsOf[float64]
	ranges    hitsOf[Range]
}

// anyValue is no test: it marks the rules that any value leads to.
const anyValue = -1

// hitsOf holds the rules of each key.
type hitsOf[K comparable] map[K][]uint32

func (h *hitsOf[K]) add(key K, rule uint32) {
	if *h == nil {
		*h = hitsOf[K]{}
	}
	(*h)[key] = append((*h)[key], rule)
}

// note counts what the rules want at a node.
func (n *nodeDraft) note(test int, alternatives []Alternative) {
	if n.tests == nil {
		n.tests, n.literals = map[int]bool{}, map[string]int{}
	}
	n.tests[test] = true
	for i := range alternatives {
		if literal, ok := alternatives[i].literal(); ok {
			n.literals[literal]++
		}
	}
}

// literal returns what an alternative that takes one value takes.
func (a *Alternative) literal() (string, bool) {
	if a.Operator != Equals || a.Not || a.Fold || a.Operands[0].Param {
		return "", false
	}
	return a.Operands[0].literal(), true
}

func (o *Operand) literal() string { return fmt.Sprintf("%c%s", o.Kind, o.Text) }

// index puts each rule in the index of the node of one of its fields: of that of
// which it is least likely that it holds. It returns the rules that have no such
// field.
func (b *Builder) index() (always []uint32) {
	for i := range b.rules {
		r := &b.rules[i]
		r.tested = slices.Clone(r.fields)
		slices.SortStableFunc(r.tested, func(x, y uint32) int { return cmp.Compare(b.likely(x), b.likely(y)) })
		rarest := b.fields[r.tested[0]]
		if b.likely(r.tested[0]) > 1 {
			always = append(always, uint32(i))
			continue
		}
		// The index has tested the rarest, if not always to the end.
		r.tested = append(r.tested[1:], r.tested[0])
		n := &b.nodes[rarest.node]
		if n.index == nil {
			n.index = &indexDraft{}
		}
		n.index.test(b, rarest.test, uint32(i))
	}
	return always
}

// Guesses at the share of values that a test takes.
const (
	nearlyAlways = 0.9 // anything-but, exists
	sometimes    = 0.2 // prefix and other ranges of values
	// seldom is the least share of events that a field is taken to be in.
	seldom = 0.02
)

// likely guesses the share of events in which a field holds; it is more than 1 if it
// may hold for the want of a value. Events are taken to be as the rules want them: as
// many have a literal, or what else a test takes, as there are rules that want it, and a
// field below the top as there are rules that ask for it.
func (b *Builder) likely(field uint32) float64 {
	f := b.fields[field]
	n := &b.nodes[f.node]
	rules := float64(len(b.rules))
	asked := max(seldom, float64(n.users)/rules)
	present := asked
	if n.depth == 1 {
		present = 1
	}
	others := float64(b.users[field]-1) / rules // that have the field too
	likely := 0.0
	for i := range b.tests[f.test].alternatives {
		a := &b.tests[f.test].alternatives[i]
		switch literal, isLiteral := a.literal(); {
		case a.isAbsence():
			return 2
		case isLiteral:
			likely += float64(n.literals[literal]) / rules
		case !a.indexed():
			// A test of several rules is held against a value once for all of them.
			likely += nearlyAlways * present * (1 - min(1, float64(n.excepted(a))/rules)) * (1 - others/10)
		default:
			likely += max(min(sometimes, 1/float64(len(n.tests)))*asked, others)
		}
	}
	return min(likely, 1)
}

// excepted returns how many rules want the literals that an alternative leaves out.
func (n *nodeDraft) excepted(a *Alternative) (rules int) {
	if !a.Not || a.Operator != Equals || a.Fold {
		return 0
	}
	for _, o := range a.Operands {
		rules += n.literals[o.literal()]
	}
	return rules
}

// indexed reports whether the values that an alternative takes can be looked up.
func (a *Alternative) indexed() bool {
	return new(indexDraft).alternative(a, false, 0)
}

// test adds what leads to a rule. What values can't be looked up for is held against
// each of them.
func (d *indexDraft) test(b *Builder, test int, rule uint32) {
	t := &b.tests[test]
	for i := range t.alternatives {
		switch a := &t.alternatives[i]; {
		case a.Operator == Exists:
			d.checks.add(anyValue, rule)
		case !d.alternative(a, t.digits, rule):
			d.checks.add(test, rule)
		}
	}
}

// alternative adds what an alternative's values are looked up by. It reports whether they
// can be.
func (d *indexDraft) alternative(a *Alternative, digits bool, rule uint32) bool {
	switch {
	case a.Not || a.Operator == Exists || a.Operands[0].Param:
		return false
	case a.Operator == Numeric && a.Range.From == a.Range.To:
		d.singles.add(a.Range.From, rule)
	case a.Operator == Numeric:
		d.ranges.add(Range{From: a.Range.From, To: a.Range.To}, rule)
	case a.Operator == CIDR:
		d.blocks.add(a.Block, rule)
		if digits {
			d.anyNumber = append(d.anyNumber, rule)
		}
	case a.Operands[0].Kind == '"':
		return d.text(a, rule)
	default:
		d.literal(a.Operands[0], rule)
	}
	return true
}

func (d *indexDraft) literal(o Operand, rule uint32) {
	switch o.Kind {
	case 'n':
		d.literals[0] = append(d.literals[0], rule)
	case 't':
		d.literals[1] = append(d.literals[1], rule)
	case 'f':
		d.literals[2] = append(d.literals[2], rule)
	default:
		if n := ParseNumber([]byte(o.Text)); n.Comparable {
			d.singles.add(n.Value, rule)
		} else {
			d.anyNumber = append(d.anyNumber, rule)
		}
	}
}

// text adds a string, and reports whether it could. A wildcard is looked up by its beginning or its end, a text
// regardless of case as one that strings begin with.
func (d *indexDraft) text(a *Alternative, rule uint32) bool {
	text := a.Operands[0].Text
	kind := prefixes
	switch {
	case a.Fold && !isASCII(text):
		text = ""
	case a.Fold && a.Operator == Suffix:
		kind = foldedSuffixes
	case a.Fold:
		kind = foldedPrefixes
	case a.Operator == Equals:
		d.exact.add(text, rule)
		return true
	case a.Operator == Suffix:
		kind = suffixes
	case a.Operator == Wildcard:
		first, _, more := cutStar(text)
		if !more {
			d.exact.add(text, rule)
			return true
		}
		last := text[strings.LastIndexByte(text, star)+1:]
		if text = first; first == "" {
			kind, text = suffixes, last
		}
	}
	if text == "" {
		return false
	}
	d.affixes[kind].add(text, rule)
	return true
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf })
}

// compact sorts rules and leaves each once.
func compact(rules []uint32) []uint32 {
	slices.Sort(rules)
	return slices.Compact(rules)
}
