package pattern

import (
	"fmt"
	"maps"
	"slices"

	"github.com/jobgen/jobgen/internal/match"
)

const orKey = "$or"

// manyCombinations is where counting combinations ends.
const manyCombinations = 1_000_000

// isOr reports whether a member is the operator $or: its value is a list of two
// or more objects, none of which has an operator's word as a key. Otherwise it
// is a field that happens to be named so, as it was before the operator came.
func isOr(m *member) bool {
	if m.key != orKey || m.value.kind != kindList || len(m.value.items) < 2 {
		return false
	}
	for _, item := range m.value.items {
		if item.kind != kindObject || hasOperatorKey(item) {
			return false
		}
	}
	return true
}

func hasOperatorKey(n *node) bool {
	return slices.ContainsFunc(n.members, func(m member) bool {
		return isOperator(m.key)
	})
}

// combinations counts the rules that an object's $or multiply out to.
func combinations(n *node) int {
	product := 1
	for i := range n.members {
		m := &n.members[i]
		if m.replaced {
			continue
		}
		factor := 1
		switch {
		case isOr(m):
			factor = 0
			for _, branch := range m.value.items {
				factor = min(factor+combinations(branch), manyCombinations)
			}
		case m.value.kind == kindObject:
			factor = combinations(m.value)
		}
		product = min(product*factor, manyCombinations)
	}
	return product
}

func firstOr(n *node) *member {
	for i := range n.members {
		m := &n.members[i]
		if isOr(m) {
			return m
		}
		if m.value.kind == kindObject {
			if or := firstOr(m.value); or != nil {
				return or
			}
		}
	}
	return nil
}

// rule is a pattern with one branch chosen of every $or: the indexes of the
// fields that must all hold, no two of the same name, in the order of their
// names.
type rule []int

// draft is a rule in the making: the field for each name.
type draft map[string]int

// combine multiplies out the $or of a pattern. As in EventBridge, a field that
// is written later in a rule replaces an earlier one of the same name, so that
// inside and outside of a $or are not both demanded.
func combine(root *node, c *checker) []rule {
	b := &combiner{checker: c}
	drafts := b.object([]draft{{}}, root)
	rules := make([]rule, len(drafts))
	for i, d := range drafts {
		rules[i] = slices.SortedFunc(maps.Values(d), func(i, j int) int {
			return match.CompareNames(c.fields[i].Name(), c.fields[j].Name())
		})
	}
	return rules
}

type combiner struct {
	*checker
	warned map[[2]int]bool
}

func (b *combiner) object(drafts []draft, n *node) []draft {
	for i := range n.members {
		m := &n.members[i]
		switch {
		case m.replaced:
		case isOr(m):
			drafts = b.or(drafts, m.value)
		case m.value.kind == kindObject:
			drafts = b.object(drafts, m.value)
		default:
			b.put(drafts, b.fieldOf[m.value])
		}
	}
	return drafts
}

func (b *combiner) or(drafts []draft, list *node) []draft {
	var all []draft
	for _, branch := range list.items {
		copies := make([]draft, len(drafts))
		for i, d := range drafts {
			copies[i] = maps.Clone(d)
		}
		all = append(all, b.object(copies, branch)...)
	}
	return all
}

func (b *combiner) put(drafts []draft, field int) {
	name := b.fields[field].Name()
	for _, d := range drafts {
		if before, again := d[name]; again {
			b.warnReplaced(before, field)
		}
		d[name] = field
	}
}

// warnReplaced warns of a field that another one of its name replaces.
func (b *combiner) warnReplaced(before, after int) {
	if b.warned[[2]int{before, after}] {
		return
	}
	if b.warned == nil {
		b.warned = make(map[[2]int]bool)
	}
	b.warned[[2]int{before, after}] = true
	was, is := b.fields[before], b.fields[after]
	p := Problem{
		Kind: Replaced, Offset: is.Offset, End: is.End, Related: was.Offset, Found: shown(is.Path[len(is.Path)-1]),
		Message: fmt.Sprintf("%s inside $or and outside it: EventBridge doesn't join the two, this one replaces the other", is.Name()),
		Remedy:  "write in each branch all that is wanted of the field",
	}
	if len(was.Branches) == 0 && len(is.Branches) == 0 {
		p.Kind = DuplicateKey
		p.Message = fmt.Sprintf("%s comes again in another spelling: only its last value counts", is.Name())
		p.Remedy = "join the values in one list, or remove one"
	}
	b.warnings = append(b.warnings, p)
}
