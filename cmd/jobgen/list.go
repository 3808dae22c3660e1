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
A schedule is followed by the next three times that it fires, in UTC (for a
rate, counted from now). On a terminal the list is a table, or a block of lines
for each rule if the table is too wide. In a pipe, columns are separated by tabs.`,
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
	EventBus    string          `json:"eventBus"`
	Pattern     json.RawMessage `json:"pattern,omitempty"`
	Schedule    string          `json:"schedule,omitempty"`
	Next        []time.Time     `json:"next,omitempty"`
	Function    string          `json:"function"`
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
		for _, r := range p.Rules() {
			row := listed{
				Package: p.Path, Job: r.Job.Handler(), Rule: r.ID, Description: r.Description,
				State: string(cmp.Or(r.State, model.Enabled)), EventBus: cmp.Or(r.EventBus.String(), "default"),
				Function: functionName(p, r.Job), File: printer.Name(r.Job.Pos.File), Line: r.Job.Pos.Line,
			}
			row.setWhen(r, now)
			rows = append(rows, row)
		}
	}
	return rows
}

// setWhen sets the fields that say when the rule fires.
func (l *listed) setWhen(r *model.Rule, now time.Time) {
	if r.Schedule != "" {
		l.Schedule, l.Next = r.Schedule, nextTimes(r.Schedule, now)
		l.when = r.Schedule + " " + joinTimes(l.Next)
		return
	}
	src := r.Pattern.JSON(model.Text.String)
	l.Pattern = json.RawMessage(src)
	parsed, err := pattern.Parse([]byte(src))
	if err != nil {
		// The pattern has a parameter for a value of a special form, such as a CIDR block.
		l.when = src
		return
	}
	l.when = parsed.Describe()
}

// nextTimes returns the next three times that a schedule fires.
func nextTimes(expression string, now time.Time) []time.Time {
	kind, args, _ := strings.Cut(strings.TrimSuffix(expression, ")"), "(")
	if kind == "rate" {
		rate, _ := schedule.ParseRate(args)
		return rate.NextN(now, 3)
	}
	cron, _ := schedule.ParseCron(args)
	return cron.NextN(now, 3)
}

func joinTimes(times []time.Time) string {
	if len(times) == 0 {
		return "(never again)"
	}
	words := make([]string, len(times))
	for i, t := range times {
		words[i] = t.Format("2006-01-02T15:04Z")
	}
	return "(next " + strings.Join(words, ", ") + ")"
}
