package pattern

import (
	"fmt"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/spell"
)

// reportConnective reports a key that means OR or AND in similar languages and whose
// value is a list of objects with fields. EventBridge reads it as a field, and the
// objects as its alternatives, which is invalid. reportConnective reports one problem
// instead of one for each object.
func (c *checker) reportConnective(m *member) bool {
	word := connective(m.key)
	if word == "" || !hasBranch(m.value) {
		return false
	}
	p := Problem{Kind: UnknownOperator, Offset: m.start, End: m.end, Found: shown(m.key)}
	if word == orKey {
		p.Message = fmt.Sprintf("%s is not an operator, and a field takes no objects of fields", shown(m.key))
		p.Remedy = "$or takes a list of two or more of them, none with a field that is named as an operator"
		p.Suggestion = orKey
	} else {
		p.Message = fmt.Sprintf("%s is not an operator", shown(m.key))
		p.Remedy = "the fields of an object are joined by AND already: write them all in the object around it"
	}
	c.report(p)
	return true
}

// connective returns what a key probably means: $or, "and", or "".
func connective(key string) string {
	switch plain := plainWord(key); {
	case slices.Contains([]string{"or", "any", "anyof", "oneof"}, plain):
		return orKey
	case slices.Contains([]string{"and", "all", "allof"}, plain):
		return "and"
	case strings.HasPrefix(key, "$") && plain != "nor" && spell.Distance(plain, "or") <= 1:
		return orKey
	}
	return ""
}

// hasBranch reports whether all items of a list are objects and one of them is certainly
// a branch.
func hasBranch(list *node) bool {
	return !slices.ContainsFunc(list.items, func(n *node) bool { return n.kind != kindObject }) &&
		slices.ContainsFunc(list.items, isBranch)
}

// isBranch reports whether an object certainly has fields and no operator: no key is
// similar to an operator, and all values are objects or lists.
func isBranch(n *node) bool {
	return len(n.members) > 0 && !slices.ContainsFunc(n.members, func(m member) bool {
		return m.value.kind < kindList || nearest(m.key, operatorWords) != ""
	})
}
