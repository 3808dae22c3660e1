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

// scheduleFields fills a schedule of EventBridge Scheduler from a schedule line, which may have
// no properties.
func (p *ruleReader) scheduleFields(r *rule, c gosource.Line) {
	r.Scheduler = &model.Scheduler{}
	if c.Args == "" {
		return
	}
	values := p.properties(c)
	addPlaces(r.Properties, "", c, values)
	r.sharedFields(values)
	s := r.Scheduler
	s.Group = values.Get("group").String()
	if v := values.Get("timezone"); v != nil {
		s.Timezone = v.Text
	}
	if v := values.Get("window"); v != nil {
		s.Window = v.Duration
	}
	s.Start = p.instant(c, values.Get("start"))
	s.End = p.instant(c, values.Get("end"))
	s.Delete = values.Get("after").String() == "delete"
	if v := values.Get("kms_key"); v != nil {
		s.KMSKey = v.Text
	}
	if v := values.Get("input"); v != nil {
		s.Detail = p.scheduleDetail(c, v)
	}
	p.wholeTime(r, c, values.Get("expression"))
}

// instant reads a time with its zone, which may be missing.
func (p *ruleReader) instant(c gosource.Line, v *directive.Value) time.Time {
	if v == nil {
		return time.Time{}
	}
	t, err := time.Parse(time.RFC3339, v.String())
	if err != nil {
		p.report.Report(diag.PropValue, c.At(v.Node.Offset), "%s: there is no such time: %s", v.Prop.Name, v.String())
	}
	return t.UTC()
}

// scheduleDetail reads the input of a schedule. It becomes the detail of the event.
func (p *ruleReader) scheduleDetail(c gosource.Line, v *directive.Value) *model.Value {
	if v.JSON == nil || v.JSON.Kind == model.Object {
		return v.JSON
	}
	p.report.Report(diag.PropValue, c.At(v.Node.Offset), "the input of a schedule becomes the detail of the event, which is an object; write a mapping, as in {mode: full}")
	return nil
}

// hasExpression reports a schedule line with an expression in place of properties.
func (p *ruleReader) hasExpression(c gosource.Line) bool {
	line := expressionLine(c.Args)
	if line != "" {
		p.report.Report(diag.ScheduleForm, c.At(0), "schedule takes the properties of a schedule, and another line its expression; write `%s` below this line, or in its place", line)
	}
	return line != ""
}

// expressionLine returns the line for arguments that are a schedule expression, with or without
// rate( ), cron( ) or at( ) around it. It returns "" for other arguments.
func expressionLine(args string) string {
	inner := args
	for _, kind := range []string{"rate", "cron", "at"} {
		if rest, ok := strings.CutPrefix(args, kind+"("); ok {
			inner = strings.TrimSuffix(rest, ")")
		}
	}
	for _, kind := range []string{"rate", "cron", "at"} {
		if schedule.Parse(kind+"("+inner+")") != nil {
			return "//jobs:" + kind + " " + inner
		}
	}
	return ""
}
