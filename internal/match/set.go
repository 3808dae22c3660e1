package match

import (
	"slices"
	"sort"
	"strings"

	"github.com/jobgen/jobgen/internal/jsonscan"
)

// Field is a field of a rule: the keys that lead to it, and what it must be.
type Field struct {
	Path []string
	Test *Test
}

// Set is a set of rules, indexed for matching. It does not change once it is
// made, so several goroutines may use it at once.
type Set struct {
	nodes  []node // the first is the event itself
	fields []field
	rules  []rule
	always []int // rules that no field leads to
}

// node is a key that rules name.
type node struct {
	key    string
	parent int
	// below has the first of the nodes below by jsonscan.EndsBit of their keys, nil
	// if there are none. The others of the same bit follow by next.
	below *[64]int
	next  int
	// nested says that a node below has nodes below itself, so that a key with
	// dots may lead to them.
	nested bool
	leaf   bool // a field ends here, so values are recorded
	// Which of the node's fields that lead to rules a value may fulfil: those of
	// whole strings by the string, and those that each value is tested for.
	texts    map[string][]int
	textEnds uint64 // jsonscan.EndsBit of all texts; most other strings have none of them
	tested   []int
	// wanted counts the rules that want a string here.
	wanted map[string]int
}

// field is a distinct pair of a node and a test. Rules share it.
type field struct {
	node  int
	test  *Test
	rules []int // that it leads to
}

// rule is a list of fields that must all hold.
type rule struct {
	pattern int
	fields  []int // in the order of their names, which decides where lists and exists: false meet
	ordered []int // the most selective first
	// shared are the nodes that have several of the fields below them, the event
	// aside.
	shared []int
}

// Builder makes a Set.
type Builder struct {
	set     *Set
	fieldOf map[fieldKey]int
}

type fieldKey struct {
	node int
	test string
}

// NewBuilder makes a builder of a set without rules.
func NewBuilder() *Builder {
	return &Builder{set: &Set{nodes: []node{{}}}, fieldOf: map[fieldKey]int{}}
}

// Rule adds a rule of the pattern with an index: fields that must all hold, in the
// order of their names. Rules are added in the order of their patterns.
func (b *Builder) Rule(pattern int, fields []Field) {
	r := rule{pattern: pattern}
	users := map[int]int{}
	for _, f := range fields {
		node := b.path(f.Path)
		b.set.nodes[node].countStrings(f.Test)
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

// path returns the node of a field, which it makes for the first one.
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

// field returns the number of a field.
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

// countStrings counts the strings that a test compares a value with as a whole.
func (n *node) countStrings(test *Test) {
	if n.wanted == nil {
		n.wanted = map[string]int{}
	}
	for i := range test.alternatives {
		if a := &test.alternatives[i]; a.isText() {
			n.wanted[a.Operands[0].Text]++
		}
	}
}

// Set indexes the rules and returns the set. The builder is of no use after that.
func (b *Builder) Set() *Set {
	s := b.set
	for i := range s.rules {
		r := &s.rules[i]
		r.ordered = s.bySelectivity(r.fields)
		if len(r.ordered) == 0 || s.fields[r.ordered[0]].test.absence {
			s.always = append(s.always, i)
			continue
		}
		s.lead(r.ordered[0], i)
	}
	return s
}

// bySelectivity returns fields in the order of their breadths. The package sort makes
// the program smaller than slices would, which has its code once for each type.
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

// breadth estimates how many rules' events a field holds for; a field that may
// hold without a value comes last.
func (s *Set) breadth(number int) int {
	f := &s.fields[number]
	switch {
	case f.test.absence:
		return 4 * len(s.rules)
	case !f.test.texts:
		return f.test.breadth(len(s.rules))
	}
	sum := 0
	for i := range f.test.alternatives {
		sum += s.nodes[f.node].wanted[f.test.alternatives[i].Operands[0].Text]
	}
	return sum
}

// breadth estimates the same for a test that is not of whole strings alone:
// anything-but and exists hold nearly always.
func (t *Test) breadth(rules int) int {
	for i := range t.alternatives {
		if a := &t.alternatives[i]; a.Not || a.Operator == Exists {
			return 2 * rules
		}
	}
	return rules/2 + 1
}

// lead makes a field lead to a rule.
func (s *Set) lead(number, rule int) {
	f := &s.fields[number]
	f.rules = append(f.rules, rule)
	if len(f.rules) > 1 {
		return // the field is indexed already
	}
	n := &s.nodes[f.node]
	if !f.test.texts {
		n.tested = append(n.tested, number)
		return
	}
	if n.texts == nil {
		n.texts = map[string][]int{}
	}
	for i := range f.test.alternatives {
		text := f.test.alternatives[i].Operands[0].Text
		n.textEnds |= 1 << jsonscan.EndsBitOf(text)
		if !slices.Contains(n.texts[text], number) {
			n.texts[text] = append(n.texts[text], number)
		}
	}
}

// child returns the node of a key below a node, 0 if there is none.
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

// descend returns the node that a key leads to whose parts are keys below each
// other, 0 if there is none.
func (s *Set) descend(at int, key string) int {
	for part := range strings.SplitSeq(key, ".") {
		if at = s.child(&s.nodes[at], []byte(part)); at == 0 {
			return 0
		}
	}
	return at
}
