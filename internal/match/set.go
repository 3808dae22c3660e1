package match

import (
	"slices"
	"sort"
	"strings"

	"github.com/jobgen/jobgen/internal/jsonscan"
)

// Field is a field of a rule: its keys and its test.
type Field struct {
	Path []string
	Test *Test
}

// Set is a set of rules with an index. It is immutable and may be used concurrently.
type Set struct {
	nodes     []node // the first is the event itself
	fields    []field
	rules     []rule
	unindexed []int // rules that every event is tested against
}

// node is a key in the tree of keys.
type node struct {
	key    string
	parent int
	// below holds the first of the nodes below for each jsonscan.EndsBit of their keys,
	// or is nil. next is the next node with the same bit.
	below *[64]int
	next  int
	// nested reports whether a node below has nodes below it, so a key with dots can
	// refer to them.
	nested bool
	leaf   bool // a field ends here, so values are recorded
	// The fields of the node that index rules: those whose alternatives are all strings,
	// by the strings, and those that are tested with each value.
	byText   map[string][]int
	textEnds uint64 // the bits of the strings (jsonscan.EndsBit), which most others lack
	tested   []int
	// textUses counts the rules that have a string as an alternative here.
	textUses map[string]int
}

// field is a distinct pair of a node and a test. Rules share fields.
type field struct {
	node  int
	test  *Test
	rules []int // that it indexes
}

// rule is a list of fields that must all match.
type rule struct {
	pattern int
	fields  []int // sorted by name; the order matters for lists and exists: false
	ordered []int // the most selective field first
	// shared are the nodes with several of the fields below them, except the event.
	shared []int
}

// Builder builds a Set.
type Builder struct {
	set     *Set
	fieldOf map[fieldKey]int
}

type fieldKey struct {
	node int
	test string
}

// NewBuilder returns a builder of a set without rules.
func NewBuilder() *Builder {
	return &Builder{set: &Set{nodes: []node{{}}}, fieldOf: map[fieldKey]int{}}
}

// Rule adds a rule of the pattern with the given index. The fields are sorted by name.
// Rules must be added in the order of their patterns.
func (b *Builder) Rule(pattern int, fields []Field) {
	r := rule{pattern: pattern}
	users := map[int]int{}
	for _, f := range fields {
		node := b.path(f.Path)
		b.set.nodes[node].countTexts(f.Test)
		r.fields = append(r.fields, b.field(node, f.Test))
		for ; node != 0; node = b.set.nodes[node].parent {
			users[node]++
			if users[node] == 2 {
				r.shared = append(r.shared, node)
			}
		}
	}
	b.set.rules = append(b.set.rules, r)
}

// path returns the node of a field, and adds it if necessary.
func (b *Builder) path(keys []string) int {
	at := 0
	for _, key := range keys {
		below := b.set.child(&b.set.nodes[at], []byte(key))
		if below == 0 {
			below = b.addNode(at, key)
		}
		at = below
	}
	b.set.nodes[at].leaf = true
	return at
}

func (b *Builder) addNode(parent int, key string) int {
	below := len(b.set.nodes)
	n := &b.set.nodes[parent]
	if n.below == nil {
		n.below = new([64]int)
	}
	first := &n.below[jsonscan.EndsBitOf(key)]
	next := *first
	*first = below
	if parent != 0 {
		b.set.nodes[n.parent].nested = true
	}
	b.set.nodes = append(b.set.nodes, node{key: key, parent: parent, next: next})
	return below
}

// field returns the index of a field, and adds it if necessary.
func (b *Builder) field(at int, test *Test) int {
	key := fieldKey{at, test.key}
	number, ok := b.fieldOf[key]
	if !ok {
		number = len(b.set.fields)
		b.fieldOf[key] = number
		b.set.fields = append(b.set.fields, field{node: at, test: test})
	}
	return number
}

// countTexts counts the strings among a test's alternatives.
func (n *node) countTexts(test *Test) {
	if n.textUses == nil {
		n.textUses = map[string]int{}
	}
	for i := range test.alternatives {
		if a := &test.alternatives[i]; a.isText() {
			n.textUses[a.Operands[0].Text]++
		}
	}
}

// Set indexes the rules and returns the set. The builder must not be used after that.
func (b *Builder) Set() *Set {
	s := b.set
	for i := range s.rules {
		r := &s.rules[i]
		r.ordered = s.bySelectivity(r.fields)
		if len(r.ordered) == 0 || s.fields[r.ordered[0]].test.absence {
			s.unindexed = append(s.unindexed, i)
			continue
		}
		s.index(r.ordered[0], i)
	}
	return s
}

// bySelectivity returns fields sorted by their breadths. It uses package sort, because the
// generic functions of slices would make programs larger.
func (s *Set) bySelectivity(fields []int) []int {
	o := ordering{fields: slices.Clone(fields)}
	for _, number := range fields {
		o.breadths = append(o.breadths, s.breadth(number))
	}
	sort.Stable(o)
	return o.fields
}

// ordering sorts fields by their breadths.
type ordering struct{ fields, breadths []int }

func (o ordering) Len() int           { return len(o.fields) }
func (o ordering) Less(i, j int) bool { return o.breadths[i] < o.breadths[j] }
func (o ordering) Swap(i, j int) {
	o.fields[i], o.fields[j] = o.fields[j], o.fields[i]
	o.breadths[i], o.breadths[j] = o.breadths[j], o.breadths[i]
}

// breadth estimates how many events match a field, as a number of rules for whose events
// it matches. It is largest for a field that matches absence.
func (s *Set) breadth(number int) int {
	f := &s.fields[number]
	switch {
	case f.test.absence:
		return 4 * len(s.rules)
	case !f.test.onlyTexts:
		return f.test.breadth(len(s.rules))
	}
	sum := 0
	for i := range f.test.alternatives {
		sum += s.nodes[f.node].textUses[f.test.alternatives[i].Operands[0].Text]
	}
	return sum
}

// breadth estimates the same for a test with operators. anything-but and exists match
// nearly every event.
func (t *Test) breadth(rules int) int {
	for i := range t.alternatives {
		if a := &t.alternatives[i]; a.Not || a.Operator == Exists {
			return 2 * rules
		}
	}
	return rules/2 + 1
}

// index adds a rule to those that a field indexes.
func (s *Set) index(number, rule int) {
	f := &s.fields[number]
	f.rules = append(f.rules, rule)
	if len(f.rules) > 1 {
		return // the field is indexed already
	}
	n := &s.nodes[f.node]
	if !f.test.onlyTexts {
		n.tested = append(n.tested, number)
		return
	}
	if n.byText == nil {
		n.byText = map[string][]int{}
	}
	for i := range f.test.alternatives {
		text := f.test.alternatives[i].Operands[0].Text
		n.textEnds |= 1 << jsonscan.EndsBitOf(text)
		if !slices.Contains(n.byText[text], number) {
			n.byText[text] = append(n.byText[text], number)
		}
	}
}

// child returns the node of a key below a node, or 0.
func (s *Set) child(n *node, key []byte) int {
	if n.below == nil {
		return 0
	}
	below := n.below[jsonscan.EndsBitOf(key)]
	for below != 0 && s.nodes[below].key != string(key) {
		below = s.nodes[below].next
	}
	return below
}

// descend returns the node of a key with dots, whose parts are nested keys, or 0.
func (s *Set) descend(at int, key string) int {
	for part := range strings.SplitSeq(key, ".") {
		if at = s.child(&s.nodes[at], []byte(part)); at == 0 {
			return 0
		}
	}
	return at
}
