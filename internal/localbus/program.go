package localbus

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/deployed"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/runtimeapi"
	"github.com/jobgen/jobgen/internal/spell"
)

// Build is what one build of the user's program gives.
type Build struct {
	Rules  []*deployed.Rule // also those that don't exist with the values of parameters
	Binary string           // the path of the program
	Params deployed.Parameters
	// Event makes an event that fires a rule, for Fire and for schedules.
	Event func(rule *deployed.Rule, now time.Time) ([]byte, error)
	// Close removes the program. The bus calls it when it has another program and nothing runs
	// this one any more. It may be nil.
	Close func()
}

// Program is a build with its rules, functions and queues. They don't change.
type Program struct {
	Rules     []*Rule // those that exist
	Absent    []*deployed.Rule
	Functions []*Function
	Queues    []*Queue

	build  Build
	byKey  map[string]*Rule
	uses   int // the number of deliveries and processes that need the program; guarded by Bus.mu
	closed bool
}

// Rule is a rule or a schedule, with the function that runs its job.
type Rule struct {
	*deployed.Rule
	Target *Function
	Via    *Queue // the queue before the function, or nil
	Key    string // identifies the rule among those of all packages
}

// Function is a Lambda function.
type Function struct {
	Key     string // identifies the function among those of all packages
	Name    string // its handler
	ARN     string
	Process runtimeapi.Function
	// Retries, MaxAge and OnFailure say what happens to asynchronous invocations that fail.
	Retries   int
	MaxAge    time.Duration
	OnFailure string // the ARN of the destination, or ""
	// Limit is the reserved concurrency, or -1.
	Limit int

	names   []string // other names that clients may use
	program *Program
}

// Lambda's defaults for asynchronous invocations (API_PutFunctionEventInvokeConfig).
const (
	defaultRetries = 2
	defaultMaxAge  = 6 * time.Hour
)

// NewProgram returns the program of a build.
func NewProgram(b Build) *Program {
	p := &Program{build: b, byKey: map[string]*Rule{}}
	existing, absent := deployed.Partition(b.Rules)
	p.Absent = absent
	for _, d := range existing {
		r := &Rule{Rule: d, Key: ruleKey(d)}
		r.Target = p.function(d)
		if d.Queue != nil {
			r.Via = p.queue(r)
		}
		p.Rules = append(p.Rules, r)
		p.byKey[r.Key] = r
	}
	return p
}

func ruleKey(r *deployed.Rule) string { return r.Package.Path + " " + r.ID }

// function returns the function that runs a rule. It adds the function on first use.
func (p *Program) function(r *deployed.Rule) *Function {
	key := r.FunctionKey()
	if i := slices.IndexFunc(p.Functions, func(f *Function) bool { return f.Key == key }); i >= 0 {
		return p.Functions[i]
	}
	properties := r.Function()
	fn := &Function{
		Key: key, Name: r.FunctionName(), Process: r.Program(p.build.Binary, p.build.Params),
		Retries: defaultRetries, MaxAge: defaultMaxAge, Limit: -1, program: p,
	}
	fn.setNames(r, properties)
	if a := properties.Async; a != nil {
		fn.setAsync(r, a)
	}
	if properties.ReservedConcurrency != nil {
		fn.Limit = *properties.ReservedConcurrency
	}
	p.Functions = append(p.Functions, fn)
	return fn
}

// setNames sets the function's ARN and the names that clients may use.
func (f *Function) setNames(r *deployed.Rule, properties model.Function) {
	arn, known := properties.Target().With(r.Values).Plain()
	if !known || arn == "" {
		arn = arnOf("lambda", "function:"+f.Name)
	}
	f.ARN = arn
	f.names = append(f.names, r.Text(properties.PhysicalName), functionID(r, properties))
}

// functionID returns the stem of the names of the function's resources in the rule files.
func functionID(r *deployed.Rule, properties model.Function) string {
	if r.Package.Layout == model.PerMethod {
		return r.Job.FunctionID()
	}
	return cmp.Or(properties.ID, model.LogicalName(r.Package.HandlerName()))
}

func (f *Function) setAsync(r *deployed.Rule, a *model.Async) {
	if a.Retries != nil {
		f.Retries = *a.Retries
	}
	if a.MaxAge != nil {
		f.MaxAge = *a.MaxAge
	}
	if d := a.OnFailure; d != nil {
		f.OnFailure = cmp.Or(r.Text(d.ARN), arnOf("sqs", functionID(r, r.Function())+"Failure"))
	}
}

// arnOf returns the ARN of a resource in the account and the Region of samples.
func arnOf(service, resource string) string {
	return "arn:aws:" + service + ":" + catalog.SampleRegion + ":" + catalog.SampleAccount + ":" + resource
}

// Rule returns the rule with an id.
func (p *Program) Rule(id string) (*Rule, error) {
	var found *Rule
	var ids []string
	for _, r := range p.Rules {
		ids = append(ids, r.ID)
		switch {
		case r.ID != id:
		case found != nil:
			return nil, fmt.Errorf("the packages %s and %s both have a rule %s; give one of them another id", found.Package.Path, r.Package.Path, id)
		default:
			found = r
		}
	}
	if found != nil {
		return found, nil
	}
	for _, r := range p.Absent {
		if r.ID == id {
			return nil, fmt.Errorf("rule %s: %s; -param gives a parameter another value", id, r.Absent)
		}
	}
	return nil, deployed.NoRule(id, ids)
}

// Function returns the function with a name: its handler, id or physical name, or an ARN that
// ends with one of them.
func (p *Program) Function(name string) (*Function, error) {
	var names []string
	for _, f := range p.Functions {
		if f.HasName(name) {
			return f, nil
		}
		names = append(names, f.Name)
	}
	message := fmt.Sprintf("no function has the name %q", name)
	if near, ok := spell.Nearest(name, names); ok {
		return nil, fmt.Errorf("%s; did you mean %q?", message, near)
	}
	return nil, fmt.Errorf("%s; there are %s", message, strings.Join(names, ", "))
}

// HasName reports whether a client may call the function by a name.
func (f *Function) HasName(name string) bool {
	if name == f.ARN {
		return true
	}
	if _, after, ok := strings.Cut(name, ":function:"); ok {
		name = after
	} else if _, after, ok := strings.Cut(name, ":"); ok && !strings.HasPrefix(name, "arn:") && strings.HasPrefix(after, "function:") {
		name = strings.TrimPrefix(after, "function:")
	}
	name, _, _ = strings.Cut(name, ":") // a qualifier
	return name != "" && (name == f.Name || strings.HasSuffix(f.ARN, ":function:"+name) || slices.Contains(f.names, name))
}

// Buses returns the names of the event buses: the default one, and those of rules.
func (p *Program) Buses() []string {
	names := []string{deployed.BusName("")}
	for _, r := range p.Rules {
		if bus := r.Bus(); bus != "" && !slices.Contains(names, bus) {
			names = append(names, bus)
		}
	}
	return names
}

// drop ends a use. It reports whether it was the last one.
func (p *Program) drop() (last bool) {
	p.uses--
	if p.uses > 0 || p.closed {
		return false
	}
	p.closed = true
	return true
}

// closeAll closes programs that nothing needs any more. Bus.mu is not locked.
func closeAll(unused []*Program) {
	for _, p := range unused {
		p.build.close()
	}
}

func (b Build) close() {
	if b.Close != nil {
		b.Close()
	}
}
