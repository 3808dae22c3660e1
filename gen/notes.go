package gen

import (
	"fmt"
	"slices"

	"github.com/jobgen/jobgen/internal/model"
)

// Note is a note on a package's stack as a whole.
type Note struct {
	Kind    NoteKind
	Pos     model.Pos // of the first rule or property that it is about
	Message string
}

// NoteKind is the kind of a Note.
type NoteKind int

// The kinds of notes.
const (
	Quota    NoteKind = iota // a quota of AWS
	MustHave                 // what is outside of the files must have something
)

// EventBridge's quotas for one bus (user guide, eb-quota). The quota of rules is 100 in
// some regions and can be raised. The quota of rules with wildcards can't.
const (
	maxRules         = 300
	maxWildcardRules = 30
)

// maxManagedPolicies is the default quota of managed policies of a role (IAM user guide,
// reference_iam-quotas). It can be raised to 25.
const maxManagedPolicies = 10

// Notes returns what the user should know before the package is deployed: what functions and
// roles that exist must have, rules that must share a grant, and buses with more rules and roles
// with more policies than AWS's quotas allow. It counts only the rules of this package.
func Notes(p *model.Package) ([]Note, error) {
	s, err := newStack(p)
	if err != nil {
		return nil, err
	}
	notes := slices.Concat(needNotes(s), grantNotes(s), policyNotes(s))
	notes = append(notes, quotaNotes(s, maxRules, "rules, more than its quota of %d (100 in some regions): ask AWS for more (Service Quotas, EventBridge), or split the package",
		func(*stackRule) bool { return true })...)
	return append(notes, quotaNotes(s, maxWildcardRules, "rules with wildcards, and AWS allows %d, which cannot be raised: use prefix or suffix, or another bus",
		func(r *stackRule) bool { return hasWildcard(r.Pattern) })...), nil
}

// policyNotes returns a note for each role with more managed policies than the default quota.
func policyNotes(s *stack) []Note {
	var notes []Note
	for _, f := range s.Functions {
		if n := len(f.ManagedPolicies); n > maxManagedPolicies {
			notes = append(notes, Note{Pos: f.Pos, Message: fmt.Sprintf(
				"the role of %s has %d managed policies, more than the quota of %d that an account has at first: ask AWS for more (Service Quotas, IAM), or write iam_policy lines", f.Title, n, maxManagedPolicies)})
		}
	}
	return notes
}

func grantNotes(s *stack) []Note {
	var notes []Note
	for _, f := range s.Functions {
		for _, g := range f.Grants {
			notes = append(notes, Note{
				Pos: g.Rules[0].Pos,
				Message: fmt.Sprintf("%d rules share one permission to call the function of %s, for all rules of %s whose names have the prefix that the rule files give them: "+
					"one for each of its rules would make the function's policy about %d bytes long, and Lambda takes %d",
					len(g.Rules), f.Title, busTitle(g.Bus), f.policySize(), maxPolicySize),
			})
		}
	}
	return notes
}

// quotaNotes returns a note for each bus that has more rules of a kind than a quota, at the
// first rule beyond it. It counts the rules that exist together.
func quotaNotes(s *stack, quota int, what string, counts func(*stackRule) bool) []Note {
	perBus := make(map[string][]*stackRule)
	var buses []model.Text
	for _, r := range s.Rules() {
		if !counts(r) {
			continue
		}
		bus := r.EventBus.String()
		if perBus[bus] == nil {
			buses = append(buses, r.EventBus)
		}
		perBus[bus] = append(perBus[bus], r)
	}
	var notes []Note
	for _, bus := range buses {
		var rules []*stackRule
		for together := range model.Coexisting(s.model, perBus[bus.String()], func(r *stackRule) model.When { return r.Condition() }) {
			if len(together) > len(rules) {
				rules = together
			}
		}
		if len(rules) > quota {
			notes = append(notes, Note{
				Pos:     rules[quota].Pos,
				Message: fmt.Sprintf("%s has %d "+what, busTitle(bus), len(rules), quota),
			})
		}
	}
	return notes
}

func busTitle(bus model.Text) string {
	if len(bus) == 0 {
		return "the default bus"
	}
	return "the bus " + bus.String()
}

// hasWildcard reports whether a pattern uses the operator wildcard, alone or
// within anything-but.
func hasWildcard(v *model.Value) bool {
	if v == nil {
		return false
	}
	for _, item := range v.List {
		if hasWildcard(item) || item.Kind == model.Object && item.Field("wildcard") != nil {
			return true
		}
	}
	for _, f := range v.Fields {
		within := f.Key == "anything-but" && f.Value.Kind == model.Object && f.Value.Field("wildcard") != nil
		if within || hasWildcard(f.Value) {
			return true
		}
	}
	return false
}
