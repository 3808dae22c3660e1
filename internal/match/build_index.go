package match

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// indexDraft is a node's index in the making: the hits of each kind of value.
type indexDraft struct {
	others    []uint32 // the fields that take all values but the exact ones
	checks    []uint32 // the fields whose tests all values but the exact ones are held against
	always    []uint32 // those for the exact ones too
	anyNumber []uint32
	exact     hitsOf[string]
	affixes   [affixKinds]hitsOf[string]
	blocks    hitsOf[Block]
	literals  [3][]uint32 // of null, true and false
	singles   hitsOf[float64]
	ranges    hitsOf[Range]
}

// hitsOf holds the hits of each key.
type hitsOf[K comparable] map[K][]uint32

func (h *hitsOf[K]) add(key K, hits ...uint32) {
	if *h == nil {
		*h = hitsOf[K]{}
	}
	(*h)[key] = append((*h)[key], hits...)
}

// indexed returns a node's index, which is begun if there is none.
func (n *nodeDraft) indexed() *indexDraft {
	if n.index == nil {
		n.index = &indexDraft{}
	}
	return n.index
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

// index lets one of its fields lead to each rule, the one of which it is least likely
// that it holds, and puts these fields in the indexes of their nodes. It returns the
// rules that have no such field: those of a part may have none at all.
func (p *part) index() (always []uint32) {
	for i := range p.rules {
		r := &p.rules[i]
		r.tested = slices.Clone(r.fields)
		slices.SortStableFunc(r.tested, func(x, y uint32) int { return cmp.Compare(p.likely(x), p.likely(y)) })
		if len(r.tested) == 0 || p.likely(r.tested[0]) > 1 {
			always = append(always, uint32(i))
			continue
		}
		rarest := r.tested[0]
		// The index has tested the rarest, if not always to the end.
		r.tested = append(r.tested[1:], rarest)
		p.leads[rarest] = append(p.leads[rarest], uint32(i))
	}
	for field, rules := range p.leads {
		if f := p.fields[field]; rules != nil {
			p.nodes[f.node].indexed().test(&p.tests[f.test], uint32(field))
		}
	}
	t := tester{Table: &Table{Text: string(p.texts.all), Words: p.words, Rare: RareOperators{}, Numbers: Numbers{}}}
	for i := range p.nodes {
		if d := p.nodes[i].index; d != nil {
			d.complete(p, &t)
		}
	}
	return always
}

// anyEvent is the field that leads to rules which have no field for an index. It is none
// that is tested.
var anyEvent = fieldDraft{test: -1}

// always returns the hits of any event.
func (p *part) always(rules []uint32) (hits []uint32) {
	if rules == nil {
		return nil
	}
	p.fields, p.leads = append(p.fields, anyEvent), append(p.leads, rules)
	return []uint32{uint32(len(p.fields)-1) << 1}
}

// Guesses at the share of values that a test takes.
const (
	nearlyAlways = 0.95 // exists, anything-but with whole strings
	mostly       = 0.9  // anything-but with pieces of strings
	checked      = 0.5  // what each value is held against, which takes time
	sometimes    = 0.2  // prefix and other ranges of values
	// seldom is the least share of events that a field is taken to be in.
	seldom = 0.02
)

// likely guesses the share of events in which a field holds; it is more than 1 if it
// may hold for the want of a value. Events are taken to be as the rules want them: as
// many have a literal, or what else a test takes, as there are rules that want it, and a
// field below the top as there are rules that ask for it.
func (p *part) likely(field uint32) float64 {
	f := p.fields[field]
	n := &p.nodes[f.node]
	rules := float64(len(p.rules))
	asked := max(seldom, float64(n.users)/rules)
	present := asked
	if n.depth == 1 {
		present = 1
	}
	others := float64(p.users[field]-1) / rules // that have the field too
	likely := 0.0
	for i := range p.tests[f.test].alternatives {
		a := &p.tests[f.test].alternatives[i]
		switch literal, isLiteral := a.literal(); {
		case a.isAbsence():
			return 2
		case isLiteral:
			likely += float64(n.literals[literal]) / rules
		case !a.indexed():
			// A test of several rules is held against a value once for all of them.
			likely += a.share() * present * (1 - min(1, float64(n.excepted(a))/rules)) * (1 - others/10)
		default:
			likely += max(min(sometimes, 1/float64(len(n.tests)))*asked, others)
		}
	}
	return min(likely, 1)
}

// share guesses at the share of values that an alternative takes which can't be looked up.
func (a *Alternative) share() float64 {
	switch {
	case a.takesOthers():
		return nearlyAlways
	case a.Not:
		return mostly
	}
	return checked
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

// test adds what a field's test takes. What values can't be looked up for is held
// against each of them.
func (d *indexDraft) test(t *testDraft, field uint32) {
	others, check, param := false, false, false
	for i := range t.alternatives {
		switch a := &t.alternatives[i]; {
		case a.takesOthers():
			others = true
		case !d.alternative(a, t.digits, field<<1):
			check, param = true, param || a.hasParam()
		}
	}
	switch {
	case param:
		d.always = append(d.always, field)
	case others:
		d.others = append(d.others, field)
	case check:
		d.checks = append(d.checks, field)
	}
}

// takesOthers reports whether an alternative takes all values but some strings.
func (a *Alternative) takesOthers() bool { return a.Operator == Exists || a.Not && a.isTexts() }

func (a *Alternative) hasParam() bool {
	return slices.ContainsFunc(a.Operands, func(o Operand) bool { return o.Param })
}

// mostComplete is how many hits a node's index may have to be complete.
const mostComplete = 4096

// complete lets each of the index's strings lead to all fields that take it, so that
// others and checks are for other values. What is excepted is among these strings: there
// may well be such values. If that were too much, all values are held against all tests.
func (d *indexDraft) complete(p *part, t *tester) {
	fields := slices.Concat(d.others, d.checks)
	exact := maps.Clone(d.exact)
	for _, field := range fields {
		for _, a := range p.tests[p.fields[field].test].alternatives {
			for _, o := range a.Operands {
				if a.Not && o.Kind == '"' {
					exact.add(strings.ReplaceAll(o.Text, string([]byte{star}), ""))
				}
			}
		}
	}
	if len(exact)*len(fields) > mostComplete {
		d.others, d.checks, d.always = nil, nil, append(d.always, fields...)
		return
	}
	for text := range exact {
		d.exact.add(text) // though it may lead to nothing
		for _, field := range fields {
			if t.takes(p.tests[p.fields[field].test].at, &Value{Kind: '"', Text: []byte(text)}) >= 0 {
				d.exact.add(text, field<<1|surely)
			}
		}
	}
}

// alternative adds what an alternative's values are looked up by: they may be hits.
// It reports whether they can be looked up.
func (d *indexDraft) alternative(a *Alternative, digits bool, hit uint32) bool {
	switch {
	case a.Not || a.Operator == Exists || a.Operands[0].Param:
		return false
	case a.Operator == Numeric && a.Range.From == a.Range.To:
		d.singles.add(a.Range.From, hit)
	case a.Operator == Numeric:
		d.ranges.add(Range{From: a.Range.From, To: a.Range.To}, hit)
	case a.Operator == CIDR:
		d.blocks.add(a.Block, hit)
		if digits {
			d.anyNumber = append(d.anyNumber, hit)
		}
	case a.Operands[0].Kind == '"':
		return d.text(a, hit)
	default:
		d.literal(a.Operands[0], hit)
	}
	return true
}

func (d *indexDraft) literal(o Operand, hit uint32) {
	switch o.Kind {
	case 'n':
		d.literals[0] = append(d.literals[0], hit|surely)
	case 't':
		d.literals[1] = append(d.literals[1], hit|surely)
	case 'f':
		d.literals[2] = append(d.literals[2], hit|surely)
	default:
		if n := ParseNumber([]byte(o.Text)); n.Comparable {
			d.singles.add(n.Value, hit)
		} else {
			d.anyNumber = append(d.anyNumber, hit)
		}
	}
}

// text adds a string, and reports whether it could. A text regardless of case is looked
// up as one that strings begin with, which makes no sure hit.
func (d *indexDraft) text(a *Alternative, hit uint32) bool {
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
		d.exact.add(text, hit|surely)
		return true
	case a.Operator == Wildcard:
		return d.wildcard(text, hit)
	case a.Operator == Suffix:
		kind, hit = suffixes, hit|surely
	default:
		hit |= surely
	}
	if text == "" {
		return false
	}
	d.affixes[kind].add(text, hit)
	return true
}

// wildcard adds what strings begin or end with to fulfil a wildcard. It reports whether
// there is anything.
func (d *indexDraft) wildcard(text string, hit uint32) bool {
	first, rest, more := cutStar(text)
	last := text[strings.LastIndexByte(text, star)+1:]
	if !more || first == "" && rest == last || rest == "" {
		hit |= surely // there is no more to it
	}
	switch {
	case !more:
		d.exact.add(text, hit)
	case first != "":
		d.affixes[prefixes].add(first, hit)
	case last != "":
		d.affixes[suffixes].add(last, hit)
	default:
		return false
	}
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
