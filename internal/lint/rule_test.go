package lint

import (
	"strings"
	"testing"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/pattern"
)

// ruleOf returns a rule with the pattern of a directive's arguments. The column of a position
// is the offset in the pattern's JSON.
func ruleOf(t testing.TB, args string) *Rule {
	t.Helper()
	n, problems := directive.Parse(args, directive.WantMap)
	if len(problems) > 0 {
		t.Fatalf("%s: %v", args, problems)
	}
	return ruleOfJSON(jsonOf(n))
}

// ruleOfJSON returns a rule with a pattern, which may have problems. It returns nil if the
// text isn't JSON.
func ruleOfJSON(text string) *Rule {
	p, _ := pattern.Parse([]byte(text))
	if p == nil {
		return nil
	}
	return &Rule{Rule: &model.Rule{}, Pattern: p, At: func(offset int) model.Pos {
		return model.Pos{File: "rule.go", Line: 1, Column: 1 + offset}
	}}
}

// jsonOf returns a directive's node as JSON.
func jsonOf(n *directive.Node) string {
	var parts []string
	switch n.Kind {
	case directive.Null:
		return "null"
	case directive.String:
		return model.Quote(n.Text)
	case directive.List:
		for _, item := range n.Items {
			parts = append(parts, jsonOf(item))
		}
		return "[" + strings.Join(parts, ",") + "]"
	case directive.Map:
		for _, pair := range n.Pairs {
			parts = append(parts, model.Quote(pair.Key.Text)+":"+jsonOf(pair.Value))
		}
		return "{" + strings.Join(parts, ",") + "}"
	}
	return n.Text
}

// checkPattern returns the findings about a pattern, after Jets' spelling is replaced by
// AWS's, for a handler without an event parameter.
func checkPattern(t testing.TB, args string) *diag.List {
	t.Helper()
	return checkRespelled(ruleOf(t, args))
}

// checkJSON is checkPattern for a pattern as JSON.
func checkJSON(text string) *diag.List { return checkRespelled(ruleOfJSON(text)) }

func checkRespelled(r *Rule) *diag.List {
	for _, s := range r.Respellings(&Facts{}) {
		text := r.Pattern.Source()
		r = ruleOfJSON(text[:s.Offset] + model.Quote(s.To) + text[s.Offset+len(model.Quote(s.From)):])
	}
	var found diag.List
	checkRule(r, &found)
	return &found
}

// checkRule runs the checks of patterns.
func checkRule(r *Rule, report diag.Reporter) {
	for _, c := range Checks() {
		if c.pattern != nil {
			c.pattern(r, &Facts{}, report)
		}
	}
}
