package parse

import (
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/lint"
	"github.com/jobgen/jobgen/internal/model"
)

// references records what the directives and struct tags of a package refer to:
// parameters, and the texts in which a reference to a secret can be.
type references struct{ out *lint.Package }

func (r references) param(name string, pos model.Pos) {
	r.add(lint.Reference{Name: name, Pos: pos})
}

func (r references) add(ref lint.Reference) {
	r.out.References = append(r.out.References, ref)
	if _, ok := r.out.Params[ref.Name]; !ok {
		r.out.Params[ref.Name] = ref.Pos
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
	if v == nil {
		return
	}
	if v.Kind == model.String {
		for _, part := range v.Text {
			if part.Param != "" {
				r.add(lint.Reference{Name: part.Param, Pos: v.Pos, InPattern: true, IsList: part.List})
			}
		}
		r.out.Texts = append(r.out.Texts, lint.Text{Text: v.Text.String(), Pos: v.Pos})
	}
	for _, item := range v.List {
		r.pattern(item)
	}
	for _, f := range v.Fields {
		r.pattern(f.Value)
	}
}
