package parse

import (
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
)

// lists finds the parameters in a pattern that are whole lists of values. Such a parameter is
// in place of a field's list. If its default is declared as a list, it may also be alone in
// one.
func (p *ruleReader) lists(v *model.Value, report diag.Reporter) {
	for i := range v.Fields {
		f := &v.Fields[i]
		switch f.Value.Kind {
		case model.Object:
			p.lists(f.Value, report)
		case model.String:
			if name := wholeParam(f.Value); name != "" {
				f.Value = listOf(name, f.Value.Pos)
			}
		case model.List:
			if f.Key == or {
				for _, branch := range f.Value.List {
					p.lists(branch, report)
				}
				continue
			}
			p.itemLists(f, report)
		}
	}
}

// itemLists finds the parameters among a field's values that are whole lists. Rule files and
// the dispatcher can't put a list into another one.
func (p *ruleReader) itemLists(f *model.ValueField, report diag.Reporter) {
	for i, item := range f.Value.List {
		name := wholeParam(item)
		declared := p.pkg.Parameter(name)
		if name == "" || !item.Text[0].List && (declared == nil || !declared.List) {
			continue
		}
		if len(f.Value.List) == 1 {
			f.Value = listOf(name, item.Pos)
			return
		}
		report.Report(diag.ArgParam, item.Pos, "the parameter %s is a whole list of values, and the field %s has other values beside it: keep ${%[1]s} alone, and let the other values be in the parameter's value", name, f.Key)
		text := *item
		text.Text = model.Text{{Param: name, List: true}}
		f.Value.List[i] = &text
	}
}

// wholeParam returns the parameter that a text consists of, or "".
func wholeParam(v *model.Value) string {
	if v.Kind != model.String || len(v.Text) != 1 {
		return ""
	}
	return v.Text[0].Param
}

// listOf returns the value for a parameter that is a whole list.
func listOf(name string, pos model.Pos) *model.Value {
	item := &model.Value{Kind: model.String, Text: model.Text{{Param: name, List: true}}, Pos: pos}
	return &model.Value{Kind: model.List, List: []*model.Value{item}, Pos: pos}
}
