package main

import (
	"fmt"
	"os"
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
	pattern *pattern.Pattern
	// defaults has NAME=value for each parameter of the pattern whose value is not from the
	// environment.
	defaults []string
	values   map[string]string // of the parameters that the pattern refers to
}

// liveRules compiles the rules of all packages. The environment gives the parameters' values,
// and then their defaults.
func liveRules(res *parse.Result) ([]*liveRule, error) {
	var rules []*liveRule
	for _, p := range res.Packages {
		for _, r := range p.Rules() {
			live, err := newLiveRule(p, r, given)
			if err != nil {
				return nil, err
			}
			rules = append(rules, live)
		}
	}
	return rules, nil
}

func newLiveRule(p *model.Package, r *model.Rule, of values) (*liveRule, error) {
	live := &liveRule{Rule: r, pkg: p}
	m := r.Matcher()
	live.values = map[string]string{}
	for _, name := range m.Params() {
		value, ok := of(p, name)
		if !ok {
			return nil, fmt.Errorf("rule %s refers to the parameter %s: give it a value in the environment, %s=…", r.ID, name, name)
		}
		live.values[name] = value
		if _, set := os.LookupEnv(name); !set {
			live.defaults = append(live.defaults, name+"="+value)
		}
	}
	src := m.With(live.values).JSON(model.PlainText)
	var err error
	if live.pattern, err = pattern.Parse([]byte(src)); err != nil {
		return nil, fmt.Errorf("rule %s, with its parameters filled in: %w", r.ID, err)
	}
	return live, nil
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

// findRule compiles the rule with an id.
func findRule(res *parse.Result, id string, of values) (*liveRule, error) {
	var ids []string
	var rule *model.Rule
	var in *model.Package
	for _, p := range res.Packages {
		for _, r := range p.Rules() {
			ids = append(ids, r.ID)
			switch {
			case r.ID != id:
			case rule != nil:
				return nil, fmt.Errorf("the packages %s and %s both have a rule %s; give one of them another id", in.Path, p.Path, id)
			default:
				rule, in = r, p
			}
		}
	}
	if rule != nil {
		return newLiveRule(in, rule, of)
	}
	message := fmt.Sprintf("no rule has the id %q", id)
	if near, ok := spell.Nearest(id, ids); ok {
		return nil, fmt.Errorf("%s; did you mean %q?", message, near)
	}
	return nil, fmt.Errorf("%s; there are %s", message, strings.Join(ids, ", "))
}
