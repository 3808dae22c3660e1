package lint

import (
	"slices"
	"strings"

	"github.com/jobgen/jobgen/pattern"
)

// conjunct is one way in which a pattern can match: its members with one branch chosen
// of each $or, wherever it is.
type conjunct struct {
	members []*pattern.Member
}

// How many conjuncts are looked at. Of a pattern with more than maxConjuncts, each branch
// is in one of them at least, as long as there are no more branches than AWS takes
// combinations (user guide, eb-create-pattern-operators).
const (
	maxConjuncts = 64
	maxBranches  = 1000
)

// conjuncts multiplies out the branches of the rule's pattern.
func (r *Rule) conjuncts() []conjunct { return conjuncts(r.Pattern.Top()) }

func conjuncts(o *pattern.Object) []conjunct {
	all := []conjunct{{}}
	for _, m := range o.Members {
		switch {
		case m.Branches != nil:
			all = times(all, branches(m.Branches))
		case m.Object != nil && hasOr(m.Object):
			all = times(all, versions(m))
		default:
			all = times(all, []conjunct{{[]*pattern.Member{m}}})
		}
	}
	return all
}

// branches are the conjuncts of all branches of a $or.
func branches(objects []*pattern.Object) []conjunct {
	var all []conjunct
	for _, branch := range objects {
		all = append(all, conjuncts(branch)...)
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

// times puts each choice behind each conjunct. Where that is too many, each of both is
// taken once at least.
func times(all, choices []conjunct) []conjunct {
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
func (c conjunct) field(path string) *pattern.Field {
	for _, m := range c.members {
		if found := fieldAt(m, path); found != nil {
			return found
		}
	}
	return nil
}

// fieldAt finds the field at a dotted path that begins with the member's key.
func fieldAt(m *pattern.Member, path string) *pattern.Field {
	if m.Key == path {
		return m.Field
	}
	rest, ok := strings.CutPrefix(path, m.Key+".")
	if !ok || m.Object == nil {
		return nil
	}
	for _, inner := range m.Object.Members {
		if found := fieldAt(inner, rest); found != nil {
			return found
		}
	}
	return nil
}

// detailMembers returns the members of a conjunct that are about the event's own fields.
// That detail itself has no values is checkEnvelope's to report.
func (c conjunct) detailMembers() []*pattern.Member {
	var all []*pattern.Member
	for _, m := range c.members {
		if first, _, _ := strings.Cut(m.Key, "."); first == "detail" && (m.Key != first || m.Object != nil) {
			all = append(all, m)
		}
	}
	return all
}

// detailNames returns the names of the detail's own fields that a conjunct names.
func (c conjunct) detailNames() []string {
	var names []string
	for _, m := range c.detailMembers() {
		if _, rest, ok := strings.Cut(m.Key, "."); ok {
			first, _, _ := strings.Cut(rest, ".")
			names = append(names, first)
			continue
		}
		for _, inner := range m.Object.Members {
			first, _, _ := strings.Cut(inner.Key, ".")
			names = append(names, first)
		}
	}
	return names
}
