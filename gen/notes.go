package gen

import (
	"fmt"

	"github.com/jobgen/jobgen/internal/model"
)

// Note is a note on a package's stack as a whole.
type Note struct {
	Kind    NoteKind
	Pos     model.Pos // of the first rule that it is about
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

// Notes returns what the user should know before the package is deployed: what the functions
// that exist must have, rules that must share a grant, and buses with more rules than AWS's
// quotas allow. It counts only the rules of this package.
func Notes(p *model.Package) ([]Note, error) {
	s, err := newStack(p)
	if err != nil {
		return nil, err
	}
	notes := append(needNotes(s), grantNotes(s)...)
	notes = append(notes, quotaNotes(s, maxRules, "rules, more than its quota of %d (100 in some regions): ask AWS for more (Service Quotas, EventBridge), or split the package",
		func(*stackRule) bool { return true })...)
	return append(notes, quotaNotes(s, maxWildcardRules, "rules with wildcards, and AWS allows %d, which cannot be raised: use prefix or suffix, or another bus",
		func(r *stackRule) bool { return hasWildcard(r.Pattern) })...), nil
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

// quotaNotes returns a note for each bus that has more rules of a kind than a quota,
// at the first rule beyond it.
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
		if rules := perBus[bus.String()]; len(rules) > quota {
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
