package parse

import (
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/lint"
	"github.com/jobgen/jobgen/internal/model"
)

// policy reads an iam_policy line: a list of actions, or a statement.
func (r *functionReader) policy(c gosource.Line) {
	n := arguments(c, directive.WantListOrMap, r.report)
	if n == nil {
		return
	}
	if n.Kind == directive.List || n.Kind == directive.String {
		n = &directive.Node{Kind: directive.Map, Offset: n.Offset, Pairs: []directive.Pair{{
			Key: &directive.Node{Kind: directive.String, Text: "actions", Offset: n.Offset}, Value: n,
		}}}
	}
	if values, ok := r.decode(c, n); ok {
		r.statement(c, n, values)
	}
}

func (r *functionReader) statement(c gosource.Line, n *directive.Node, values directive.Values) {
	s := &lint.Statement{Statement: model.Statement{Pos: c.Pos, Effect: "Allow", Sid: values.Get("sid").String()}, At: c.At(n.Offset)}
	if v := values.Get("effect"); v != nil {
		s.Effect = v.String()
	}
	actions, not := r.oneOf(c, n, values, "actions", "not_actions")
	resources, notResources := r.oneOf(c, n, values, "resources", "not_resources")
	if actions == nil || !r.condition(s, c, values.Get("condition")) {
		return
	}
	s.NotAction, s.NotResource = not, notResources
	for _, a := range actions.Texts {
		s.Actions = append(s.Actions, a.String())
	}
	s.ActionsAt = itemPlaces(c, actions.Node)
	if s.Everywhere = resources == nil; s.Everywhere {
		s.Resources = []model.Text{model.Literal("*")}
	} else {
		s.Resources = resources.Texts
	}
	r.out.Policies = append(r.out.Policies, s.Statement)
	r.out.Statements = append(r.out.Statements, s)
}

// condition reads a statement's condition, which may be missing, and reports whether it
// can be read: it is a mapping of operators.
func (r *functionReader) condition(s *lint.Statement, c gosource.Line, v *directive.Value) bool {
	if v == nil {
		return true
	}
	if v.Node.Kind != directive.Map {
		r.report.Report(diag.ArgKind, c.At(v.Node.Offset), "condition takes a mapping: write `condition: %s`", v.Prop.Example)
		return false
	}
	s.Condition = v.JSON
	for _, pair := range v.Node.Pairs {
		s.Conditions = append(s.Conditions, lint.Condition{
			Operator: pair.Key.Text, Pos: c.At(pair.Key.Offset),
			Value: c.At(pair.Value.Offset), Kind: pair.Value.Kind.String(), IsMapping: pair.Value.Kind == directive.Map,
		})
	}
	return true
}

// oneOf returns the one of two properties that is there, and whether it is the
// second. A statement has actions or not_actions, never both.
func (r *functionReader) oneOf(c gosource.Line, n *directive.Node, values directive.Values, name, not string) (*directive.Value, bool) {
	a, b := values.Get(name), values.Get(not)
	switch {
	case a != nil && b != nil:
		r.report.Report(diag.PropConflict, c.At(b.KeyOffset), "%s and %s can't be used together; keep one", name, not)
		return nil, false
	case a == nil && b == nil && name == "actions":
		r.report.Report(diag.PropMissing, c.At(n.Offset), "the statement has no actions: write `actions: [s3:GetObject]`")
	}
	if b != nil {
		return b, true
	}
	return a, false
}
