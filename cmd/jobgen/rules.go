package main

import (
	"cmp"
	"fmt"
	"os"
	"strings"

	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/spell"
	"github.com/jobgen/jobgen/parse"
	"github.com/jobgen/jobgen/pattern"
)

// liveRule is a rule with its compiled pattern. Parameters have the values of the
// environment, as in the function.
type liveRule struct {
	*model.Rule
	pkg     *model.Package
	pattern *pattern.Pattern
}

// liveRules compiles the rules of all packages.
func liveRules(res *parse.Result) ([]*liveRule, error) {
	var rules []*liveRule
	for _, p := range res.Packages {
		for _, r := range p.Rules() {
			live, err := newLiveRule(p, r)
			if err != nil {
				return nil, err
			}
			rules = append(rules, live)
		}
	}
	return rules, nil
}

func newLiveRule(p *model.Package, r *model.Rule) (*liveRule, error) {
	m := r.Matcher()
	for _, name := range m.Params() {
		if _, ok := os.LookupEnv(name); !ok {
			return nil, fmt.Errorf("rule %s refers to the parameter %s: give it a value in the environment, %s=…", r.ID, name, name)
		}
	}
	src := m.JSON(func(t model.Text) string { return t.Expand(os.Getenv) })
	parsed, err := pattern.Parse([]byte(src))
	if err != nil {
		return nil, fmt.Errorf("rule %s, with its parameters filled in: %w", r.ID, err)
	}
	return &liveRule{Rule: r, pkg: p, pattern: parsed}, nil
}

// function returns the handler of the Lambda function that runs the rule.
func (r *liveRule) function() string { return functionName(r.pkg, r.Job) }

func functionName(p *model.Package, j *model.Job) string {
	if p.Layout == model.PerPackage {
		return p.HandlerName()
	}
	return j.Handler()
}

// findRule returns the rule with an id.
func findRule(rules []*liveRule, id string) (*liveRule, error) {
	var ids []string
	var found []*liveRule
	for _, r := range rules {
		if ids = append(ids, r.ID); r.ID == id {
			found = append(found, r)
		}
	}
	switch {
	case len(found) > 1:
		return nil, fmt.Errorf("the packages %s and %s both have a rule %s; give one of them another id", found[0].pkg.Path, found[1].pkg.Path, id)
	case len(found) == 1:
		return found[0], nil
	}
	message := fmt.Sprintf("no rule has the id %q", id)
	if near, ok := spell.Nearest(id, ids); ok {
		return nil, fmt.Errorf("%s; did you mean %q?", message, near)
	}
	return nil, fmt.Errorf("%s; there are %s", message, strings.Join(ids, ", "))
}

// The account and the Region of events that jobgen makes, as in the catalog's samples.
const (
	account = "123456789012"
	region  = "us-east-1"
)

// ruleARN is the ARN that the rule or schedule would have.
func ruleARN(rule *liveRule) string {
	if s := rule.Scheduler; s != nil {
		return "arn:aws:scheduler:" + region + ":" + account + ":schedule/" + cmp.Or(s.Group, "default") + "/" + cmp.Or(rule.Name, rule.ID)
	}
	return "arn:aws:events:" + region + ":" + account + ":rule/" + cmp.Or(rule.Name, rule.ID)
}
