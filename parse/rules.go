package parse

import (
	"fmt"
	"go/types"
	"strings"

	"github.com/jobgen/jobgen/internal/attach"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/gosource"
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
	out    *model.Rule
	job    *model.Job
	opened gosource.Line // the line that opened it
	next   *rule         // the method's next, if there is one
	id     *directive.Value
	form   form
	formed model.Pos    // the line that gave the form
	value  *model.Value // of its pattern
	lint   *lint.Rule
	bad    bool // its form was given and can't be read: said already
	// Places of properties that later checks point at.
	bus, state, dlq, inputPos model.Pos
}

// readRules reads the rules of a method from its lines, top down: an event_rule
// opens a rule, a pattern or schedule fills the one that is open, or opens the
// method's one rule.
func (p *packageParser) readRules(h *attach.Declaration, job *model.Job) []*rule {
	var all []*rule
	current := func() *rule {
		if len(all) == 0 {
			return nil
		}
		return all[len(all)-1]
	}
	open := func(c gosource.Line) *rule {
		r := &rule{out: &model.Rule{Job: job, Pos: c.Pos}, job: job, opened: c}
		if last := current(); last != nil {
			last.next = r
		}
		all = append(all, r)
		return r
	}
	for _, c := range h.Directives {
		switch c.Name {
		case "event_rule":
			p.ruleProperties(open(c), c)
		case "event_pattern", "rate", "cron":
			r := current()
			if r == nil {
				r = open(c)
			}
			p.fill(r, c)
		}
	}
	return all
}

// fill gives a rule its form, or adds a piece to it.
func (p *packageParser) fill(r *rule, c gosource.Line) {
	if c.Name != "event_pattern" {
		if p.form(r, c, timed) {
			readSchedule(r, c, p.now, p.diags)
		}
		return
	}
	if meant, ok := unquotedPattern(c.Args); ok {
		r.form, r.formed, r.bad = wholePattern, c.Pos, true
		p.diags.Report(diag.PatternShape, c.At(0), "the pattern is in quotes, so it is text; write it without them: %s", meant)
		return
	}
	want := pieces
	if strings.HasPrefix(c.Args, "{") {
		want = wholePattern
	}
	if !p.form(r, c, want) {
		return
	}
	n := arguments(c, directive.WantMap, p.diags)
	switch {
	case n == nil:
		r.bad = true
	case n.Kind != directive.Map:
		r.bad = true
		p.diags.Report(diag.PatternShape, c.At(n.Offset), "a pattern is {…} or `path: [values]`; this is %s", n.Kind)
	case want == wholePattern:
		r.value = valueOf(c, n, p.diags)
	default:
		addPieces(r, c, n, p.diags)
	}
}

// form notes the form that a line gives a rule, or reports that it has another.
func (p *packageParser) form(r *rule, c gosource.Line, want form) bool {
	if r.form == noForm || r.form == pieces && want == pieces {
		if r.form == noForm {
			r.form, r.formed = want, c.Pos
		}
		return true
	}
	p.diags.Add(diag.New(diag.RuleForm, c.Pos, "%s", secondForm(r.form, want)).Relate(r.formed, "its form is given here"))
	return false
}

// secondForm says why a rule can't have a second form, and what to do. A pattern and a
// schedule in one rule are right for AWS (API_PutRule).
func secondForm(first, second form) string {
	const remedy = "open another rule with `//jobs:event_rule id: Name` above this line"
	message := fmt.Sprintf("the rule has %s already, and this line is %s", first, second)
	switch {
	case (first == timed) != (second == timed):
		return message + ": AWS takes both in one rule, but one handler type and one input can't serve both; write two rules: " + remedy
	case first == second:
		message = fmt.Sprintf("the rule has %s already", first)
	}
	return message + ": a rule has one form; " + remedy
}

// finishRule checks what can be said of a rule once all of its lines are read.
func (p *packageParser) finishRule(r *rule, event types.Type) {
	p.unread = p.unread || r.form == noForm || r.bad
	p.patternReferences(r.value)
	switch {
	case r.form == noForm:
		p.empty(r)
	case r.form != timed && r.value != nil && !r.bad:
		if p.readPattern(r, event); r.lint != nil {
			lint.CheckPattern(r.lint, p.facts, p.diags)
		}
	}
	if r.form == timed {
		p.checkScheduled(r)
	}
}

// checkScheduled checks what a schedule allows of the rule's other properties. With a
// schedule AWS refuses the state that is for CloudTrail's events: PutRule answers
// with a ValidationException (hashicorp/terraform-provider-aws#34988).
func (p *packageParser) checkScheduled(r *rule) {
	if r.out.EventBus != nil && !lint.IsDefaultBus(r.out.EventBus) {
		p.diags.Add(diag.New(diag.PropConflict, r.formed, "a schedule fires on the default event bus only; remove event_bus").
			Relate(r.bus, "the event bus is set here"))
	}
	if r.out.State == model.EnabledCloudTrail {
		p.diags.Add(diag.New(diag.PropConflict, r.formed,
			"AWS refuses %s for a rule with a schedule; write `state: ENABLED`, or leave the state out", r.out.State).
			Relate(r.state, "the state is set here"))
	}
}

// empty reports a rule without a form. Where another event_rule follows, it is
// most likely one rule whose properties were written on two lines.
func (p *packageParser) empty(r *rule) {
	if r.next == nil {
		p.diags.Report(diag.RuleEmpty, r.opened.Pos, "this event_rule has no pattern and no schedule: write an event_pattern, rate or cron line below it")
		return
	}
	p.diags.Add(diag.New(diag.RuleEmpty, r.opened.Pos,
		"this event_rule has no pattern and no schedule, because each event_rule opens a rule: put the properties of one rule on one line, or, if these are two rules, write an event_pattern, rate or cron line between them").
		Relate(r.next.opened.Pos, "the next rule is opened here"))
}
