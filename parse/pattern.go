package parse

import (
	"errors"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/pattern"
)

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

// addPieces adds a line of pieces to a rule's pattern.
func (p *packageParser) addPieces(r *rule, c gosource.Line, n *directive.Node) {
	if r.tree == nil {
		r.tree = &tree{kind: directive.Map, pos: c.Pos}
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
