package gen

import (
	"fmt"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/target"
)

// stack describes a package's resources in the cloud. What the formats have in common
// is resolved. Slices are in source order.
type stack struct {
	Package    string // the Go package's name
	Path       string // its import path
	Layout     model.Layout
	Parameters []*stackParameter
	model      *model.Package
	lists      []string // the names of parameters that are whole lists of values
	Functions  []*stackFunction
	conditions *stackConditions
	// Prerequisites are clauses for "events arrive only if".
	Prerequisites []string
	Needs         []stackNeed
	// Module says that the Terraform file is for a module.
	Module bool
}

// stackParameter is a value that is given when the stack is deployed.
type stackParameter struct {
	Name string   // between ${ and } in directives
	Uses []string // what refers to it, each once
	// Secret says that the file hides the value.
	Secret bool
	// Default is the value if none is given, nil if one must be given.
	Default *string
	// List reports whether the parameter is a whole list of values in patterns. Its Default
	// has commas between the values, and Allowed applies to each value.
	List bool
	// Allowed are the values that may be given, nil for any.
	Allowed []string
	Pos     model.Pos
}

// Description says what the parameter is for, to the person who deploys the stack.
func (p *stackParameter) Description() string {
	const shown = 4
	if n := len(p.Uses) - shown; n > 0 {
		return fmt.Sprintf("For the %s and %d more.", strings.Join(p.Uses[:shown], ", the "), n)
	}
	return "For the " + strings.Join(p.Uses, ", the ") + "."
}

// stackFunction is a Lambda function and what belongs to it: its log group, its
// execution role, its failure queue, and the rules that call it. For a function that
// exists, the stack contains only what calls it. A field with the same name as a field of
// model.Function hides that field, and has its resolved value.
type stackFunction struct {
	model.Function        // the joined properties
	Name           string // stem of the names of all its resources
	Title          string // a method or a package, for messages
	Handler        string
	Pos            model.Pos // of the method, or of the package's first one

	Timeout    int  // seconds
	LogKeep    bool // keep the log group when the function is removed
	Async      *stackAsync
	Statements []stackStatement // of the execution role: those that the function needs, then Policies
	Rules      []*stackRule
	Schedules  []*stackSchedule // of EventBridge Scheduler
	// SchedulerRole is the role of the schedules, nil if there are none.
	SchedulerRole *stackRole
	Grants        []*stackGrant // each for several rules
	When          *stackCondition

	conditions *stackConditions // of the stack
}

// LogGroupName is the name of the function's log group, or nil if the deployment tool chooses
// one. It is the name that Lambda gives to a function's log group.
func (f *stackFunction) LogGroupName() model.Text {
	if f.PhysicalName == nil {
		return nil
	}
	return append(model.Literal("/aws/lambda/"), f.PhysicalName...)
}

// Runtime is the Lambda runtime of every function with a zip file: a Go binary called bootstrap
// on Amazon Linux 2023.
func (*stackFunction) Runtime() string { return "provided.al2023" }

// stackAsync is a function's event-invoke config.
type stackAsync struct {
	*model.Async
	MaxAge    *int // seconds
	OnFailure *stackARN
}

// Queue returns the queue that the stack has for the events that the function failed
// on, or nil.
func (f *stackFunction) Queue() *stackQueue {
	if f.Async == nil || f.Async.OnFailure == nil {
		return nil
	}
	return f.Async.OnFailure.Queue
}

// stackStatement is a statement of an execution role's policy.
type stackStatement struct {
	model.Statement
	Resources []stackARN
	When      *stackCondition // nil if the role always has the statement
}

// stackARN is an ARN that the user wrote, or the ARN of a resource of the stack. One
// field is set.
type stackARN struct {
	Text     model.Text
	LogGroup *stackFunction // the log group of that function
	Function *stackFunction // one of the stack, or one that exists
	Queue    *stackQueue
}

// stackRule is an EventBridge rule, its target, and the permission to call the
// target's function or to send to the target's queue. A field with the same name as a field
// of model.Rule has the resolved value of that field.
type stackRule struct {
	*model.Rule
	Function *stackFunction
	State    model.Text   // never nil
	Input    target.Input // with the envelope in the package layout
	Attempts *int         // of the retry policy; Attempts and MaxAge are nil for AWS's default
	MaxAge   *int         // seconds
	DLQ      *stackARN
	Queue    *stackFeed // nil if the rule calls the function
	Shared   bool       // it shares a grant with other rules
	When     *stackCondition
}

// Title is the method that handles the rule: "SecurityJob.InstanceStopping".
func (r *stackRule) Title() string { return r.Job.Handler() }

// HasGrant reports whether the rule has its own grant to call the function.
func (r *stackRule) HasGrant() bool { return r.Queue == nil && !r.Shared }

// newStack resolves a package's model.
func newStack(p *model.Package) (*stack, error) {
	s := &stack{
		Package: p.Name, Path: p.Path, Layout: p.Layout, Module: p.TerraformModule,
		model: p, lists: p.ListParams(), conditions: &stackConditions{byKey: map[string]*stackCondition{}},
	}
	for _, n := range p.Prerequisites {
		s.Prerequisites = append(s.Prerequisites, n.Needs)
	}
	for _, r := range p.Rules() {
		s.addPrerequisites(p.QueueNeeds(r))
	}
	if p.Layout == model.PerPackage {
		s.Functions = []*stackFunction{packageFunction(p, s.conditions)}
	} else {
		for _, j := range p.Jobs() {
			s.Functions = append(s.Functions, methodFunction(j, s.conditions))
		}
	}
	s.collectParameters()
	s.collectConditions()
	for _, f := range s.Functions {
		if err := f.passParameters(s.lists); err != nil {
			return nil, err
		}
	}
	return s, s.collectNeeds()
}

// addPrerequisites adds prerequisites, each once.
func (s *stack) addPrerequisites(all []string) {
	for _, n := range all {
		if !slices.Contains(s.Prerequisites, n) {
			s.Prerequisites = append(s.Prerequisites, n)
		}
	}
}

// Image reports whether the code is a container image. A package with an image has only one
// function.
func (s *stack) Image() bool {
	return slices.ContainsFunc(s.Made(), func(f *stackFunction) bool { return f.IsImage() })
}

// Made returns the functions that the stack makes.
func (s *stack) Made() []*stackFunction {
	return slices.DeleteFunc(slices.Clone(s.Functions), func(f *stackFunction) bool { return f.Exists() })
}

// existing returns the functions that the stack doesn't make.
func (s *stack) existing() []*stackFunction {
	return slices.DeleteFunc(slices.Clone(s.Functions), func(f *stackFunction) bool { return !f.Exists() })
}

// place returns the position of the function or rule whose resources' names begin with
// name.
func (s *stack) place(name string) model.Pos {
	for _, f := range s.Functions {
		if f.owns(name) {
			return f.Pos
		}
		for _, r := range f.Rules {
			if r.owns(name) {
				return r.Pos
			}
		}
		for _, s := range f.Schedules {
			if s.ID == name {
				return s.Pos
			}
		}
	}
	return model.Pos{}
}

// owns reports whether a name is that of the function, its queue, or a grant to call
// it.
func (f *stackFunction) owns(name string) bool {
	queue, role := f.Queue(), f.SchedulerRole
	return f.Name == name || slices.ContainsFunc(f.Attachments(), func(a stackAttachment) bool { return a.Name == name }) || role != nil && role.Name == name || queue != nil && queue.Name == name ||
		slices.ContainsFunc(f.Grants, func(g *stackGrant) bool { return g.Name == name })
}

// Rules returns all rules in source order.
func (s *stack) Rules() []*stackRule {
	var rules []*stackRule
	for _, f := range s.Functions {
		rules = append(rules, f.Rules...)
	}
	return rules
}

// Queues returns the queues that the stack makes: each function's, then those
// of its rules and schedules.
func (s *stack) Queues() []*stackQueue {
	var queues []*stackQueue
	for _, f := range s.Functions {
		if q := f.Queue(); q != nil {
			queues = append(queues, q)
		}
		for _, r := range f.Rules {
			queues = append(queues, r.Queues()...)
		}
		for _, s := range f.Schedules {
			if q := s.Queue(); q != nil {
				queues = append(queues, q)
			}
		}
	}
	return queues
}
