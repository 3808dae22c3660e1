package parse

import (
	"strings"
	"time"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/schedule"
)

// readTime reads the expression of a rate, cron or at line.
func readTime(r *rule, c gosource.Line, now time.Time, report diag.Reporter) {
	if c.Name == "at" && r.Scheduler == nil {
		if r.opened {
			report.Report(diag.RuleForm, c.Pos, "a rule can't fire at one time only; begin a schedule of EventBridge Scheduler: write `//jobs:schedule` in place of `//jobs:event_rule` above this line")
			r.Unreadable = true
			return
		}
		r.Scheduler = &model.Scheduler{}
	}
	if c.Args == "" {
		report.Report(diag.PropMissing, c.Pos, "%s has no expression; write for example `%s`", c.Name, c.Spec.Example)
		r.Unreadable = true
		return
	}
	expression, problems := readExpression(c, now)
	if r.When = expression; expression != nil {
		r.Schedule = expression.String()
	}
	r.Unreadable = r.Schedule == ""
	scheduleProblems(c, problems, report)
}

// readExpression parses a rate, a cron or an at expression. The expression is nil if AWS
// would refuse it.
func readExpression(c gosource.Line, now time.Time) (schedule.Expression, []schedule.Problem) {
	switch c.Name {
	case "rate":
		if rate, problems := schedule.ParseRate(c.Args); rate == nil {
			return nil, problems
		} else {
			return rate, problems
		}
	case "at":
		if at, problems := schedule.ParseAt(c.Args); at == nil {
			return nil, problems
		} else {
			return at, problems
		}
	}
	cron, problems := schedule.ParseCron(c.Args)
	if cron == nil {
		return nil, problems
	}
	return cron, append(problems, cron.Check(now)...)
}

// scheduleProblems reports what is wrong with a schedule.
func scheduleProblems(c gosource.Line, problems []schedule.Problem, report diag.Reporter) {
	for _, problem := range problems {
		message := problem.Message
		if problem.Remedy != "" {
			message += "; " + problem.Remedy
		}
		d := diag.New(scheduleCode(c, problem), c.At(problem.Offset), "%s", message).Suggest(problem.Suggestion)
		if problem.Warning && d.Severity == diag.Error {
			d.Severity = diag.Warning
		}
		if problem.Related != nil {
			d = d.Relate(c.At(problem.Related.Offset), "the other is here")
		}
		report.Add(d)
	}
}

func scheduleCode(c gosource.Line, problem schedule.Problem) diag.Code {
	switch {
	case problem.Kind == schedule.NeverFires:
		return diag.NeverFires
	case problem.Kind == schedule.Passed:
		return diag.TimePassed
	case problem.Kind == schedule.FieldCount:
		return diag.CronLength
	case problem.Kind == schedule.Syntax && strings.ContainsAny(c.Args, "(@\"'`"):
		return diag.ScheduleForm
	case c.Name == "rate":
		return diag.RateValue
	case c.Name == "at":
		return diag.AtValue
	}
	return diag.CronField
}
