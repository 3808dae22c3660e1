package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/jobgen/jobgen/internal/runtimeapi"
	"github.com/jobgen/jobgen/internal/target"
)

var runCommand = command{
	name: "run", args: "MAIN [EVENT...]",
	summary: "run events through the real binary, as AWS would",
	help: `
It generates, builds the main package MAIN, and is EventBridge and Lambda for
it: a Lambda Runtime API on this machine feeds the binary each event, once for
every rule that matches, by that rule's function and input. An event is a file,
or the JSON itself; - or none is standard input, one event after the other.
Parameters (${Name}) come from the environment, as do credentials.

  jobgen run ./cmd/lambda testdata/event.json

Exit: 0 if every job that ran went well; 1 if one failed, or none ran; 2
diagnostics, usage, I/O.`,
	setup: func(a *app, flags *flag.FlagSet) func([]string) int {
		r := &runner{app: a}
		r.declare(a, flags)
		return r.run
	},
}

// runner is one run of the run command.
type runner struct {
	*app
	options
	rules     []*liveRule
	binary    string
	logs      io.Writer
	instances map[string]*runtimeapi.Instance
	ran       int
	failed    int
}

func (r *runner) run(args []string) int {
	if len(args) == 0 {
		return r.usage("run", "name the main package, such as ./cmd/lambda")
	}
	events, err := r.readEvents(eventArgs(args[1:]))
	if err != nil {
		return r.fail(err)
	}
	build, code := r.prepare(args[0])
	if build == nil {
		return code
	}
	defer build.remove()
	r.rules, r.binary = build.rules, build.binary
	r.instances = map[string]*runtimeapi.Instance{}
	defer r.close()
	r.logs = &lineWriter{w: unwrapped(r.stderr)}
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

func eventArgs(args []string) []string {
	if len(args) == 0 {
		return []string{"-"}
	}
	return args
}

func (r *runner) close() {
	for _, in := range r.instances {
		in.Close()
	}
}

func (r *runner) verdict() int {
	if !r.json {
		fmt.Fprintf(r.stdout, "%s, %d failed\n", plural(r.ran, "job ran", "jobs ran"), r.failed)
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
	r.announce(e)
	fired := 0
	for _, rule := range r.rules {
		matched, err := rule.pattern.Match(e.data)
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
		return r.explainSilence(e)
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
	// What isn't an event is told by the rules' own look at it.
	_ = json.Unmarshal(e.data, &head)
	fmt.Fprintf(r.stdout, "%s: %q from %q\n", e.name, head.DetailType, head.Source)
}

// fired is what became of one rule's invocation.
type fired struct {
	Event      string          `json:"event"`
	Rule       string          `json:"rule"`
	Method     string          `json:"method"`
	Function   string          `json:"function"`
	DurationMS float64         `json:"durationMs"`
	InitMS     float64         `json:"initMs"`
	Answer     json.RawMessage `json:"answer"`
	ErrorType  string          `json:"errorType,omitempty"`
	Error      string          `json:"error,omitempty"`
	Stack      []string        `json:"stack,omitempty"`
}

// fire invokes a rule's function with what EventBridge would send it.
func (r *runner) fire(rule *liveRule, e namedEvent) error {
	payload, err := rule.TargetInput(rule.pkg.Layout).Payload(e.data, target.Context{
		RuleARN: ruleARN(rule), RuleName: rule.ID, IngestionTime: time.Now(),
	})
	if err != nil {
		return fmt.Errorf("rule %s: %w", rule.ID, err)
	}
	in, err := r.instance(rule)
	if err != nil {
		return err
	}
	result, err := in.Invoke(r.ctx, payload)
	if err != nil {
		return fmt.Errorf("rule %s: %w", rule.ID, err)
	}
	r.ran++
	if result.FunctionError != "" {
		r.failed++
	}
	return r.report(rule, e, result)
}

// instance returns the running function of a rule, which it starts for the
// first one.
func (r *runner) instance(rule *liveRule) (*runtimeapi.Instance, error) {
	key := rule.pkg.Path + " " + rule.function()
	if in, ok := r.instances[key]; ok {
		return in, nil
	}
	in, err := runtimeapi.Start(r.ctx, function(rule, r.binary), runtimeapi.Options{Stdout: r.logs, Stderr: r.logs})
	if err != nil {
		return nil, err
	}
	r.instances[key] = in
	return in, nil
}

// ruleARN is the ARN that the rule would have; account and Region are the local
// runner's own.
func ruleARN(rule *liveRule) string {
	return "arn:aws:events:us-east-1:123456789012:rule/" + rule.ID
}

func (r *runner) report(rule *liveRule, e namedEvent, result runtimeapi.Result) error {
	f := fired{
		Event: e.name, Rule: rule.ID, Method: rule.Job.Handler(), Function: rule.function(),
		DurationMS: milliseconds(result.Duration), InitMS: milliseconds(result.InitDuration),
	}
	if result.FunctionError == "" {
		f.Answer = result.Payload
	} else {
		f.ErrorType, f.Error, f.Stack = result.ErrorType, result.ErrorMessage, result.StackTrace
	}
	if r.json {
		return writeNDJSON(r.exact, []fired{f})
	}
	r.print(rule, f)
	return nil
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func (r *runner) print(rule *liveRule, f fired) {
	fmt.Fprintf(r.stdout, "  rule    %s\n  method  %s\n  time    %.1f ms", f.Rule, f.Method, f.DurationMS)
	if f.InitMS > 0 {
		fmt.Fprintf(r.stdout, " (and %.1f ms to start)", f.InitMS)
	}
	if f.ErrorType == "" && f.Error == "" {
		fmt.Fprintf(r.stdout, "\n  answer  %s\n", f.Answer)
		return
	}
	fmt.Fprintf(r.stdout, "\n  FAILED  %s: %s\n", f.ErrorType, f.Error)
	for _, frame := range f.Stack {
		fmt.Fprintf(r.stdout, "          %s\n", frame)
	}
	fmt.Fprintf(r.stdout, "  Lambda %s\n", afterFailure(rule))
}

// afterFailure tells what Lambda does with an event whose handler failed
// (Lambda guide, invocation-async-error-handling): the local runner doesn't
// repeat it.
func afterFailure(rule *liveRule) string {
	retries, then := 2, "then drops the event"
	if async := rule.Job.Function.Async; async != nil {
		if async.Retries != nil {
			retries = *async.Retries
		}
		if async.OnFailure != nil {
			then = "then sends the event to the function's on_failure"
		}
	}
	return fmt.Sprintf("would retry it %s, %s", plural(retries, "time", "times"), then)
}

// explainSilence says why no rule matches an event.
func (r *runner) explainSilence(e namedEvent) error {
	if r.json {
		return nil
	}
	fmt.Fprintf(r.stdout, "  no rule matches this event\n")
	for _, rule := range r.rules {
		why, err := rule.pattern.Explain(e.data)
		if err != nil {
			return err
		}
		for _, reason := range reasons(rule.Rule, why, false) {
			fmt.Fprintf(r.stdout, "  %s: %s\n", rule.ID, reason)
		}
	}
	return nil
}

// lineWriter marks the functions' own output. Several of them may write at once.
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
