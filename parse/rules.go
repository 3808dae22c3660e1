package parse

import (
	"fmt"
	"go/types"
	"strings"
	"time"

	"github.com/jobgen/jobgen/internal/attach"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/gotypes"
	"github.com/jobgen/jobgen/internal/lint"
	"github.com/jobgen/jobgen/internal/model"
)

// form is how a rule says when it fires. A rule has one form.
type form int

const (
	noForm form = iota
	wholePattern
	pieces
	timed
)

func (f form) String() string {
	return [...]string{"no pattern or schedule", "a whole pattern", "pieces of a pattern", "a schedule"}[f]
}

// rule is a rule while its lines are read.
type rule struct {
	*lint.Rule
	form   form
	opened bool         // by an event_rule line
	value  *model.Value // of its pattern
}

// ruleReader reads the rules of methods.
type ruleReader struct {
	propertyReader
	pkg    *model.Package
	now    time.Time
	shapes *gotypes.Shapes
	tags   *tagJoiner
	facts  *lint.Facts
}

// read reads the rules of a method from its lines. Event is the type of the method's event
// parameter.
func (p *ruleReader) read(d *attach.Declaration, job *model.Job, event types.Type) []*lint.Rule {
	var all []*lint.Rule
	for _, r := range p.lines(d, job) {
		r.Record = isRecord(event)
		r.Handler, r.HandlerType = handlerShape(p.shapes, r, event)
		p.tags.join(r, event)
		if r.value != nil {
			p.lists(r.value, p.report)
			r.value = r.value.With(p.known)
		}
		r.Rule.Rule.Pattern = r.value
		if r.form != timed && r.value != nil && !r.Unreadable {
			p.pattern(r)
		}
		all = append(all, r.Rule)
	}
	return all
}

// lines reads the rules of a method from top to bottom. An event_rule line opens a rule, and a
// schedule line opens a schedule of EventBridge Scheduler. A line with a pattern or a time fills
// the open one. If none is open, it opens a rule.
func (p *ruleReader) lines(d *attach.Declaration, job *model.Job) []*rule {
	var all []*rule
	open := func(c gosource.Line) *rule {
		all = append(all, &rule{Rule: &lint.Rule{Rule: &model.Rule{Job: job, Pos: c.Pos}, Package: p.pkg, Properties: lint.Properties{}}})
		return all[len(all)-1]
	}
	for _, c := range d.Directives {
		switch c.Name {
		case "event_rule":
			r := open(c)
			r.opened = true
			p.fields(r, c)
		case "schedule":
			if !p.hasExpression(c) {
				p.scheduleFields(open(c), c)
			}
		case "event_pattern", "rate", "cron", "at":
			if len(all) == 0 {
				open(c)
			}
			p.fill(all[len(all)-1], c)
		}
	}
	return all
}

// fields fills a rule from an event_rule line.
func (p *ruleReader) fields(r *rule, c gosource.Line) {
	values := p.properties(c)
	addPlaces(r.Properties, "", c, values)
	r.sharedFields(values)
	if v := values.Get("event_bus"); v != nil {
		r.EventBus = v.Text
	}
	r.Queue = queueOf(values.Get("queue"))
	r.Tags = tagsOf(values.Get("tags"))
	readInput(r, c, values, p.report)
	p.wholeTime(r, c, values.Get("expression"))
}

// sharedFields sets the properties that rules and schedules have in common.
func (r *rule) sharedFields(values directive.Values) {
	r.ID = values.Get("id").String()
	r.Description = values.Get("description").String()
	if v := values.Get("name"); v != nil {
		r.Name = v.Text
	}
	r.When = whenOf(values.Get("when"))
	if v := values.Get("state"); v != nil {
		r.State = v.Text
	}
	if v := values.Get("retry"); v != nil {
		r.Retry = &model.Retry{Attempts: v.Object.Get("attempts").IntPtr(), MaxAge: v.Object.Get("max_age").DurationPtr()}
	}
	if v := values.Get("dlq"); v != nil {
		create, arn := queue(v.Text)
		r.DLQ = &model.DLQ{Create: create, ARN: arn}
	}
}

// fill gives a rule its form, or adds a piece to it.
func (p *ruleReader) fill(r *rule, c gosource.Line) {
	if c.Name != "event_pattern" {
		if p.form(r, c, timed) {
			r.Scheduled = true
			p.readTime(r, c)
		}
		return
	}
	if r.Scheduler != nil {
		r.Unreadable, r.Form = true, c.Pos
		p.report.Report(diag.RuleForm, c.Pos, "a schedule has no pattern, only a rule has; write `//jobs:event_rule id: Name` above this line, or in place of the schedule line")
		return
	}
	if inner, ok := unquotedPattern(c.Args); ok {
		r.form, r.Form, r.Unreadable = wholePattern, c.Pos, true
		p.report.Report(diag.PatternShape, c.At(0), "the pattern is in quotes, so it is text; write it without them: %s", inner)
		return
	}
	want := pieces
	if strings.HasPrefix(c.Args, "{") {
		want = wholePattern
	}
	if !p.form(r, c, want) {
		return
	}
	n := arguments(c, directive.WantMap, p.report)
	switch {
	case n == nil:
		r.Unreadable = true
	case n.Kind != directive.Map:
		r.Unreadable = true
		p.report.Report(diag.PatternShape, c.At(n.Offset), "a pattern is {…} or `path: [values]`; this is %s", n.Kind)
	case want == wholePattern:
		r.value = valueOf(c, n, p.report)
	default:
		p.addPieces(r, c, n)
	}
}

// form notes the form that a line gives a rule, or reports that it has another.
func (p *ruleReader) form(r *rule, c gosource.Line, want form) bool {
	if r.form == noForm || r.form == pieces && want == pieces {
		if r.form == noForm {
			r.form, r.Form = want, c.Pos
		}
		return true
	}
	p.report.Add(diag.New(diag.RuleForm, c.Pos, "%s", secondForm(r.form, want)).Relate(r.Form, "its form is given here"))
	return false
}

// secondForm says why a rule can't have a second form, and what to do. A pattern and a
// schedule in one rule are right for AWS (API_PutRule).
func secondForm(first, second form) string {
	const remedy = "open another rule with `//jobs:event_rule id: Name` above this line"
	message := fmt.Sprintf("the rule has %s already, and this line is %s", first, second)
	switch {
	case second == timed && first == timed:
		return "the rule has a schedule already: a rule fires by one; open another with `//jobs:event_rule id: Name` or `//jobs:schedule id: Name` above this line"
	case (first == timed) != (second == timed):
		return message + ": AWS takes both in one rule, but one handler type and one input can't serve both; write two rules: " + remedy
	case first == second:
		message = fmt.Sprintf("the rule has %s already", first)
	}
	return message + ": a rule has one form; " + remedy
}
