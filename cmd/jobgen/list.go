package main

import (
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/schedule"
	"github.com/jobgen/jobgen/internal/terminal"
	"github.com/jobgen/jobgen/parse"
	"github.com/jobgen/jobgen/pattern"
)

var listCommand = command{
	name: "list", args: "[packages]",
	summary: "list the jobs: their rules, patterns, schedules and functions",
	help: `
A schedule is followed by the next three times that it fires, in its time zone
(for a rate, counted from now). On a terminal the list is a table, or a block of
lines for each rule if the table is too wide. In a pipe, columns are separated by
tabs.`,
	examples: `
  jobgen list ./...`,
	setup: func(a *app, flags *flag.FlagSet) func([]string) int {
		o := &options{}
		o.declare(a, flags)
		return func(patterns []string) int { return a.list(o, patterns) }
	},
}

// listed is one rule in the list.
type listed struct {
	Package     string          `json:"package"`
	Job         string          `json:"job"`
	Rule        string          `json:"rule"`
	Description string          `json:"description"`
	State       string          `json:"state"`
	EventBus    string          `json:"eventBus,omitempty"` // empty for a schedule of EventBridge Scheduler
	Group       string          `json:"group,omitempty"`    // of a schedule of EventBridge Scheduler
	Timezone    string          `json:"timezone,omitempty"`
	Pattern     json.RawMessage `json:"pattern,omitempty"`
	Schedule    string          `json:"schedule,omitempty"`
	Next        []time.Time     `json:"next,omitempty"`
	Queue       *listedQueue    `json:"queue,omitempty"`
	Function    string          `json:"function"`
	FunctionARN string          `json:"functionArn,omitempty"` // of a function that exists, with its version or alias
	File        string          `json:"file"`
	Line        int             `json:"line"`
	when        string          // the pattern or schedule on one line
}

func (a *app) list(o *options, patterns []string) int {
	res, code := a.parse("list", o, patterns)
	if res == nil {
		return code
	}
	rules := a.listed(res)
	if len(rules) == 0 {
		fmt.Fprintf(a.stderr, "jobgen: no jobs in %s\n", patternList(patterns))
		return exitClean
	}
	var err error
	if o.json {
		err = writeNDJSON(a.exact, rules)
	} else {
		err = writeList(a.stdout, rules, terminal.Columns(a.stdout))
	}
	if err != nil {
		return a.fail(err)
	}
	return exitClean
}

func writeNDJSON[T any](w io.Writer, rows []T) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, row := range rows {
		if err := enc.Encode(row); err != nil {
			return err
		}
	}
	return nil
}

func (a *app) listed(res *parse.Result) []listed {
	printer := a.printer()
	now := time.Now().UTC()
	var rows []listed
	for _, p := range res.Packages {
		defaults := p.Defaults()
		for _, r := range p.Rules() {
			row := listed{
				Package: p.Path, Job: r.Job.Handler(), Rule: r.ID, Description: r.Description,
				State: cmp.Or(r.State.With(defaults).String(), model.Enabled), EventBus: cmp.Or(r.EventBus.With(defaults).String(), "default"),
				Function: functionName(p, r.Job), FunctionARN: p.FunctionOf(r.Job).Target().With(defaults).String(), File: printer.Name(r.Job.Pos.File), Line: r.Job.Pos.Line,
			}
			if s := r.Scheduler; s != nil {
				row.EventBus, row.Group, row.Timezone = "", cmp.Or(s.Group, "default"), cmp.Or(s.Timezone.With(defaults).String(), "UTC")
			}
			row.setWhen(r, defaults, now)
			if row.Queue = newListedQueue(r.Queue); row.Queue != nil {
				row.when += ", " + row.Queue.String()
			}
			rows = append(rows, row)
		}
	}
	return rows
}

// runsIn returns the function's name for people, with the ARN of a function that exists.
func (l *listed) runsIn() string {
	if l.FunctionARN == "" {
		return l.Function
	}
	return l.Function + " in " + l.FunctionARN
}

// setWhen sets the fields that say when the rule fires.
func (l *listed) setWhen(r *model.Rule, defaults map[string]string, now time.Time) {
	if r.Schedule != nil {
		l.Schedule = r.Schedule.With(defaults).String()
		l.when = l.Schedule
		if l.Timezone != "" && l.Timezone != "UTC" {
			l.when += " " + l.Timezone
		}
		if expression := schedule.Parse(l.Schedule); expression != nil {
			l.Next = nextTimes(expression, l.Timezone, r.Scheduler, now)
			l.when += " " + joinTimes(l.Next)
		}
		return
	}
	src := r.Pattern.With(defaults).JSON(model.Text.String)
	l.Pattern = json.RawMessage(src)
	parsed, err := pattern.Parse([]byte(src))
	if err != nil {
		// The pattern has a parameter for a value of a special form, such as a CIDR block.
		l.when = src
		return
	}
	l.when = parsed.Describe()
}

// nextTimes returns the next three times that a schedule fires in a time zone. S is nil for a
// rule.
func nextTimes(expression schedule.Expression, timezone string, s *model.Scheduler, now time.Time) []time.Time {
	zone, _ := schedule.Zone(cmp.Or(timezone, "UTC"))
	if zone == nil { // it is a parameter
		return nil
	}
	if s == nil {
		s = &model.Scheduler{}
	}
	after := now
	if s.Start.After(now) {
		after = s.Start.Add(-time.Nanosecond)
	}
	var times []time.Time
	for len(times) < 3 {
		next, ok := schedule.NextIn(expression, zone, after)
		if !ok || !s.End.IsZero() && next.After(s.End) {
			break
		}
		times = append(times, next)
		after = next
	}
	return times
}

func joinTimes(times []time.Time) string {
	if len(times) == 0 {
		return "(never again)"
	}
	words := make([]string, len(times))
	for i, t := range times {
		words[i] = t.Format("2006-01-02T15:04Z07:00")
	}
	return "(next " + strings.Join(words, ", ") + ")"
}
