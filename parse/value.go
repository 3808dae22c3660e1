package parse

import (
	"regexp"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/model"
)

// valueOf turns a directive's node into a value with its places.
func valueOf(c gosource.Line, n *directive.Node, report diag.Reporter) *model.Value {
	v := &model.Value{Pos: c.At(n.Offset)}
	switch n.Kind {
	case directive.Null:
	case directive.Bool:
		v.Kind, v.Bool = model.Bool, n.Text == "true"
	case directive.Number:
		v.Kind, v.Number = model.Number, n.Text
	case directive.String:
		text, problems := directive.ParseText(n)
		reportProblems(c, problems, report)
		if v.Kind, v.Text = model.String, text; len(problems) > 0 {
			v.Text = model.Literal(n.Text) // as written: two that are wrong are not the same
		}
	case directive.List:
		v.Kind = model.List
		for _, item := range n.Items {
			v.List = append(v.List, valueOf(c, item, report))
		}
	case directive.Map:
		v.Kind = model.Object
		for _, pair := range n.Pairs {
			plainKey(c, pair.Key, report)
			v.Fields = append(v.Fields, model.ValueField{Key: pair.Key.Text, Pos: c.At(pair.Key.Offset), Value: valueOf(c, pair.Value, report)})
		}
	}
	return v
}

// plainKey reports a key that refers to a parameter: no rule file could put its
// value there, and no event has a field of that spelling.
func plainKey(c gosource.Line, key *directive.Node, report diag.Reporter) {
	if reference := paramReference.FindString(key.Text); reference != "" {
		report.Report(diag.ArgParam, c.At(key.Offset), "%s is in a key, and parameters are for values only: write the field's own name", reference)
	}
}

// paramReference finds what looks like a reference to a parameter.
var paramReference = regexp.MustCompile(`\$\{[A-Za-z][A-Za-z0-9]*\}`)

// addAt adds a piece's field to an object at a dotted path. What the path has already is
// joined: lists grow, objects take each other's fields.
func addAt(to *model.Value, path []string, f model.ValueField, report diag.Reporter) {
	at := fieldOf(to, path[0])
	if at == nil {
		to.Fields = append(to.Fields, model.ValueField{Key: path[0], Pos: f.Pos})
		at = &to.Fields[len(to.Fields)-1]
	}
	if len(path) == 1 {
		joinValues(at, f, report)
		return
	}
	if at.Value == nil {
		at.Value = &model.Value{Kind: model.Object, Pos: f.Pos}
	}
	if at.Value.Kind != model.Object {
		conflict(at, f, report)
		return
	}
	addAt(at.Value, path[1:], f, report)
}

func fieldOf(v *model.Value, key string) *model.ValueField {
	for i := range v.Fields {
		if v.Fields[i].Key == key {
			return &v.Fields[i]
		}
	}
	return nil
}

// joinValues joins the value of f to the one at a field.
func joinValues(at *model.ValueField, f model.ValueField, report diag.Reporter) {
	switch {
	case at.Value == nil && f.Value.Kind == model.Object:
		at.Value = &model.Value{Kind: model.Object, Pos: f.Value.Pos}
		joinValues(at, f, report)
	case at.Value == nil:
		at.Value = f.Value
	case at.Value.Kind == model.List && f.Value.Kind == model.List:
		// A new list: the piece's may be another rule's too.
		joined := *at.Value
		joined.List = append(append([]*model.Value(nil), at.Value.List...), f.Value.List...)
		at.Value = &joined
	case at.Value.Kind == model.Object && f.Value.Kind == model.Object:
		for _, inner := range f.Value.Fields {
			addAt(at.Value, []string{inner.Key}, inner, report)
		}
	default:
		conflict(at, f, report)
	}
}

func conflict(at *model.ValueField, f model.ValueField, report diag.Reporter) {
	report.Add(diag.New(diag.PatternShape, f.Pos, "%s has a list of values in one place and fields, or a single value, in another; keep one", at.Key).
		Relate(at.Pos, "the other is here"))
}

// listsAt returns the lists that an object has at a dotted path, in all branches of its
// $or, and whether each branch has one.
func listsAt(v *model.Value, path string) (lists []*model.Value, everywhere bool) {
	for _, f := range v.Fields {
		rest, below := strings.CutPrefix(path, f.Key+".")
		switch {
		case f.Key == or && f.Value.Kind == model.List:
			all := len(f.Value.List) > 0
			for _, branch := range f.Value.List {
				found, inAll := listsAt(branch, path)
				lists, all = append(lists, found...), all && inAll
			}
			everywhere = everywhere || all
		case f.Key == path && f.Value.Kind == model.List:
			lists, everywhere = append(lists, f.Value), true
		case below && f.Value.Kind == model.Object:
			found, inAll := listsAt(f.Value, rest)
			lists, everywhere = append(lists, found...), everywhere || inAll
		}
	}
	return lists, everywhere
}

// renameKeys gives another key to the fields that have one at a place.
func renameKeys(v *model.Value, at model.Pos, from, to string) {
	for _, item := range v.List {
		renameKeys(item, at, from, to)
	}
	for i := range v.Fields {
		f := &v.Fields[i]
		if f.Pos == at && f.Key == from {
			f.Key = to
		}
		renameKeys(f.Value, at, from, to)
	}
}
