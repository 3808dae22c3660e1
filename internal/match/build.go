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
	nodes   []nodeDraft
	rules   []ruleDraft
	tests   []testDraft
	testOf  map[string]int // by the test's words
	fields  []fieldDraft
	users   []int      // how many rules have each field
	leads   [][]uint32 // the rules that are looked up by it
	fieldOf map[fieldDraft]uint32

	texts  texts
	words  []uint32 // of the tests, until Table is called
	params []Param
	needs  Table // its Rare, Numbers and Lists
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

// NewBuilder makes a builder of a table without rules.
func NewBuilder() *Builder {
	return &Builder{nodes: []nodeDraft{{}}, testOf: map[string]int{}, fieldOf: map[fieldDraft]uint32{}, texts: newTexts()}
}

// Rule adds a rule of the pattern with an index: fields that must all hold, in the
// order of their names. Rules are added in the order of their patterns.
func (b *Builder) Rule(pattern int, fields []Field) {
	r := ruleDraft{pattern: pattern}
	used := map[uint32]int{}
	for _, f := range fields {
		d := fieldDraft{b.path(f.Path), b.test(pattern, f)}
		r.fields = append(r.fields, b.field(d))
		n := &b.nodes[d.node]
		n.leaf = true
		n.note(d.test, f.Alternatives)
		for node := d.node; node != 0; node = b.nodes[node].parent {
			used[node]++
		}
	}
	for _, node := range slices.Sorted(maps.Keys(used)) {
		b.nodes[node].users++
		if used[node] > 1 {
			r.shared = append(r.shared, node)
			b.needs.Lists = Lists{}
		}
	}
	b.rules = append(b.rules, r)
}

// field returns the number of a rule's field.
func (b *Builder) field(d fieldDraft) uint32 {
	field, ok := b.fieldOf[d]
	if !ok {
		field = uint32(len(b.fields))
		b.fieldOf[d] = field
		b.fields, b.users, b.leads = append(b.fields, d), append(b.users, 0), append(b.leads, nil)
	}
	b.users[field]++
	return field
}

// path returns the node of a field.
func (b *Builder) path(keys []string) uint32 {
	node := uint32(0)
	for _, key := range keys {
		i := slices.IndexFunc(b.nodes[node].children, func(c uint32) bool { return b.nodes[c].key == key })
		if i >= 0 {
			node = b.nodes[node].children[i]
			continue
		}
		child := uint32(len(b.nodes))
		b.nodes[node].children = append(b.nodes[node].children, child)
		b.nodes = append(b.nodes, nodeDraft{key: key, parent: node, depth: b.nodes[node].depth + 1})
		node = child
	}
	return node
}

// test returns the index of a field's test. Fields may share one, if they have no
// parameters.
func (b *Builder) test(pattern int, f Field) int {
	before := len(b.params)
	encoded := b.encodeTest(pattern, f)
	key := string(bytesOf(encoded))
	if test, ok := b.testOf[key]; ok && len(b.params) == before {
		return test
	}
	test := len(b.tests)
	b.testOf[key] = test
	b.tests = append(b.tests, testDraft{uint32(len(b.words)), f.Alternatives, encoded[0]&testDigits != 0})
	b.words = append(b.words, encoded...)
	return test
}

func bytesOf(words []uint32) []byte {
	all := make([]byte, 0, 4*len(words))
	for _, w := range words {
		all = append(all, byte(w), byte(w>>8), byte(w>>16), byte(w>>24))
	}
	return all
}

func (b *Builder) encodeTest(pattern int, f Field) []uint32 {
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
		words = append(words, b.encodeAlternative(pattern, &a)...)
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

func (b *Builder) encodeAlternative(pattern int, a *Alternative) []uint32 {
	if a.isRare() {
		b.needs.Rare = RareOperators{}
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
		b.needs.Numbers = Numbers{}
		words = append(words, a.Range.flags())
		words = append(words, halves(a.Range.From)...)
		words = append(words, halves(a.Range.To)...)
	case a.Operator == CIDR && a.Operands[0].Param:
		words = append(words, operandParam, b.param(pattern, a, a.Operands[0].Text))
	case a.Operator == CIDR:
		words = append(append(words, operandText), a.Block.words()...)
	default:
		for _, o := range a.Operands {
			words = append(words, b.encodeOperand(pattern, a, o)...)
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

func (b *Builder) encodeOperand(pattern int, a *Alternative, o Operand) []uint32 {
	switch {
	case o.Param:
		return []uint32{operandParam, b.param(pattern, a, o.Text), 0}
	case o.Kind == '"':
		at, length := b.texts.add(o.Text)
		return []uint32{operandText, at, length}
	case o.Kind == 'n':
		return []uint32{operandNull, 0, 0}
	case o.Kind == 't':
		return []uint32{operandTrue, 0, 0}
	case o.Kind == 'f':
		return []uint32{operandFalse, 0, 0}
	}
	if n := ParseNumber([]byte(o.Text)); n.Comparable {
		b.needs.Numbers = Numbers{}
		return append([]uint32{operandNumber}, halves(n.Value)...)
	}
	at, length := b.texts.add(o.Text)
	return []uint32{operandSpelling, at, length}
}

// param adds an operand with parameters.
func (b *Builder) param(pattern int, a *Alternative, text string) uint32 {
	kind := AnyText
	switch {
	case a.Operator == CIDR:
		kind = BlockText
	case a.Operator == Wildcard:
		kind = WildcardText
	case a.Not && a.Operator != Equals:
		kind = NonEmptyText
	}
	b.params = append(b.params, Param{Text: text, Kind: kind, Rule: pattern})
	return uint32(len(b.params) - 1)
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
