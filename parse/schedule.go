package parse

import (
	"strings"
	"time"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/schedule"
)

// readSchedule reads the expression of a rate or cron line.
func readSchedule(r *rule, c gosource.Line, now time.Time, report diag.Reporter) {
	if c.Args == "" {
		report.Report(diag.PropMissing, c.Pos, "%s has no expression; write for example `%s`", c.Name, c.Spec.Example)
		r.Unreadable = true
		return
	}
	var problems []schedule.Problem
	if c.Name == "rate" {
		rate, found := schedule.ParseRate(c.Args)
		if problems = found; rate != nil {
			r.Schedule = rate.String()
		}
	} else {
		cron, found := schedule.ParseCron(c.Args)
		if problems = found; cron != nil {
			r.Schedule = cron.String()
			problems = append(problems, cron.Check(now)...)
		}
	}
	r.Unreadable = r.Schedule == ""
	scheduleProblems(c, problems, report)
}

// scheduleProblems reports what is wrong with a schedule.
func scheduleProblems(c gosource.Line, problems []schedule.Problem, report diag.Reporter) {
	for _, problem := range problems {
		message := problem.Message
		if problem.Remedy != "" {
			message += "; " + problem.Remedy
		}
		d := diag.New(scheduleCode(c, problem), c.At(problem.Offset), "%s", message).Suggest(problem.Suggestion)
		if problem.Warning {
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
	case problem.Kind == schedule.FieldCount:
		return diag.CronLength
	case problem.Kind == schedule.Syntax && strings.ContainsAny(c.Args, "(@\"'`"):
		return diag.ScheduleForm
	case c.Name == "rate":
		return diag.RateValue
	}
	return diag.CronField
}
