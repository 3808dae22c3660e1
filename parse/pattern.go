package parse

import (
	"errors"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/spell"
	"github.com/jobgen/jobgen/pattern"
)

// envelope holds the fields that an event has at its top (user guide,
// eb-events-structure; replay-name stands in replayed events, eb-replay-archived-event).
// All but resources and detail hold one text.
var envelope = []string{
	"version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail", "replay-name",
}

// or is the operator that takes a list of objects in place of a field's values.
const or = "$or"

// checkPattern checks a rule's whole pattern, and gives it to the model if
// nothing is wrong with it.
func (p *packageParser) checkPattern(r *rule) {
	src := r.tree.source()
	parsed, err := pattern.Parse([]byte(src.json.String()))
	if problems, ok := errors.AsType[pattern.Problems](err); ok {
		p.patternProblems(src, problems, false)
	}
	if parsed != nil {
		p.patternProblems(src, parsed.Warnings(), true)
		p.checkNever(r, parsed)
	}
	r.out.Pattern = r.tree.value()
}

func (p *packageParser) patternProblems(src *source, problems []pattern.Problem, warnings bool) {
	for _, problem := range problems {
		message := problem.Message
		if problem.Remedy != "" {
			message += "; " + problem.Remedy
		}
		d := diag.New(patternCode(problem.Kind, warnings), src.at(problem.Offset), "%s", message).Suggest(problem.Suggestion)
		if problem.Related >= 0 {
			d = d.Relate(src.at(problem.Related), "the other is here")
		}
		p.diags.Add(d)
	}
}

func patternCode(kind pattern.Kind, warning bool) diag.Code {
	switch kind {
	case pattern.DuplicateKey:
		return diag.ArgDuplicate
	case pattern.EmptyList:
		return diag.EmptyList
	case pattern.UnknownOperator, pattern.OneOperator:
		return diag.Operator
	case pattern.BadOperand, pattern.EmptyRange, pattern.WildcardSyntax:
		return diag.Operand
	case pattern.WildcardComplexity, pattern.TooLong, pattern.TooManyCombinations:
		if !warning {
			return diag.PatternLimit
		}
	}
	if warning {
		return diag.PatternSuspect
	}
	return diag.PatternShape
}

// checkEnvelope checks the fields at the top of a pattern, and puts AWS's
// spelling for Jets' (detail_type).
func (p *packageParser) checkEnvelope(t *tree) {
	if t.kind != directive.Map {
		return // package pattern says what it must be
	}
	for _, f := range t.fields {
		if f.key == or && f.value.kind == directive.List {
			for _, branch := range f.value.items {
				p.checkEnvelope(branch)
			}
			continue
		}
		first, rest, dotted := strings.Cut(f.key, ".")
		if first == "detail_type" || first == "replay_name" {
			f.key = strings.Replace(f.key, "_", "-", 1)
			first = strings.Replace(first, "_", "-", 1)
		}
		p.envelopeField(f, first, dotted && rest != "")
	}
}

func (p *packageParser) envelopeField(f *treeField, name string, deeper bool) {
	deeper = deeper || f.value.kind == directive.Map
	switch {
	case !isEnvelope(name):
		p.unknownField(f, name)
	case name == "detail" && !deeper && f.value.kind == directive.List:
		p.diags.Report(diag.PatternShape, f.value.pos, "detail holds the event's own fields, never a value: write `detail: {field: [value]}`")
	case name != "detail" && deeper:
		p.diags.Report(diag.PatternShape, f.value.pos, "%s holds no fields in any event: write `%s: [value]`", name, name)
	case name != "detail":
		p.envelopeLiterals(name, f.value)
	}
}

func isEnvelope(name string) bool {
	for _, field := range envelope {
		if field == name {
			return true
		}
	}
	return false
}

func (p *packageParser) unknownField(f *treeField, name string) {
	d := diag.New(diag.EnvelopeField, f.pos, "no event has %q at its top: there are %s; the event's own fields stand under detail",
		name, strings.Join(envelope, ", "))
	if near, ok := spell.Nearest(name, append([]string{or}, envelope...)); ok {
		d = d.Suggest(near)
	}
	p.diags.Add(d)
}

// envelopeLiterals reports values that the envelope's fields, which are text,
// never have.
func (p *packageParser) envelopeLiterals(name string, list *tree) {
	for _, item := range list.items {
		switch item.kind {
		case directive.Number, directive.Bool, directive.Null:
			p.diags.Report(diag.ArgKind, item.pos, "%s is text in every event, and %s is not: quote it: '%s'", name, item.kindWord(), item.word)
		}
	}
}

// addPieces adds a line of pieces to a rule's pattern.
func (p *packageParser) addPieces(r *rule, c comment, n *directive.Node) {
	if r.tree == nil {
		r.tree = &tree{kind: directive.Map, pos: c.pos}
	}
	for _, f := range p.treeOf(c, n).fields {
		path := strings.Split(f.key, ".")
		if strings.Contains("."+f.key+".", "..") {
			p.diags.Report(diag.ArgSyntax, f.pos, "%q is no path: names with dots between them, such as detail.state", f.key)
			continue
		}
		if path[0] == "detail_type" {
			path[0] = "detail-type"
		}
		r.tree.add(path, f, p.diags)
	}
}

// params returns the first place of each parameter in a pattern.
func (t *tree) params(found map[string]model.Pos) {
	for _, name := range t.text.Params() {
		if _, ok := found[name]; !ok {
			found[name] = t.pos
		}
	}
	for _, item := range t.items {
		item.params(found)
	}
	for _, f := range t.fields {
		f.value.params(found)
	}
}
