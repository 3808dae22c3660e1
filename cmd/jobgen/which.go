package main

import (
	"flag"
	"fmt"

	"github.com/jobgen/jobgen/internal/deployed"
	"github.com/jobgen/jobgen/internal/visible"
)

var whichCommand = command{
	name: "which", args: "EVENT...",
	summary: "tell which jobs fire for an event, and why the others don't",
	help: `
An event is a file, - for standard input, or the JSON itself. For each rule that
does not fire it prints the first field that fails, with the event's value and
the values that the rule allows. A rule whose condition is false does not fire.
Parameters (${Name}) have the value that -param gives, or else that of the
environment, or else their default. A delivery of a custom event bus, such as a list
of events, is read as its events.

Exit: 0 if a job fires for one of the events; 1 if none does; 2 diagnostics,
usage, I/O.`,
	examples: `
  jobgen which -p ./... event.json
  jobgen which -param Stage=prod event.json`,
	setup: func(a *app, flags *flag.FlagSet) func([]string) int {
		w := &which{app: a}
		w.declare(a, flags)
		w.declareParams(flags)
		flags.Func("p", "`packages` whose rules are checked; can be repeated (default .)", func(p string) error {
			w.packages = append(w.packages, p)
			return nil
		})
		return w.run
	},
}

type which struct {
	*app
	options
	packages []string
}

// outcome has the verdict of every rule on an event.
type outcome struct {
	Event string    `json:"event"`
	Rules []verdict `json:"rules"`
}

// verdict says whether a rule matches an event, and why.
type verdict struct {
	Rule    string   `json:"rule"`
	Job     string   `json:"job"`
	Package string   `json:"package"`
	File    string   `json:"file"`
	Line    int      `json:"line"`
	Fires   bool     `json:"fires"`
	Queue   string   `json:"queue,omitempty"` // the queue between the rule and the job's function
	Reasons []string `json:"reasons"`
}

func (w *which) run(args []string) int {
	if len(args) == 0 {
		return w.usage("which", "name an event: a file, - for standard input, or JSON")
	}
	events, err := w.readEvents(args)
	if err != nil {
		return w.fail(err)
	}
	res, code := w.parse("which", &w.options, w.packages)
	if res == nil {
		return code
	}
	rules, err := deployed.Rules(res.Packages, w.params)
	if err != nil {
		return w.fail(err)
	}
	if len(rules) == 0 {
		fmt.Fprintf(w.stderr, "jobgen: no jobs in %s\n", patternList(w.packages))
		return exitNo
	}
	sayOpen(w.stderr, rules)
	return w.answer(rules, events)
}

func (w *which) answer(rules []*deployed.Rule, events events) int {
	code := exitNo
	for e, err := range events {
		if err != nil {
			return w.fail(err)
		}
		single, err := delivered(e)
		if err != nil {
			return w.fail(err)
		}
		for _, e := range single {
			fires, err := w.event(rules, e)
			if err != nil {
				return w.fail(fmt.Errorf("%s: %w", e.name, err))
			}
			if fires {
				code = exitClean
			}
		}
	}
	return code
}

// event prints which rules match an event, and reports whether one does.
func (w *which) event(rules []*deployed.Rule, e namedEvent) (fires bool, err error) {
	o := outcome{Event: e.name}
	for _, r := range rules {
		v, err := w.verdict(r, e)
		if err != nil {
			return false, err
		}
		fires = fires || v.Fires
		o.Rules = append(o.Rules, v)
	}
	return fires, w.print(o)
}

func (w *which) verdict(r *deployed.Rule, e namedEvent) (verdict, error) {
	v := verdict{
		Rule: r.ID, Job: r.Job.Handler(), Package: r.Package.Path,
		File: w.printer().Name(r.Job.Pos.File), Line: r.Job.Pos.Line,
	}
	if r.Absent != "" {
		v.Reasons = []string{r.Absent}
		return v, nil
	}
	why, err := r.Compiled.Explain(e.data)
	if err != nil {
		return verdict{}, err
	}
	v.Fires, v.Reasons = why.Matched, r.Reasons(why, w.json)
	if r.Queue != nil {
		v.Queue = newListedQueue(r.Queue).String()
	}
	return v, nil
}

func (w *which) print(o outcome) error {
	if w.json {
		return writeNDJSON(w.exact, []outcome{o})
	}
	w.say(visible.Bold, "%s\n", o.Event)
	for _, v := range o.Rules {
		if v.Fires {
			w.say(visible.Green, "  FIRES")
		} else {
			fmt.Fprint(w.stdout, "  no   ")
		}
		fmt.Fprintf(w.stdout, "  %s  %s  %s:%d\n", v.Rule, v.Job, v.File, v.Line)
		if v.Queue != "" {
			fmt.Fprintf(w.stdout, "           %s\n", v.Queue)
		}
		for _, reason := range v.Reasons {
			fmt.Fprintf(w.stdout, "           %s\n", reason)
		}
	}
	return nil
}
