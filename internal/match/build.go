package match

import (
	"maps"
	"math"
	"slices"
)

// Alternative is one of the alternatives of a test, in a builder's hands.
type Alternative struct {
	Operator  Operator
	Not, Fold bool
	Operands  []Operand
	Range     Range // of Numeric
	Block     Block // of CIDR, unless its operand has parameters
}

// Operand is a literal in an alternative.
type Operand struct {
	Kind byte // the first byte of its JSON
	// Text is a string's value, a wildcard's as WildcardOperand gives it,
	// or the literal as it is written.
	Text string
	// Param says that there are parameters in Text, ${Name}.
	Param bool
}

// Range is what Numeric takes.
type Range struct {
	From, To         float64
	FromOpen, ToOpen bool // the bound itself is out
}

// Field is a field of a rule: the parts of its name and its alternatives.
type Field struct {
	Path         []string
	Alternatives []Alternative
	// ComparesNumbers says that there is a number in an alternative.
	ComparesNumbers bool
}

// Builder makes a Table.
type Builder struct {
	shared
	rules []rule
}

// shared is what the parts of a table have in common.
type shared struct {
	texts  texts
	params []Param
	needs  Table // its Rare, Numbers and Lists
}

// rule is a rule of a pattern.
type rule struct {
	pattern int
	fields  []Field
}

// NewBuilder makes a builder of a table without rules.
func NewBuilder() *Builder { return &Builder{shared: shared{texts: newTexts()}} }

// Rule adds a rule of the pattern with an index: fields that must all hold, in the
// order of their names. Rules are added in the order of their patterns.
func (b *Builder) Rule(pattern int, fields []Field) {
	b.rules = append(b.rules, rule{pattern, fields})
}

// part is a table of some of the rules in the making.
type part struct {
	*shared
	nodes   []nodeDraft
	rules   []ruleDraft
	tests   []testDraft
	testOf  map[string]int // by the test's words
	fields  []fieldDraft
	users   []int      // how many rules have each field
	leads   [][]uint32 // the rules that are looked up by it
	fieldOf map[fieldDraft]uint32
	words   []uint32 // of the tests, until they are laid out
}

func (b *Builder) part(rules []rule) *part {
	p := &part{shared: &b.shared, nodes: []nodeDraft{{}}, testOf: map[string]int{}, fieldOf: map[fieldDraft]uint32{}}
	for _, r := range rules {
		p.rule(r)
	}
	return p
}

type nodeDraft struct {
	key      string
	parent   uint32
	depth    int
	children []uint32
	next     uint32 // another child of the parent whose key has the same EndsBit
	leaf     bool
	users    int            // the rules that have a field here or below
	literals map[string]int // how many rules want each, by what it is
	tests    map[int]bool
	index    *indexDraft
}

type testDraft struct {
	at           uint32 // its place, from the first test's
	alternatives []Alternative
	digits       bool
}

type ruleDraft struct {
	pattern int
	fields  []uint32
	tested  []uint32 // in the order in which they are best tested
	shared  []uint32 // the nodes that have several fields below them
}

type fieldDraft struct {
	node uint32
	test int
}

func (p *part) rule(added rule) {
	r := ruleDraft{pattern: added.pattern}
	used := map[uint32]int{}
	for _, f := range added.fields {
		d := fieldDraft{p.path(f.Path), p.test(added.pattern, f)}
		r.fields = append(r.fields, p.field(d))
		n := &p.nodes[d.node]
		n.leaf = true
		n.note(d.test, f.Alternatives)
		for node := d.node; node != 0; node = p.nodes[node].parent {
			used[node]++
		}
	}
	for _, node := range slices.Sorted(maps.Keys(used)) {
		p.nodes[node].users++
		if used[node] > 1 {
			r.shared = append(r.shared, node)
			p.needs.Lists = Lists{}
		}
	}
	p.rules = append(p.rules, r)
}

// field returns the number of a rule's field.
func (p *part) field(d fieldDraft) uint32 {
	field, ok := p.fieldOf[d]
	if !ok {
		field = uint32(len(p.fields))
		p.fieldOf[d] = field
		p.fields, p.users, p.leads = append(p.fields, d), append(p.users, 0), append(p.leads, nil)
	}
	p.users[field]++
	return field
}

// path returns the node of a field.
func (p *part) path(keys []string) uint32 {
	node := uint32(0)
	for _, key := range keys {
		i := slices.IndexFunc(p.nodes[node].children, func(c uint32) bool { return p.nodes[c].key == key })
		if i >= 0 {
			node = p.nodes[node].children[i]
			continue
		}
		child := uint32(len(p.nodes))
		p.nodes[node].children = append(p.nodes[node].children, child)
		p.nodes = append(p.nodes, nodeDraft{key: key, parent: node, depth: p.nodes[node].depth + 1})
		node = child
	}
	return node
}

// test returns the index of a field's test. Fields may share one.
func (p *part) test(pattern int, f Field) int {
	encoded := p.encodeTest(pattern, f)
	key := string(bytesOf(encoded))
	if test, ok := p.testOf[key]; ok {
		return test
	}
	test := len(p.tests)
	p.testOf[key] = test
	p.tests = append(p.tests, testDraft{uint32(len(p.words)), f.Alternatives, encoded[0]&testDigits != 0})
	p.words = append(p.words, encoded...)
	return test
}

func bytesOf(words []uint32) []byte {
	all := make([]byte, 0, 4*len(words))
	for _, w := range words {
		all = append(all, byte(w), byte(w>>8), byte(w>>16), byte(w>>24))
	}
	return all
}

func (p *part) encodeTest(pattern int, f Field) []uint32 {
	head := uint32(len(f.Alternatives))
	words := []uint32{0}
	for _, a := range f.Alternatives {
		switch {
		case a.isAbsence():
			head |= testAbsence
		default:
			head |= testValues
		}
		if a.Operator == CIDR && !f.ComparesNumbers {
			head |= testDigits
		}
		words = append(words, p.encodeAlternative(pattern, &a)...)
	}
	if !slices.ContainsFunc(f.Alternatives, func(a Alternative) bool { return !a.isText() }) {
		head |= testTexts
	}
	words[0] = head
	return words
}

// isText reports whether the alternative is a text that strings are equal to.
func (a *Alternative) isText() bool { return a.isTexts() && !a.Not }

// isTexts reports whether the alternative is texts that strings are compared with whole.
func (a *Alternative) isTexts() bool {
	return a.Operator == Equals && !a.Fold && !slices.ContainsFunc(a.Operands, func(o Operand) bool { return o.Kind != '"' || o.Param })
}

func (a *Alternative) isAbsence() bool { return a.Operator == Exists && a.Operands[0].Kind == 'f' }

func (p *part) encodeAlternative(pattern int, a *Alternative) []uint32 {
	if a.isRare() {
		p.needs.Rare = RareOperators{}
	}
	head := uint32(a.Operator)
	if a.Not {
		head |= altNot
	}
	if a.Fold {
		head |= altFold
	}
	words := []uint32{0}
	switch {
	case a.Operator == Exists && a.Operands[0].Kind == 't':
		words = append(words, operandTrue)
	case a.Operator == Exists:
		words = append(words, operandFalse)
	case a.Operator == Numeric:
		p.needs.Numbers = Numbers{}
		words = append(words, a.Range.flags())
		words = append(words, halves(a.Range.From)...)
		words = append(words, halves(a.Range.To)...)
	case a.Operator == CIDR && a.Operands[0].Param:
		words = append(words, operandParam, p.param(pattern, a, a.Operands[0].Text))
	case a.Operator == CIDR:
		words = append(append(words, operandText), a.Block.words()...)
	default:
		for _, o := range a.Operands {
			words = append(words, p.encodeOperand(pattern, a, o)...)
		}
	}
	if a.isTexts() {
		head |= altTexts
	}
	words[0] = head | uint32(len(words))<<altLength
	return words
}

func (r Range) flags() (flags uint32) {
	if r.FromOpen {
		flags |= fromOpen
	}
	if r.ToOpen {
		flags |= toOpen
	}
	return flags
}

func halves(x float64) []uint32 {
	bits := math.Float64bits(x)
	return []uint32{uint32(bits), uint32(bits >> 32)}
}

// words gives the family and both bounds; readBlock reads them.
func (b *Block) words() []uint32 {
	words := make([]uint32, 9)
	if b.V6 {
		words[0] = 1
	}
	for i := range b.From {
		words[1+i/4] |= uint32(b.From[i]) << (24 - 8*(i%4))
		words[5+i/4] |= uint32(b.To[i]) << (24 - 8*(i%4))
	}
	return words
}

func (p *part) encodeOperand(pattern int, a *Alternative, o Operand) []uint32 {
	switch {
	case o.Param:
		return []uint32{operandParam, p.param(pattern, a, o.Text), 0}
	case o.Kind == '"':
		at, length := p.texts.add(o.Text)
		return []uint32{operandText, at, length}
	case o.Kind == 'n':
		return []uint32{operandNull, 0, 0}
	case o.Kind == 't':
		return []uint32{operandTrue, 0, 0}
	case o.Kind == 'f':
		return []uint32{operandFalse, 0, 0}
	}
	if n := ParseNumber([]byte(o.Text)); n.Comparable {
		p.needs.Numbers = Numbers{}
		return append([]uint32{operandNumber}, halves(n.Value)...)
	}
	at, length := p.texts.add(o.Text)
	return []uint32{operandSpelling, at, length}
}

// param adds an operand with parameters.
func (p *part) param(pattern int, a *Alternative, text string) uint32 {
	kind := AnyText
	switch {
	case a.Operator == CIDR:
		kind = BlockText
	case a.Operator == Wildcard:
		kind = WildcardText
	case a.Not && a.Operator != Equals:
		kind = NonEmptyText
	}
	param := Param{Text: text, Kind: kind, Rule: pattern}
	i := slices.Index(p.params, param)
	if i < 0 { // no other part has it
		i = len(p.params)
		p.params = append(p.params, param)
	}
	return uint32(i)
}

// texts puts texts end to end, each once.
type texts struct {
	all []byte
	at  map[string]uint32
}

func newTexts() texts { return texts{at: map[string]uint32{}} }

func (t *texts) add(s string) (at, length uint32) {
	at, ok := t.at[s]
	if !ok {
		at = uint32(len(t.all))
		t.at[s] = at
		t.all = append(t.all, s...)
	}
	return at, uint32(len(s))
}
