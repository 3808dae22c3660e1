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

// param notes where a parameter is referred to; the first place of each goes
// into the model, for what generation finds wrong with its name.
func (p *packageParser) param(name string, pos model.Pos) {
	if slices.Contains(reservedParams, name) {
		p.diags.Report(diag.ArgParam, pos, "the parameter %s is the rule files' own (the code's place); give yours another name", name)
	}
	if _, ok := p.out.Params[name]; !ok {
		p.out.Params[name] = pos
	}
}

// propertyParams notes the parameters that a directive's properties refer to.
func (p *packageParser) propertyParams(c gosource.Line, values directive.Values) {
	for _, v := range values {
		p.propertyParams(c, v.Object)
		if v.Prop.Params {
			p.nodeParams(c, v.Node)
		}
	}
}

func (p *packageParser) nodeParams(c gosource.Line, n *directive.Node) {
	if n.Kind == directive.String {
		text, _ := directive.ParseText(n) // what is wrong with it is told already
		for _, name := range text.Params() {
			p.param(name, c.At(n.Offset))
		}
	}
	for _, item := range n.Items {
		p.nodeParams(c, item)
	}
	for _, pair := range n.Pairs {
		p.nodeParams(c, pair.Value)
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

// ruleParams notes the parameters that a rule's pattern refers to.
func (p *packageParser) ruleParams(r *rule) {
	found := patternParams(r)
	for _, name := range slices.Sorted(maps.Keys(found)) {
		p.param(name, found[name])
	}
}

// hiddenParams reports the parameters of a rule's pattern that the function's
// own environment hides: it gets them as environment variables.
func (p *packageParser) hiddenParams(r *rule, f model.Function) {
	found := patternParams(r)
	for _, v := range f.Environment {
		pos, ok := found[v.Name]
		if ok && !slices.Equal(v.Value, model.Text{{Param: v.Name}}) {
			p.diags.Add(diag.New(diag.PropConflict, pos,
				"the function gets the parameter %s as an environment variable, and its environment sets %[1]s too; rename one", v.Name).
				Relate(v.Pos, "the environment sets it here"))
		}
	}
}
