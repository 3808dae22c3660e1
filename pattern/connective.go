package pattern

import (
	"fmt"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/spell"
)

// meantOr reports a key that means $or or an AND in a language that
// resembles this one, with a list of objects of fields below it. EventBridge takes
// it for a field, and the objects for its alternatives, which they can't be: one
// problem says so in place of one for each of them.
func (c *checker) meantOr(m *member) bool {
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

// connective gives what a key is elsewhere, or seems to be a slip for: $or,
// "and", or "".
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

// hasBranch reports whether one of a list, which is of objects alone, is an object
// of fields for certain: none of its keys is an operator's or near one, and it
// holds what fields hold.
func hasBranch(list *node) bool {
	return !slices.ContainsFunc(list.items, func(n *node) bool { return n.kind != kindObject }) &&
		slices.ContainsFunc(list.items, isBranch)
}

func isBranch(n *node) bool {
	return len(n.members) > 0 && !slices.ContainsFunc(n.members, func(m member) bool {
		return m.value.kind < kindList || nearest(m.key, operatorWords) != ""
	})
}
