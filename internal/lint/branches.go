package lint

import (
	"slices"
	"strings"

	"github.com/jobgen/jobgen/pattern"
)

// conjunct is one alternative of a pattern: its members, with one branch of each $or in the
// place of the $or. An event matches the pattern if it matches one of its conjuncts.
type conjunct struct {
	members []*pattern.Member
}

// The numbers of conjuncts that the checks use. Of a pattern with more than maxConjuncts,
// each branch is in at least one of them, as long as there are no more branches than AWS
// takes combinations (user guide, eb-create-pattern-operators).
const (
	maxConjuncts = 64
	maxBranches  = 1000
)

// conjuncts returns the conjuncts of the rule's pattern.
func (r *Rule) conjuncts() []conjunct { return conjuncts(r.Pattern.Top()) }

func conjuncts(o *pattern.Object) []conjunct {
	all := []conjunct{{}}
	for _, m := range o.Members {
		switch {
		case m.Branches != nil:
			all = product(all, concat(m.Branches, conjuncts))
		case m.Object != nil && hasOr(m.Object):
			all = product(all, versions(m))
		default:
			all = product(all, []conjunct{{[]*pattern.Member{m}}})
		}
	}
	return all
}

// versions returns a member with an object once for each of the object's conjuncts.
func versions(m *pattern.Member) []conjunct {
	var all []conjunct
	for _, inner := range conjuncts(m.Object) {
		version := *m
		version.Object = &pattern.Object{Offset: m.Object.Offset, Members: inner.members}
		all = append(all, conjunct{[]*pattern.Member{&version}})
	}
	return all
}

// hasOr reports whether there is a $or in an object or below.
func hasOr(o *pattern.Object) bool {
	return slices.ContainsFunc(o.Members, func(m *pattern.Member) bool {
		return m.Branches != nil || m.Object != nil && hasOr(m.Object)
	})
}

// product returns each conjunct with each choice behind it. If that is too many, it returns
// each conjunct and each choice at least once.
func product(all, choices []conjunct) []conjunct {
	n, each := len(all)*len(choices), len(choices)
	if n > maxConjuncts {
		n, each = min(max(len(all), len(choices)), maxBranches), 1
	}
	next := make([]conjunct, n)
	for i := range next {
		next[i] = conjunct{slices.Concat(all[i/each%len(all)].members, choices[i%len(choices)].members)}
	}
	return next
}

// field returns the field at a dotted path, nil if the conjunct doesn't have it.
func (c conjunct) field(path string) *pattern.Field { return fieldAt(c.members, path) }

func fieldAt(members []*pattern.Member, path string) *pattern.Field {
	for _, m := range members {
		if m.Key == path && m.Field != nil {
			return m.Field
		}
		if rest, ok := strings.CutPrefix(path, m.Key+"."); ok && m.Object != nil {
			if found := fieldAt(m.Object.Members, rest); found != nil {
				return found
			}
		}
	}
	return nil
}

// detailMembers returns the members of a conjunct that are about fields of the detail. It
// leaves out a value of the detail itself, which checkEnvelope reports.
func (c conjunct) detailMembers() []*pattern.Member {
	var all []*pattern.Member
	for _, m := range c.members {
		if first, _, _ := strings.Cut(m.Key, "."); first == "detail" && (m.Key != first || m.Object != nil) {
			all = append(all, m)
		}
	}
	return all
}

// detailNames returns the names of the detail's fields that a conjunct names.
func (c conjunct) detailNames() []string {
	var names []string
	add := func(key string) {
		first, _, _ := strings.Cut(key, ".")
		names = append(names, first)
	}
	for _, m := range c.detailMembers() {
		if rest, ok := strings.CutPrefix(m.Key, "detail."); ok {
			add(rest)
			continue
		}
		for _, inner := range m.Object.Members {
			add(inner.Key)
		}
	}
	return names
}
