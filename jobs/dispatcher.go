package jobs

import (
	"fmt"
	"os"
	"sync"

	"github.com/jobgen/jobgen/internal/table"
)

// Dispatcher calls the jobs that handle an event. It is a lambda.Handler; the package
// documentation describes Invoke. Several goroutines may use it at the same time.
type Dispatcher struct {
	parts   []part
	handler string
	log     journal // or nil
	report  string  // URL that takes reports of the jobs that run; empty on AWS

	// The following fields are set when they are first needed.
	routeOnce sync.Once
	route     route
	ids       ruleIDs
	matching  matching
}

// part is one package of a dispatcher.
type part struct {
	table *table.Table
	call  table.Call
	// needed are the receivers that must be made before they are used, or that are missing.
	// It is nil if the program passes all.
	needed needed
}

// New returns the dispatcher of one package, with the receivers of its jobs. Generated
// code calls it. It reads the environment variable _HANDLER, which Lambda sets to the
// function's Handler property (Lambda developer guide, page configuration-envvars). Its
// time doesn't depend on the number of rules.
func New(t *table.Table, call table.Call, receivers ...table.Receiver) *Dispatcher {
	return newDispatcher([]part{{table: t, call: call, needed: neededOf(t, receivers)}})
}

//go:noinline
func newDispatcher(parts []part) *Dispatcher {
	return &Dispatcher{parts: parts, handler: os.Getenv("_HANDLER"), report: os.Getenv(reportURL)}
}

// WithHandler returns a dispatcher that uses the given name in place of _HANDLER: the
// name of a job or a package, or "" for all rules.
func (d *Dispatcher) WithHandler(handler string) *Dispatcher {
	return &Dispatcher{parts: d.parts, handler: handler, log: d.log, report: d.report}
}

// WithLogger returns a dispatcher with a logger. It logs the rules that an event is for
// at level Debug, each finished job with its duration at Info, and each failed job and
// refused payload at Error. Without a logger nothing is logged, but failures still
// appear in Lambda's log.
func (d *Dispatcher) WithLogger(log Logger) *Dispatcher {
	return &Dispatcher{parts: d.parts, handler: d.handler, log: journalOf(log), report: d.report}
}

// Mux joins the dispatchers of several packages into one. The result has the logger of
// the first dispatcher and the handler of _HANDLER.
//
// If the handler is the name or the import path of one of the packages, only the rules
// of that package are used. Mux panics if there is no dispatcher or if one is nil. It
// also panics if two packages have a job or a rule of the same name, because a handler
// or an envelope would be ambiguous. jobgen reports such names; to make them different,
// add //jobs:package handler: NAME to one of the packages.
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

// RuleInfo describes a rule of a dispatcher.
type RuleInfo struct {
	ID      string
	Package string // import path
	Handler string // the job that it calls: "SecurityJob.InstanceStopping"
	// Pattern is the event pattern as JSON. If the environment has values for all of its
	// parameters, they are replaced; otherwise they are written as ${Name}.
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

// chosen returns the route that the handler's name selects.
func (d *Dispatcher) chosen() *route {
	d.routeOnce.Do(d.resolve)
	return &d.route
}
