package jobs

import (
	"fmt"
	"os"
	"sync"

	"github.com/jobgen/jobgen/internal/table"
)

// Dispatcher hands events to the jobs that they are for. It is a lambda.Handler;
// see the package documentation for what Invoke does. It may be used by several
// goroutines at once.
type Dispatcher struct {
	parts   []part
	handler string
	log     journal // or nil
	report  string  // URL that takes reports of the jobs that run; empty on AWS

	// What follows is made when it is first needed.
	routeOnce sync.Once
	route     route
	ids       ruleIDs
	matching  matching
}

// part is one package of a dispatcher.
type part struct {
	table *table.Table
	call  table.Call
}

// New makes the dispatcher of one package; generated code calls it. It reads the
// environment variable _HANDLER, which Lambda sets to the function's Handler
// property (Lambda developer guide, page configuration-envvars), and does no
// other work: it takes the same time for any number of rules.
func New(t *table.Table, call table.Call) *Dispatcher {
	return newDispatcher([]part{{table: t, call: call}})
}

//go:noinline
func newDispatcher(parts []part) *Dispatcher {
	return &Dispatcher{parts: parts, handler: os.Getenv("_HANDLER"), report: os.Getenv(reportURL)}
}

// WithHandler returns a dispatcher that acts as if the function's Handler
// property were this, whatever _HANDLER says: the name of a job, or of a package,
// or "" for all rules.
func (d *Dispatcher) WithHandler(handler string) *Dispatcher {
	return &Dispatcher{parts: d.parts, handler: handler, log: d.log, report: d.report}
}

// WithLogger returns a dispatcher that logs what it does: at level Debug which
// rules an event is for, at Info each job that is done with its duration, at
// Error each that failed and each payload that was refused. Without it, nothing
// is logged; a failure reaches Lambda's log in any case.
func (d *Dispatcher) WithLogger(log Logger) *Dispatcher {
	return &Dispatcher{parts: d.parts, handler: d.handler, log: journalOf(log), report: d.report}
}

// Mux joins the dispatchers of several packages into one, for a program that has
// the jobs of all of them. The first one's logger becomes the whole's; the
// handler is that of _HANDLER.
//
// A handler that is the name or the import path of one of the packages restricts
// the dispatcher to that package's rules. Mux panics if there is no dispatcher,
// if one is nil, and if two packages have a job or a rule of the same name: a
// handler or an envelope could not tell them apart. jobgen reports such names;
// //jobs:package handler: NAME in one of the packages makes its own differ.
func Mux(ds ...*Dispatcher) *Dispatcher {
	if len(ds) == 0 {
		panic("jobs.Mux: no dispatcher given")
	}
	var parts []part
	for i, d := range ds {
		if d == nil {
			panic(fmt.Sprintf("jobs.Mux: dispatcher %d is nil", i+1))
		}
		parts = append(parts, d.parts...)
	}
	refuseSame(parts)
	d := newDispatcher(parts)
	d.log = ds[0].log
	return d
}

// refuseSame panics if two parts have a job or a rule of the same name.
func refuseSame(parts []part) {
	jobs, rules := map[string]string{}, map[string]string{}
	for _, p := range parts {
		for _, job := range p.table.Handlers() {
			claim(jobs, "job", job, p.table.Path, "put a name before those of one of them (//jobs:package handler: …)")
		}
		for _, rule := range p.table.Rules {
			claim(rules, "rule", rule.ID, p.table.Path, "give the rule another id in one of them (//jobs:event_rule id: …, or //jobs:package handler: …)")
		}
	}
}

func claim(owners map[string]string, kind, name, path, remedy string) {
	if owner, ok := owners[name]; ok {
		panic(fmt.Sprintf("jobs.Mux: the packages %s and %s both have the %s %s; %s", owner, path, kind, name, remedy))
	}
	owners[name] = path
}

// RuleInfo is what a dispatcher knows of a rule.
type RuleInfo struct {
	ID      string
	Package string // import path
	Handler string // the job that it calls: "SecurityJob.InstanceStopping"
	// Pattern is the event pattern as JSON. The parameters in it have their values
	// if the environment has all of them; otherwise they stand as ${Name}.
	Pattern string
}

// Rules returns the dispatcher's rules, in the order in which they run.
func (d *Dispatcher) Rules() []RuleInfo {
	var rules []RuleInfo
	for i := range d.parts {
		p := &d.parts[i]
		for i := range p.table.Rules {
			rules = append(rules, p.info(&p.table.Rules[i]))
		}
	}
	return rules
}

// Handlers returns the names of the dispatcher's jobs, in source order.
//
//go:noinline
func (d *Dispatcher) Handlers() []string {
	var names []string
	for _, p := range d.parts {
		names = append(names, p.table.Handlers()...)
	}
	return names
}

// chosen returns what the handler's name selects.
func (d *Dispatcher) chosen() *route {
	d.routeOnce.Do(d.resolve)
	return &d.route
}
