package parse

import (
	"maps"
	"slices"

	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/lint"
	"github.com/jobgen/jobgen/internal/model"
)

// references records what the directives and struct tags of a package refer to:
// parameters, and the texts in which a reference to a secret can be.
type references struct{ out *lint.Package }

func (r references) param(name string, pos model.Pos) {
	r.out.References = append(r.out.References, lint.Text{Text: name, Pos: pos})
	if _, ok := r.out.Params[name]; !ok {
		r.out.Params[name] = pos
	}
}

// properties records what a directive's properties refer to.
func (r references) properties(c gosource.Line, values directive.Values) {
	r.params(c, values)
	for _, v := range values {
		r.texts(c, v.Node)
	}
}

func (r references) params(c gosource.Line, values directive.Values) {
	for _, v := range values {
		r.params(c, v.Object)
		if v.Prop.Params {
			r.paramsIn(c, v.Node)
		}
		for _, t := range v.When {
			r.param(t.Param, c.At(t.KeyOffset))
		}
	}
}

func (r references) paramsIn(c gosource.Line, n *directive.Node) {
	if n.Kind == directive.String {
		text, _ := directive.ParseText(n) // its problems are reported with the property
		for _, name := range text.Params() {
			r.param(name, c.At(n.Offset))
		}
	}
	for _, item := range n.Items {
		r.paramsIn(c, item)
	}
	for _, pair := range n.Pairs {
		r.paramsIn(c, pair.Value)
	}
}

// texts records the texts of a value and of the names in it, which are those of tags and
// of an input's fields.
func (r references) texts(c gosource.Line, n *directive.Node) {
	if n.Kind == directive.String {
		r.out.Texts = append(r.out.Texts, lint.Text{Text: n.Text, Pos: c.At(n.Offset)})
	}
	for _, item := range n.Items {
		r.texts(c, item)
	}
	for _, pair := range n.Pairs {
		r.texts(c, pair.Key)
		r.texts(c, pair.Value)
	}
}

// pattern records what a rule's pattern refers to, with what struct tags add to it.
func (r references) pattern(v *model.Value) {
	found := v.ParamPlaces()
	for _, name := range slices.Sorted(maps.Keys(found)) {
		r.param(name, found[name])
	}
	r.patternTexts(v)
}

func (r references) patternTexts(v *model.Value) {
	if v == nil {
		return
	}
	if v.Kind == model.String {
		r.out.Texts = append(r.out.Texts, lint.Text{Text: v.Text.String(), Pos: v.Pos})
	}
	for _, item := range v.List {
		r.patternTexts(item)
	}
	for _, f := range v.Fields {
		r.patternTexts(f.Value)
	}
}
