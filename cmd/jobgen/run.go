package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/jobgen/jobgen/internal/delivery"
	"github.com/jobgen/jobgen/internal/deployed"
	"github.com/jobgen/jobgen/internal/runtimeapi"
	"github.com/jobgen/jobgen/internal/tempdir"
	"github.com/jobgen/jobgen/internal/visible"
	"github.com/jobgen/jobgen/parse"
)

var runCommand = command{
	name: "run", args: "MAIN [EVENT...]",
	summary: "run events through the real binary, as AWS would",
	help: `
It generates, builds the main package MAIN, and acts as EventBridge and Lambda:
a Lambda Runtime API on this machine sends each event to the program, once for
every rule that matches, with that rule's function and input. An event is a file,
- for standard input (the default), or the JSON itself. Events on standard input
are handled as soon as they are read. Parameters (${Name}) have the value that -param gives,
or else that of the environment, or else their default. A rule whose condition is
false with these values gets no events. Credentials come from the environment.

A file can also have what a subscriber of a custom event bus delivers: a list of
events, or of objects with Data, Metadata and SystemMetadata, or one such object.
Each function gets the events of the delivery that its rules match, in one list,
as from a subscriber with the rules' patterns as its filter.

With -rule, events are sent to that rule alone. Without an event, jobgen makes one
that fires the rule, as jobgen events -for does: for a schedule, the event that
EventBridge sends when the schedule fires.

Exit: 0 if every job that ran succeeded; 1 if one failed, or none ran; 2
diagnostics, usage, I/O.`,
	examples: `
  jobgen run ./lambda event.json
  jobgen run -rule SweeperDaily ./lambda
  jobgen run -param Stage=prod ./lambda event.json`,
	setup: func(a *app, flags *flag.FlagSet) func([]string) int {
		r := &runner{app: a}
		r.declare(a, flags)
		r.declareParams(flags)
		flags.StringVar(&r.rule, "rule", "", "the `ID` of the only rule that events are sent to; without an event, one is made for it")
		return r.run
	},
}

// runner is one call of the run command.
type runner struct {
	*app
	options
	rule  string           // the id that -rule gives, or ""
	rules []*deployed.Rule // the rules that events are sent to
	// absent has the rules that don't exist with the values of parameters.
	absent []*deployed.Rule
	// makesEvent says that -rule is given without an event. Then made is the event for that
	// rule.
	makesEvent bool
	made       namedEvent
	built      *tempdir.Dir // the folder of the program, once it is built
	logs       io.Writer
	instances  map[string]*runtimeapi.Instance
	ran        int // the number of jobs that ran
	failed     int // the number of invocations that failed
}

func (r *runner) run(args []string) int {
	if len(args) == 0 {
		return r.usage("run", "name the main package, such as ./cmd/lambda")
	}
	eventArgs := args[1:]
	r.makesEvent = r.rule != "" && len(eventArgs) == 0
	if len(eventArgs) == 0 && !r.makesEvent {
		eventArgs = []string{"-"}
	}
	events, err := r.readEvents(eventArgs)
	if err != nil {
		return r.fail(err)
	}
	defer r.close()
	if code := r.prepare(args[0]); code != exitClean {
		return code
	}
	if r.makesEvent {
		events = known(r.made)
	}
	return r.serve(events)
}

// serve runs events through the functions, one after the other.
func (r *runner) serve(events events) int {
	r.instances = map[string]*runtimeapi.Instance{}
	r.logs = &lineWriter{w: r.app.logs}
	for e, err := range events {
		if err != nil {
			return r.fail(err)
		}
		if err := r.event(e); err != nil {
			return r.fail(fmt.Errorf("%s: %w", e.name, err))
		}
	}
	return r.verdict()
}

// chooseRules sets the rules that events are sent to. If there is a rule and no event, it
// makes one that fires the rule.
func (r *runner) chooseRules(res *parse.Result) error {
	if r.rule == "" {
		rules, err := deployed.Rules(res.Packages, r.params)
		r.rules, r.absent = deployed.Partition(rules)
		sayOpen(r.stderr, r.rules)
		return err
	}
	rule, err := deployed.Find(res.Packages, r.rule, r.params, r.makesEvent)
	if err != nil {
		return err
	}
	r.rules = []*deployed.Rule{rule}
	sayOpen(r.stderr, r.rules)
	if !r.makesEvent {
		return nil
	}
	data, err := rule.Event(ownEvents(r.schemas).orAWS, res.Detail(rule.Rule), time.Now())
	r.made = namedEvent{"an event made for " + rule.ID, data}
	return err
}

// close stops the functions and removes the program.
func (r *runner) close() {
	for _, in := range r.instances {
		in.Close()
	}
	if r.built != nil {
		r.built.Remove()
	}
}

func (r *runner) verdict() int {
	if !r.json {
		style := visible.Green
		if r.failed > 0 || r.ran == 0 {
			style = visible.Red
		}
		r.say(style, "%s, %d failed\n", plural(r.ran, "job ran", "jobs ran"), r.failed)
	}
	if r.failed > 0 || r.ran == 0 {
		return exitNo
	}
	return exitClean
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// event sends one event to every rule that matches it.
func (r *runner) event(e namedEvent) error {
	if d := delivery.Read(e.data); d != nil {
		return r.deliver(e, d)
	}
	r.announce(e)
	fired := 0
	for _, rule := range r.rules {
		matched, err := rule.Compiled.Match(e.data)
		if err != nil {
			return err
		}
		if !matched {
			continue
		}
		fired++
		if err := r.fire(rule, e); err != nil {
			return err
		}
	}
	if fired == 0 {
		return r.explainSilence("this event", e.data)
	}
	return nil
}

// announce names the event.
func (r *runner) announce(e namedEvent) {
	if r.json {
		return
	}
	var head struct {
		Source     string `json:"source"`
		DetailType string `json:"detail-type"`
	}
	// The rules report a text that is not an event.
	_ = json.Unmarshal(e.data, &head)
	r.say(visible.Bold, "%s: %q from %q\n", e.name, head.DetailType, head.Source)
}

// fire invokes a rule's function with the input that EventBridge would send.
func (r *runner) fire(rule *deployed.Rule, e namedEvent) error {
	f := fired{Event: e.name, Rule: rule.ID, Function: rule.FunctionName()}
	payload, err := rule.Payload(e.data, time.Now())
	if err != nil {
		// A template can work for one event and fail for another.
		f.ErrorType, f.Error = deployed.ErrorInput, err.Error()
		f.after = "EventBridge would not call the function"
		if rule.Queue != nil {
			f.after = "EventBridge would not send it to the queue"
		}
		return r.report(f)
	}
	feed := newFeed(rule, payload)
	if feed != nil {
		f.Queue, payload = feed.ARN, feed.event()
	}
	result, err := r.invoke(rule, payload)
	if err != nil {
		return err
	}
	f.fill(rule, feed, result)
	return r.report(f)
}

// invoke calls a rule's function.
func (r *runner) invoke(rule *deployed.Rule, payload []byte) (runtimeapi.Result, error) {
	defer r.step("running %s", rule.Job.Handler())()
	in, err := r.instance(rule)
	if err != nil {
		return runtimeapi.Result{}, err
	}
	result, err := in.Invoke(r.ctx, payload)
	if err != nil {
		return result, fmt.Errorf("rule %s: %w", rule.ID, err)
	}
	return result, nil
}

// instance returns the running function of a rule. It starts the function on first use.
func (r *runner) instance(rule *deployed.Rule) (*runtimeapi.Instance, error) {
	key := rule.FunctionKey()
	if in, ok := r.instances[key]; ok {
		return in, nil
	}
	in, err := runtimeapi.Start(r.ctx, rule.Program(binaryIn(r.built), r.params), runtimeapi.Options{Stdout: r.logs, Stderr: r.logs})
	if err != nil {
		return nil, err
	}
	r.instances[key] = in
	return in, nil
}

// explainSilence prints why no rule matches an event.
func (r *runner) explainSilence(name string, event []byte) error {
	if r.json {
		return nil
	}
	r.say(visible.Red, "  no rule matches %s\n", name)
	for _, rule := range r.rules {
		why, err := rule.Compiled.Explain(event)
		if err != nil {
			return err
		}
		for _, reason := range rule.Reasons(why, false) {
			fmt.Fprintf(r.stdout, "  %s: %s\n", rule.ID, reason)
		}
	}
	for _, rule := range r.absent {
		fmt.Fprintf(r.stdout, "  %s: %s\n", rule.ID, rule.Absent)
	}
	return nil
}

// lineWriter prefixes the lines that functions write. Several functions may write at the
// same time.
type lineWriter struct {
	mu sync.Mutex
	w  io.Writer
}

func (l *lineWriter) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, err := fmt.Fprintf(l.w, "  | %s", line); err != nil {
		return 0, err
	}
	return len(line), nil
}
