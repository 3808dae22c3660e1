package parse

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/model"
)

// tree is a pattern as directives give it: JSON with the place of each value
// and key. The pieces of a rule come from several lines, so places are whole.
type tree struct {
	kind   directive.Kind
	pos    model.Pos
	text   model.Text // String
	word   string     // Number, Bool, Null: as written
	items  []*tree
	fields []*treeField
}

type treeField struct {
	key   string
	pos   model.Pos
	value *tree
	of    *treeField // the pattern's own, of which this is one way; nil for that itself
}

// rename gives the field another key, in the pattern too.
func (at *treeField) rename(key string) {
	for ; at != nil; at = at.of {
		at.key = key
	}
}

// treeOf turns a directive's node into a tree.
func (p *packageParser) treeOf(c gosource.Line, n *directive.Node) *tree {
	t := &tree{kind: n.Kind, pos: c.At(n.Offset), word: n.Text}
	switch n.Kind {
	case directive.Null:
		t.word = "null"
	case directive.String:
		text, problems := directive.ParseText(n)
		p.problems(c, problems)
		if t.text = text; len(problems) > 0 {
			t.text = model.Literal(n.Text) // as written: two that are wrong are not the same
		}
	case directive.List:
		for _, item := range n.Items {
			t.items = append(t.items, p.treeOf(c, item))
		}
	case directive.Map:
		for _, pair := range n.Pairs {
			p.plainKey(c, pair.Key)
			t.fields = append(t.fields, &treeField{key: pair.Key.Text, pos: c.At(pair.Key.Offset), value: p.treeOf(c, pair.Value)})
		}
	}
	return t
}

// plainKey reports a key that refers to a parameter: no rule file could put its
// value there, and no event has a field of that spelling.
func (p *packageParser) plainKey(c gosource.Line, key *directive.Node) {
	if reference := paramReference.FindString(key.Text); reference != "" {
		p.diags.Report(diag.ArgParam, c.At(key.Offset), "%s stands in a key, and parameters are for values alone: write the field's own name", reference)
	}
}

// paramReference finds what looks like a reference to a parameter.
var paramReference = regexp.MustCompile(`\$\{[A-Za-z][A-Za-z0-9]*\}`)

func (t *tree) field(key string) *treeField {
	for _, f := range t.fields {
		if f.key == key {
			return f
		}
	}
	return nil
}

// add adds a piece's field at a dotted path. What the path already has is
// joined: lists grow, objects take each other's fields.
func (t *tree) add(path []string, f *treeField, diags *diag.List) {
	at := t.field(path[0])
	if at == nil {
		at = &treeField{key: path[0], pos: f.pos}
		t.fields = append(t.fields, at)
	}
	if len(path) == 1 {
		at.join(f, diags)
		return
	}
	if at.value == nil {
		at.value = &tree{kind: directive.Map, pos: f.pos}
	}
	if at.value.kind != directive.Map {
		conflict(at, f, diags)
		return
	}
	at.value.add(path[1:], f, diags)
}

// join joins the value of f to what is there.
func (at *treeField) join(f *treeField, diags *diag.List) {
	switch {
	case at.value == nil && f.value.kind == directive.Map:
		at.value = &tree{kind: directive.Map, pos: f.value.pos}
		at.join(f, diags)
	case at.value == nil:
		at.value = f.value
	case at.value.kind == directive.List && f.value.kind == directive.List:
		// A list of its own: the piece's may be another rule's too.
		joined := *at.value
		joined.items = append(append([]*tree(nil), at.value.items...), f.value.items...)
		at.value = &joined
	case at.value.kind == directive.Map && f.value.kind == directive.Map:
		for _, inner := range f.value.fields {
			at.value.add([]string{inner.key}, inner, diags)
		}
	default:
		conflict(at, f, diags)
	}
}

func conflict(at, f *treeField, diags *diag.List) {
	diags.Add(diag.New(diag.PatternShape, f.pos, "%s has a list of values in one place and fields of its own, or a single value, in another; keep one", at.key).
		Relate(at.pos, "the other is here"))
}

// value gives the tree as the model has it.
func (t *tree) value() *model.Value {
	v := &model.Value{}
	switch t.kind {
	case directive.Bool:
		v.Kind, v.Bool = model.Bool, t.word == "true"
	case directive.Number:
		v.Kind, v.Number = model.Number, t.word
	case directive.String:
		v.Kind, v.Text = model.String, t.text
	case directive.List:
		v.Kind = model.List
		for _, item := range t.items {
			v.List = append(v.List, item.value())
		}
	case directive.Map:
		v.Kind = model.Object
		for _, f := range t.fields {
			v.Fields = append(v.Fields, model.ValueField{Key: f.key, Value: f.value.value()})
		}
	}
	return v
}

// source is a tree as JSON, with the place in the directives of each value and
// key: package pattern checks the JSON and tells offsets in it.
type source struct {
	json   strings.Builder
	places []placeAt
}

type placeAt struct {
	offset int
	pos    model.Pos
}

func (t *tree) source() *source {
	s := &source{}
	s.write(t, "")
	return s
}

// at gives the place of the value or key that holds an offset of the JSON.
func (s *source) at(offset int) model.Pos {
	pos := s.places[0].pos
	for _, p := range s.places {
		if p.offset > offset {
			break
		}
		pos = p.pos
	}
	return pos
}

func (s *source) mark(pos model.Pos) {
	s.places = append(s.places, placeAt{s.json.Len(), pos})
}

// write writes t; operator is the key that it is the operand of.
func (s *source) write(t *tree, operator string) {
	s.mark(t.pos)
	switch t.kind {
	case directive.String:
		s.json.WriteString(model.Quote(checkable(t.text, operator)))
	case directive.List:
		s.list(t, operator)
	case directive.Map:
		s.object(t)
	default:
		s.json.WriteString(t.word)
	}
}

func (s *source) list(t *tree, operator string) {
	s.json.WriteByte('[')
	for i, item := range t.items {
		if i > 0 {
			s.json.WriteByte(',')
		}
		s.write(item, operator)
	}
	s.json.WriteByte(']')
}

func (s *source) object(t *tree) {
	s.json.WriteByte('{')
	for i, f := range t.fields {
		if i > 0 {
			s.json.WriteByte(',')
		}
		s.mark(f.pos)
		s.json.WriteString(model.Quote(f.key) + ":")
		s.write(f.value, f.key)
	}
	s.json.WriteByte('}')
}

// checkable is a text as the checks see it. What a parameter will hold is not
// known: where the operator would look at the text's form, a right one stands
// for it.
func checkable(t model.Text, operator string) string {
	if len(t.Params()) == 0 {
		s, _ := t.Plain()
		return s
	}
	if operator == "cidr" {
		return "10.0.0.0/8"
	}
	return t.Expand(func(name string) string { return "${" + name + "}" })
}

// kindWord names a literal in a message.
func (t *tree) kindWord() string {
	if t.kind == directive.Number || t.kind == directive.Bool || t.kind == directive.Null {
		return t.word
	}
	return strconv.Quote(t.text.String())
}
