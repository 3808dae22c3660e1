// Package deployed has the rules of packages as they are when they are deployed: parameters
// have values, rules whose condition is false don't exist, and patterns are compiled.
//
// The commands that answer what fires for an event (jobgen which) and those that run functions
// locally (jobgen run and jobgen dev) share it.
package deployed

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/spell"
	"github.com/jobgen/jobgen/pattern"
)

// Rule is a rule with its compiled pattern. Parameters have values, as in the function.
type Rule struct {
	*model.Rule
	Package *model.Package
	// Compiled decides whether the rule fires for an event. It is nil if the rule is absent.
	Compiled *pattern.Pattern
	// Values has the values of parameters: those of the package that are known, and all that the
	// pattern refers to.
	Values map[string]string
	// Absent says with which value of a parameter the rule doesn't exist, and when it does. It is
	// empty for a rule that exists.
	Absent string
	Open   []string // the parameters in the rule's condition that have no value
}

// Rules compiles the rules of all packages.
func Rules(packages []*model.Package, given Parameters) ([]*Rule, error) {
	var rules []*Rule
	for _, p := range packages {
		if err := given.checkEnvironment(p); err != nil {
			return nil, err
		}
		for _, r := range p.Rules() {
			rule := &Rule{Rule: r, Package: p, Values: given.Of(p)}
			if err := rule.compile(); err != nil {
				return nil, err
			}
			rules = append(rules, rule)
		}
	}
	return rules, nil
}

// Partition divides rules into those that exist and those that don't.
func Partition(rules []*Rule) (existing, absent []*Rule) {
	for _, r := range rules {
		if r.Absent == "" {
			existing = append(existing, r)
		} else {
			absent = append(absent, r)
		}
	}
	return existing, absent
}

// Find compiles the rule with an id. With examples, parameters without a value get one. A
// rule that doesn't exist is an error.
func Find(packages []*model.Package, id string, given Parameters, examples bool) (*Rule, error) {
	rule, err := withID(packages, id, given)
	if err != nil {
		return nil, err
	}
	if examples {
		rule.addExamples()
	}
	if err := rule.compile(); err != nil {
		return nil, err
	}
	if rule.Absent != "" {
		return nil, fmt.Errorf("rule %s: %s; -param gives a parameter another value", id, rule.Absent)
	}
	return rule, nil
}

// withID returns the rule with an id. It is not compiled.
func withID(packages []*model.Package, id string, given Parameters) (*Rule, error) {
	var ids []string
	var found *Rule
	for _, p := range packages {
		for _, r := range p.Rules() {
			ids = append(ids, r.ID)
			switch {
			case r.ID != id:
			case found != nil:
				return nil, fmt.Errorf("the packages %s and %s both have a rule %s; give one of them another id", found.Package.Path, p.Path, id)
			default:
				found = &Rule{Rule: r, Package: p, Values: given.Of(p)}
			}
		}
	}
	if found != nil {
		return found, given.checkEnvironment(found.Package)
	}
	return nil, NoRule(id, ids)
}

// NoRule is the error for an id that no rule has.
func NoRule(id string, ids []string) error {
	message := fmt.Sprintf("no rule has the id %q", id)
	if near, ok := spell.Nearest(id, ids); ok {
		return fmt.Errorf("%s; did you mean %q?", message, near)
	}
	return fmt.Errorf("%s; there are %s", message, strings.Join(ids, ", "))
}

// addExamples gives values to the parameters of the rule's condition and pattern that have none.
func (r *Rule) addExamples() {
	for _, name := range append(r.Condition().Params(), r.Matcher().Params()...) {
		if _, ok := r.Values[name]; !ok {
			r.Values[name] = exampleOf(r.Package, r.Rule, name)
		}
	}
}

// compile evaluates the rule's condition and compiles its pattern.
func (r *Rule) compile() error {
	condition := r.Condition()
	if t, fails := condition.Fails(r.Values); fails {
		r.Absent = fmt.Sprintf("it does not exist with %s=%s, only if %s", t.Param, r.Values[t.Param], condition)
		return nil
	}
	r.Open = slices.DeleteFunc(condition.Params(), func(name string) bool {
		_, known := r.Values[name]
		return known
	})
	m := r.Matcher()
	for _, name := range m.Params() {
		if _, ok := r.Values[name]; !ok {
			return fmt.Errorf("rule %s refers to the parameter %s: give it a value with -param %[2]s=…, or in the environment", r.ID, name)
		}
	}
	src := m.With(r.Values).JSON(model.PlainText)
	var err error
	if r.Compiled, err = pattern.Parse([]byte(src)); err != nil {
		return fmt.Errorf("rule %s, with its parameters filled in: %w", r.ID, err)
	}
	return nil
}

// Reasons returns why the rule matches an event, or the first reason why it does not. Long
// values are cut unless whole is set.
func (r *Rule) Reasons(why pattern.Explanation, whole bool) []string {
	list := why.Reasons
	if !why.Matched && len(list) > 1 {
		list = list[:1]
	}
	texts := []string{}
	for _, reason := range list {
		text := reason.String()
		if whole {
			text = reason.Whole()
		}
		texts = append(texts, text)
	}
	if r.Schedule != nil && !why.Matched {
		when := "it fires on " + r.Text(r.Schedule)
		if r.Scheduler != nil && r.Scheduler.Timezone != nil {
			when += " in " + r.Text(r.Scheduler.Timezone)
		}
		texts = append(texts, when)
	}
	return texts
}

// Text returns a text of the rule with the values of parameters. A parameter without a value
// is written as ${Name}.
func (r *Rule) Text(t model.Text) string { return t.With(r.Values).String() }

// StateName returns the rule's state, as API_PutRule has it.
func (r *Rule) StateName() string { return cmp.Or(r.Text(r.State), model.Enabled) }
