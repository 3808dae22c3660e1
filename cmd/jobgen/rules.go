package main

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/spell"
	"github.com/jobgen/jobgen/parse"
	"github.com/jobgen/jobgen/pattern"
)

// liveRule is a rule with its compiled pattern. Parameters have values, as in the function.
type liveRule struct {
	*model.Rule
	pkg     *model.Package
	pattern *pattern.Pattern // nil if the rule is absent
	// values has the values of parameters: those of the package that are known, and all that the
	// pattern refers to.
	values map[string]string
	// absent says with which value of a parameter the rule doesn't exist, and when it does. It is
	// empty for a rule that exists.
	absent string
	open   []string // the parameters in the rule's condition that have no value
}

// liveRules compiles the rules of all packages.
func liveRules(res *parse.Result, given parameters) ([]*liveRule, error) {
	var rules []*liveRule
	for _, p := range res.Packages {
		if err := given.checkEnvironment(p); err != nil {
			return nil, err
		}
		for _, r := range p.Rules() {
			live := &liveRule{Rule: r, pkg: p, values: given.of(p)}
			if err := live.compile(); err != nil {
				return nil, err
			}
			rules = append(rules, live)
		}
	}
	return rules, nil
}

// partition divides rules into those that exist and those that don't.
func partition(rules []*liveRule) (existing, absent []*liveRule) {
	for _, r := range rules {
		if r.absent == "" {
			existing = append(existing, r)
		} else {
			absent = append(absent, r)
		}
	}
	return existing, absent
}

// addExamples gives values to the parameters of the rule's condition and pattern that have none.
func (r *liveRule) addExamples() {
	for _, name := range append(r.Condition().Params(), r.Matcher().Params()...) {
		if _, ok := r.values[name]; !ok {
			r.values[name] = exampleOf(r.pkg, r.Rule, name)
		}
	}
}

// compile evaluates the rule's condition and compiles its pattern.
func (r *liveRule) compile() error {
	condition := r.Condition()
	if t, fails := condition.Fails(r.values); fails {
		r.absent = fmt.Sprintf("it does not exist with %s=%s, only if %s", t.Param, r.values[t.Param], condition)
		return nil
	}
	r.open = slices.DeleteFunc(condition.Params(), func(name string) bool {
		_, known := r.values[name]
		return known
	})
	m := r.Matcher()
	for _, name := range m.Params() {
		if _, ok := r.values[name]; !ok {
			return fmt.Errorf("rule %s refers to the parameter %s: give it a value with -param %[2]s=…, or in the environment", r.ID, name)
		}
	}
	src := m.With(r.values).JSON(model.PlainText)
	var err error
	if r.pattern, err = pattern.Parse([]byte(src)); err != nil {
		return fmt.Errorf("rule %s, with its parameters filled in: %w", r.ID, err)
	}
	return nil
}

// environment returns NAME=value for the parameters of the rule's function that get a value from
// -param, and for those in the patterns of its rules that the environment doesn't have.
func (r *liveRule) environment(given parameters) []string {
	matched := map[string]bool{}
	for _, other := range r.pkg.Rules() {
		if functionName(r.pkg, other.Job) == r.function() {
			for _, name := range other.Matcher().Params() {
				matched[name] = true
			}
		}
	}
	var env []string
	for _, name := range slices.Sorted(maps.Keys(r.values)) {
		_, isGiven := given[name]
		_, isSet := os.LookupEnv(name)
		if isGiven || matched[name] && !isSet {
			env = append(env, name+"="+r.values[name])
		}
	}
	return env
}

// function returns the handler of the Lambda function that runs the rule.
func (r *liveRule) function() string { return functionName(r.pkg, r.Job) }

// functionKey identifies the function among those of all packages.
func (r *liveRule) functionKey() string { return r.pkg.Path + " " + r.function() }

func functionName(p *model.Package, j *model.Job) string {
	if p.Layout == model.PerPackage {
		return p.HandlerName()
	}
	return j.Handler()
}

// findRule compiles the rule with an id. With examples, parameters without a value get one. A
// rule that doesn't exist is an error.
func findRule(res *parse.Result, id string, given parameters, examples bool) (*liveRule, error) {
	rule, err := ruleWithID(res, id, given)
	if err != nil {
		return nil, err
	}
	if examples {
		rule.addExamples()
	}
	if err := rule.compile(); err != nil {
		return nil, err
	}
	if rule.absent != "" {
		return nil, fmt.Errorf("rule %s: %s; -param gives a parameter another value", id, rule.absent)
	}
	return rule, nil
}

// ruleWithID returns the rule with an id.
func ruleWithID(res *parse.Result, id string, given parameters) (*liveRule, error) {
	var ids []string
	var found *liveRule
	for _, p := range res.Packages {
		for _, r := range p.Rules() {
			ids = append(ids, r.ID)
			switch {
			case r.ID != id:
			case found != nil:
				return nil, fmt.Errorf("the packages %s and %s both have a rule %s; give one of them another id", found.pkg.Path, p.Path, id)
			default:
				found = &liveRule{Rule: r, pkg: p, values: given.of(p)}
			}
		}
	}
	if found != nil {
		return found, given.checkEnvironment(found.pkg)
	}
	message := fmt.Sprintf("no rule has the id %q", id)
	if near, ok := spell.Nearest(id, ids); ok {
		return nil, fmt.Errorf("%s; did you mean %q?", message, near)
	}
	return nil, fmt.Errorf("%s; there are %s", message, strings.Join(ids, ", "))
}
