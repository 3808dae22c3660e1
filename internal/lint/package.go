package lint

import (
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/shape"
)

// Run is the input of the checks: all packages of a run.
type Run struct {
	Packages []*Package
	Muxes    []Mux
	// Unread says that some rules can't be read. They may use what no other rule uses.
	Unread bool
}

// Mux is a call of jobs.Mux, with the packages whose dispatchers it joins.
type Mux struct {
	Call   model.Pos
	Joined []*model.Package
}

// Package is a package with everything that the checks need.
type Package struct {
	*model.Package
	// Methods are the methods with the directives of jobs. Some of them may have no
	// signature of a job.
	Methods []*Job
	// Functions are the functions that methods and types describe.
	Functions []*Function
	// Settings are the positions of the properties of the package directive, such as
	// params.Stage.default.
	Settings Properties
	// SecretsAt are the positions of the model's Secrets.
	SecretsAt []model.Pos
	// Forwarded are the buses to which rules outside of the package forward AWS's events.
	Forwarded []Text
	// References are all references to parameters. The model has only the first one of
	// each parameter.
	References []Reference
	// Texts are the texts that can hold a reference to a secret: those of directives and
	// struct tags.
	Texts []Text
	// StructTags are all jobs tags on the types of the package.
	StructTags []StructTag
	// Unused are the directives that describe no job.
	Unused []Unused
	// Declared are the names that the package's files declare.
	Declared []Declared
	// Incomplete says that some directives can't be read.
	Incomplete bool
}

// Reference is a reference to a parameter.
type Reference struct {
	Name      string
	Pos       model.Pos
	InPattern bool // of a rule
	IsList    bool // a whole list of values in a pattern
}

// Text is a text in a directive or a struct tag.
type Text struct {
	Text string
	Pos  model.Pos
}

// StructTag is a jobs tag on a field of a struct.
type StructTag struct {
	Pos   model.Pos
	Fault string // why it can't be read; empty if it can
}

// Unused is a directive of a declaration without jobs.
type Unused struct {
	Name        string // of the directive
	Pos         model.Pos
	Declaration string // for messages: "the type SecurityJob"
	OnMethod    bool
}

// Declared is a name that a file declares at its top level.
type Declared struct {
	Name     string
	Pos      model.Pos
	Imported bool // by an import, which declares it for its file alone
}

// Job is a method with rules, with everything that the checks need.
type Job struct {
	*model.Job
	Name  string // for messages: "SecurityJob.Sweep"
	Rules []*Rule
	// Callable says that the method has the signature of a job.
	Callable bool
	// Incomplete says that its directives or its signature can't be read.
	Incomplete bool
	// Event is nil for a method without an event parameter.
	Event *Event
	// FormatOptions are the fields of its types that encoding/json refuses because their
	// json tags have the option format.
	FormatOptions []FormatOption
}

// Event is the type of a method's event parameter.
type Event struct {
	Kind model.EventKind
	// Shape is the shape of a StructEvent, or of the detail of a TypedEvent.
	Shape *shape.Shape
	// Struct is the struct that decodes the event, its detail or another input. It is nil
	// for a type of another kind, one that decodes itself, one whose fields aren't all
	// known, and a struct without fields on purpose.
	Struct *Struct
}

// Struct is a struct that encoding/json decodes field by field.
type Struct struct {
	Name     string    // as the package writes it; empty for a struct without a name
	Decl     model.Pos // of a type of the package
	Fields   []string  // the names of the fields that encoding/json sets
	InLambda string    // its name in aws-lambda-go's package events; empty for other types
}

// FormatOption is a field whose json tag has the option format.
type FormatOption struct {
	Field string
	Pos   model.Pos
	Verb  string // the operation that encoding/json refuses: "decode" or "encode"
}

// Function is the function that the directives of a method or type describe.
type Function struct {
	*model.Function
	Receiver *model.Receiver
	Job      *model.Job // nil for a type
	// Lines are the positions of its function directives, without those that set nothing but
	// when, which is about the rules.
	Lines      []model.Pos
	Properties Properties
	// Settings are the properties that have one value, and the entries of those that are
	// mappings.
	Settings   map[string]Setting
	Statements []*Statement // of its iam_policy directives
}

// Setting is the value of a property.
type Setting struct {
	Pos   model.Pos
	Value string // equal values have the same text
}

// Statement is one statement of a function's policy, with its positions.
type Statement struct {
	model.Statement
	At        model.Pos   // of the directive's arguments
	ActionsAt []model.Pos // of the actions
	// Everywhere says that the directive names no resources.
	Everywhere bool
	Conditions []Condition
}

// Condition is an operator of a statement's condition.
type Condition struct {
	Operator string
	Pos      model.Pos
	Value    model.Pos
	Kind     string // of the value
	// IsMapping says that the value is a mapping.
	IsMapping bool
}
