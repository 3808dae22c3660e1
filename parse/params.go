package parse

import (
	"maps"
	"slices"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/model"
)

// reservedParams are the parameters that the rule files have of themselves.
var reservedParams = []string{"CodeS3Bucket", "CodeS3Key"}

// params records the parameters that a package refers to.
type params struct {
	places map[string]model.Pos // the first place of each, for what generation finds wrong with its name
	report diag.Reporter
}

func (p *params) add(name string, pos model.Pos) {
	if slices.Contains(reservedParams, name) {
		p.report.Report(diag.ArgParam, pos, "the parameter %s is the rule files' own (the code's place); give yours another name", name)
	}
	if _, ok := p.places[name]; !ok {
		p.places[name] = pos
	}
}

// properties records the parameters in a directive's properties.
func (p *params) properties(c gosource.Line, values directive.Values) {
	for _, v := range values {
		p.properties(c, v.Object)
		if v.Prop.Params {
			p.node(c, v.Node)
		}
	}
}

func (p *params) node(c gosource.Line, n *directive.Node) {
	if n.Kind == directive.String {
		text, _ := directive.ParseText(n) // its problems are reported with the property
		for _, name := range text.Params() {
			p.add(name, c.At(n.Offset))
		}
	}
	for _, item := range n.Items {
		p.node(c, item)
	}
	for _, pair := range n.Pairs {
		p.node(c, pair.Value)
	}
}

// pattern records the parameters in a rule's pattern.
func (p *params) pattern(r *rule) {
	found := patternParams(r)
	for _, name := range slices.Sorted(maps.Keys(found)) {
		p.add(name, found[name])
	}
}

// patternParams returns the parameters that a rule's pattern refers to, each
// with its first place.
func patternParams(r *rule) map[string]model.Pos {
	found := map[string]model.Pos{}
	firstParams(r.value, found)
	return found
}

func firstParams(v *model.Value, found map[string]model.Pos) {
	if v == nil {
		return
	}
	for _, name := range v.Text.Params() {
		if _, ok := found[name]; !ok {
			found[name] = v.Pos
		}
	}
	for _, item := range v.List {
		firstParams(item, found)
	}
	for _, f := range v.Fields {
		firstParams(f.Value, found)
	}
}

// hiddenParams reports the parameters of a rule's pattern that the function's
// own environment hides: it gets them as environment variables.
func hiddenParams(r *rule, f model.Function, report diag.Reporter) {
	found := patternParams(r)
	for _, v := range f.Environment {
		pos, ok := found[v.Name]
		if ok && !slices.Equal(v.Value, model.Text{{Param: v.Name}}) {
			report.Add(diag.New(diag.PropConflict, pos,
				"the function gets the parameter %s as an environment variable, and its environment sets %[1]s too; rename one", v.Name).
				Relate(v.Pos, "the environment sets it here"))
		}
	}
}
