package parse

import (
	"errors"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/lint"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/pattern"
)

// or is the operator that takes a list of objects in place of a field's values.
const or = "$or"

// pattern reads the value of a rule's pattern: AWS's spellings first, then the
// pattern itself, once for a pattern without names in Jets' spelling.
func (p *ruleReader) pattern(r *rule) {
	respellEnvelope(r.value)
	src, problems := parsePattern(r.Rule, r.value)
	if r.Pattern == nil { // nested too deep to be read
		patternProblems(src, problems, false, p.report)
		return
	}
	if renamed := r.Respellings(p.facts); len(renamed) > 0 {
		for _, s := range renamed {
			p.report.Add(diag.New(diag.KeyBecame, src.at(s.Offset), "%q is taken for %q, the event's own name", s.Was, s.Now).Replace(s.Was, s.Now))
			renameKeys(r.value, src.at(s.Offset), s.From, s.To)
		}
		src, problems = parsePattern(r.Rule, r.value)
	}
	patternProblems(src, problems, false, p.report)
	if r.Pattern.Valid() {
		patternProblems(src, r.Pattern.Warnings(), true, p.report)
	}
}

// parsePattern gives a value to package pattern, and what it reads to the rule.
func parsePattern(r *lint.Rule, v *model.Value) (*source, pattern.Problems) {
	src := sourceOf(v)
	parsed, err := pattern.ParseWithParams([]byte(src.json.String()), src.params)
	problems, _ := errors.AsType[pattern.Problems](err)
	r.Pattern, r.At = parsed, src.at
	return src, problems
}

// respellEnvelope puts AWS's spelling for Jets' in the names at the top of events.
func respellEnvelope(v *model.Value) {
	for i := range v.Fields {
		f := &v.Fields[i]
		if f.Key == or && f.Value.Kind == model.List {
			for _, branch := range f.Value.List {
				respellEnvelope(branch)
			}
			continue
		}
		if first, _, _ := strings.Cut(f.Key, "."); first == "detail_type" || first == "replay_name" {
			f.Key = strings.Replace(f.Key, "_", "-", 1)
		}
	}
}

// patternProblems reports what package pattern finds in a pattern.
func patternProblems(src *source, problems []pattern.Problem, warnings bool, report diag.Reporter) {
	for _, problem := range problems {
		message := problem.Message
		if problem.Remedy != "" {
			message += "; " + problem.Remedy
		}
		d := diag.New(patternCode(problem.Kind, warnings), src.at(problem.Offset), "%s", message).Suggest(src.found(problem), problem.Suggestion)
		if problem.Related >= 0 {
			d = d.Relate(src.at(problem.Related), "the other is here")
		}
		report.Add(d)
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
func (p *ruleReader) addPieces(r *rule, c gosource.Line, n *directive.Node) {
	if r.value == nil {
		r.value = &model.Value{Kind: model.Object, Pos: c.Pos}
	}
	pieces := valueOf(c, n, p.report)
	p.lists(pieces, new(diag.List)) // read reports lists with other values, after the pieces are joined
	for _, f := range pieces.Fields {
		path := strings.Split(f.Key, ".")
		if strings.Contains("."+f.Key+".", "..") {
			p.report.Report(diag.ArgSyntax, f.Pos, "%q is not a path: names with dots between them, such as detail.state", f.Key)
			continue
		}
		if path[0] == "detail_type" {
			path[0] = "detail-type" // a piece that joins another one has the same name
		}
		addAt(r.value, path, f, p.report)
	}
}
