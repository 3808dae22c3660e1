package pattern

import (
	"fmt"
	"maps"
	"slices"

	"github.com/jobgen/jobgen/internal/match"
)

const orKey = "$or"

// manyCombinations is the number at which counting combinations ends.
const manyCombinations = 1_000_000

// isOr reports whether a member is the operator $or: its value is a list of two or more
// objects, none of which has an operator's name as a key. Otherwise it is an ordinary
// field.
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

// combinations counts the rules that the $or in an object multiply out to.
func combinations(o *Object) int {
	product := 1
	for m := range o.effective() {
		factor := 1
		switch {
		case m.Branches != nil:
			factor = 0
			for _, branch := range m.Branches {
				factor = min(factor+combinations(branch), manyCombinations)
			}
		case m.Object != nil:
			factor = combinations(m.Object)
		}
		product = min(product*factor, manyCombinations)
	}
	return product
}

func firstOr(o *Object) *Member {
	for _, m := range o.Members {
		if m.Branches != nil {
			return m
		}
		if m.Object != nil {
			if or := firstOr(m.Object); or != nil {
				return or
			}
		}
	}
	return nil
}

// rule is a pattern with one branch chosen of each $or: fields that must all match, no
// two of them with the same name, sorted by name.
type rule []*Field

// draft is an unfinished rule: the fields by their names.
type draft map[string]*Field

// combine multiplies out the $or of a pattern. As in EventBridge, a field replaces
// those of the same name that come before it in the rule, so a field in a $or and one
// outside it are not joined by AND.
func combine(top *Object, f *findings) []rule {
	c := &combiner{findings: f, warned: map[[2]*Field]bool{}}
	var rules []rule
	for _, d := range c.object([]draft{{}}, top) {
		rules = append(rules, slices.SortedFunc(maps.Values(d), func(a, b *Field) int {
			return match.CompareNames(a.Name(), b.Name())
		}))
	}
	return rules
}

type combiner struct {
	*findings
	warned map[[2]*Field]bool
}

func (c *combiner) object(drafts []draft, o *Object) []draft {
	for m := range o.effective() {
		switch {
		case m.Branches != nil:
			drafts = c.or(drafts, m.Branches)
		case m.Object != nil:
			drafts = c.object(drafts, m.Object)
		default:
			c.put(drafts, m.Field)
		}
	}
	return drafts
}

func (c *combiner) or(drafts []draft, branches []*Object) []draft {
	var all []draft
	for _, branch := range branches {
		copies := make([]draft, len(drafts))
		for i, d := range drafts {
			copies[i] = maps.Clone(d)
		}
		all = append(all, c.object(copies, branch)...)
	}
	return all
}

func (c *combiner) put(drafts []draft, f *Field) {
	name := f.Name()
	for _, d := range drafts {
		if earlier := d[name]; earlier != nil {
			c.warnReplaced(earlier, f)
		}
		d[name] = f
	}
}

// warnReplaced warns, once, that a field replaces an earlier one of the same name.
func (c *combiner) warnReplaced(earlier, f *Field) {
	pair := [2]*Field{earlier, f}
	if c.warned[pair] {
		return
	}
	c.warned[pair] = true
	p := Problem{
		Kind: Replaced, Offset: f.Offset, End: f.End, Related: earlier.Offset, Found: shown(f.Path[len(f.Path)-1]),
		Message: fmt.Sprintf("%s inside $or and outside it: EventBridge doesn't join the two, this one replaces the other", f.Name()),
		Remedy:  "write in each branch all that is wanted of the field",
	}
	if len(earlier.Branches) == 0 && len(f.Branches) == 0 {
		p.Kind = DuplicateKey
		p.Message = fmt.Sprintf("%s occurs again in another spelling: only its last value counts", f.Name())
		p.Remedy = "join the values in one list, or remove one"
	}
	c.warnings = append(c.warnings, p)
}
