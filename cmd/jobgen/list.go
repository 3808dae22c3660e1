package main

import (
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/jobgen/jobgen/internal/deployed"
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
A rule that exists only under a condition has the condition at its end; with
-param, the rules whose condition is false with these values are left out.
Parameters (${Name}) have the value that -param gives, or else that of the
environment, or else their default.

A schedule is followed by the next three times that it fires, in its time zone
(for a rate, counted from now). On a terminal the list is a table, or a block of
lines for each rule if the table is too wide. In a pipe, columns are separated by
tabs.`,
	examples: `
  jobgen list ./...
  jobgen list -param Stage=prod ./...`,
	setup: func(a *app, flags *flag.FlagSet) func([]string) int {
		o := &options{}
		o.declare(a, flags)
		o.declareParams(flags)
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
	Condition   string          `json:"condition,omitempty"` // under which the rule exists
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
	rules := a.listed(res, o.params)
	if len(rules) == 0 {
		fmt.Fprintf(a.stderr, "jobgen: no jobs in %s%s\n", patternList(patterns), o.params)
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

func (a *app) listed(res *parse.Result, given deployed.Parameters) []listed {
	printer := a.printer()
	now := time.Now().UTC()
	var rows []listed
	for _, p := range res.Packages {
		values := given.Of(p)
		for _, r := range given.Possible(p) {
			row := listed{
				Package: p.Path, Job: r.Job.Handler(), Rule: r.ID, Description: r.Description,
				State: cmp.Or(r.State.With(values).String(), model.Enabled), EventBus: cmp.Or(r.EventBus.With(values).String(), "default"),
				Function: deployed.FunctionName(p, r.Job), FunctionARN: p.FunctionOf(r.Job).Target().With(values).String(), File: printer.Name(r.Job.Pos.File), Line: r.Job.Pos.Line,
			}
			if s := r.Scheduler; s != nil {
				row.EventBus, row.Group, row.Timezone = "", cmp.Or(s.Group, "default"), cmp.Or(s.Timezone.With(values).String(), "UTC")
			}
			row.setWhen(r, values, now)
			if row.Queue = newListedQueue(r.Queue); row.Queue != nil {
				row.when += ", " + row.Queue.String()
			}
			if row.Condition = r.Condition().String(); row.Condition != "" {
				row.when += ", exists if " + row.Condition
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
func (l *listed) setWhen(r *model.Rule, values map[string]string, now time.Time) {
	if r.Schedule != nil {
		l.Schedule = r.Schedule.With(values).String()
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
	src := r.Pattern.With(values).JSON(model.Text.String)
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
