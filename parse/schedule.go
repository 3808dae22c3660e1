package parse

import (
	"strings"
	"time"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/schedule"
)

// readTime reads the expression of a rate, cron or at line. A reference to a parameter in it
// has no quotes, because the arguments are no mapping.
func (p *ruleReader) readTime(r *rule, c gosource.Line) {
	if c.Name == "at" && r.Scheduler == nil {
		if r.opened {
			p.report.Report(diag.RuleForm, c.Pos, "a rule can't fire at one time only; begin a schedule of EventBridge Scheduler: write `//jobs:schedule` in place of `//jobs:event_rule` above this line")
			r.Unreadable = true
			return
		}
		r.Scheduler = &model.Scheduler{}
	}
	if c.Args == "" {
		p.report.Report(diag.PropMissing, c.Pos, "%s has no expression; write for example `%s`", c.Name, c.Spec.Example)
		r.Unreadable = true
		return
	}
	text, problems := directive.ParseText(&directive.Node{Kind: directive.String, Text: c.Args, Quoted: true})
	reportProblems(c, problems, p.report)
	if r.Unreadable = len(problems) > 0; r.Unreadable {
		return
	}
	for _, name := range text.Params() {
		p.references.param(name, c.At(0))
	}
	e := timeText{kind: c.Name, text: text.With(p.known), at: c.At}
	if len(text.Params()) > 0 {
		if r.Unreadable = isWrapped(c.Name, c.Args); r.Unreadable {
			p.report.Report(diag.ScheduleForm, c.At(0), "write only what is inside the parentheses of %s( ), without quotes", c.Name)
			return
		}
		e.at = func(int) model.Pos { return c.At(0) }
	}
	p.time(r, e)
}

// isWrapped reports whether an expression is quoted, or is in the form rate(…) of its kind.
func isWrapped(kind, args string) bool {
	return strings.ContainsAny(args[:1], "\"'`") || strings.HasPrefix(args, kind+"(")
}

// wholeTime reads a whole schedule expression, which is a property.
func (p *ruleReader) wholeTime(r *rule, c gosource.Line, v *directive.Value) {
	if v == nil || !p.form(r, c, timed) {
		return
	}
	r.Scheduled = true
	plain, ok := v.Text.Plain()
	if !ok {
		r.Schedule = v.Text
		return
	}
	at := func(offset int) model.Pos { return c.At(inside(c, v.Node, offset)) }
	if strings.Contains(v.Node.Text, "${") {
		at = func(int) model.Pos { return c.At(v.Node.Offset) } // the value of a parameter has no offsets
	}
	kind, inner, open := strings.Cut(plain, "(")
	inner, closed := strings.CutSuffix(inner, ")")
	switch {
	case !open || !closed || kind != "rate" && kind != "cron" && (kind != "at" || r.Scheduler == nil):
		r.Unreadable = true
		expressions := "rate(5 minutes) or cron(0 12 * * ? *)"
		if r.Scheduler != nil {
			expressions = "rate(5 minutes), cron(0 12 * * ? *) or at(2027-01-01T00:00:00)"
		}
		p.report.Report(diag.PropValue, at(0), "expression can't be %q; it must be a schedule expression as AWS writes it, such as %s", plain, expressions)
	default:
		p.time(r, timeText{kind: kind, text: model.Literal(inner), at: func(offset int) model.Pos { return at(len(kind) + len("(") + offset) }})
	}
}

// timeText is a schedule expression in a directive.
type timeText struct {
	kind string     // rate, cron or at
	text model.Text // inside the parentheses
	at   func(offset int) model.Pos
}

// time gives a rule its schedule. An expression with a parameter whose value is not known is
// not checked.
func (p *ruleReader) time(r *rule, e timeText) {
	plain, ok := e.text.Plain()
	if !ok {
		r.Schedule = append(append(model.Literal(e.kind+"("), e.text...), model.Part{Literal: ")"})
		return
	}
	expression, problems := e.read(plain, p.now)
	if r.Expression = expression; expression != nil {
		r.Schedule = model.Literal(expression.String())
	}
	r.Unreadable = r.Schedule == nil
	e.problems(plain, problems, p.report)
}

// read parses a rate, a cron or an at expression. The expression is nil if AWS would refuse
// it.
func (e timeText) read(text string, now time.Time) (schedule.Expression, []schedule.Problem) {
	switch e.kind {
	case "rate":
		if rate, problems := schedule.ParseRate(text); rate == nil {
			return nil, problems
		} else {
			return rate, problems
		}
	case "at":
		if at, problems := schedule.ParseAt(text); at == nil {
			return nil, problems
		} else {
			return at, problems
		}
	}
	cron, problems := schedule.ParseCron(text)
	if cron == nil {
		return nil, problems
	}
	return cron, append(problems, cron.Check(now)...)
}

// problems reports what is wrong with a schedule.
func (e timeText) problems(text string, problems []schedule.Problem, report diag.Reporter) {
	for _, problem := range problems {
		message := problem.Message
		if problem.Remedy != "" {
			message += "; " + problem.Remedy
		}
		d := diag.New(e.code(text, problem), e.at(problem.Offset), "%s", message).Suggest("", problem.Suggestion)
		// A suggestion with a space is a whole expression.
		if strings.Contains(problem.Suggestion, " ") {
			d = d.Rewrite(d.Pos.Column-e.at(0).Column, text, problem.Suggestion)
		} else {
			d = d.Rewrite(0, text[problem.Offset:problem.End], problem.Suggestion)
		}
		if problem.Warning && d.Severity == diag.Error {
			d.Severity = diag.Warning
		}
		if problem.Related != nil {
			d = d.Relate(e.at(problem.Related.Offset), "the other is here")
		}
		report.Add(d)
	}
}

func (e timeText) code(text string, problem schedule.Problem) diag.Code {
	switch {
	case problem.Kind == schedule.NeverFires:
		return diag.NeverFires
	case problem.Kind == schedule.Passed:
		return diag.TimePassed
	case problem.Kind == schedule.FieldCount:
		return diag.CronLength
	case problem.Kind == schedule.Syntax && strings.ContainsAny(text, "(@\"'`"):
		return diag.ScheduleForm
	case e.kind == "rate":
		return diag.RateValue
	case e.kind == "at":
		return diag.AtValue
	}
	return diag.CronField
}
