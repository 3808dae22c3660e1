package lint

import (
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/shape"
)

// Run is what the checks read of all packages of a run.
type Run struct {
	Packages []*Package
	Muxes    []Mux
	// Unread says that rules can't be read. One of them may use what no other does.
	Unread bool
}

// Mux is a call of jobs.Mux, with the packages whose dispatchers it joins.
type Mux struct {
	Call   model.Pos
	Joined []*model.Package
}

// Package is a package with what the checks read of it.
type Package struct {
	*model.Package
	// Methods are the methods with directives that make jobs, those among them that
	// can't be called too.
	Methods []*Job
	// Functions are what the directives of each method and type say of functions.
	Functions []*Function
	// SecretsAt are the places of the model's Secrets.
	SecretsAt []model.Pos
	// References are all references to parameters. The model has the first one of each
	// parameter.
	References []Name
	// Texts are the texts in which a reference to a secret can be: those of directives
	// and of struct tags.
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

// Name is a name in a directive.
type Name struct {
	Name string
	Pos  model.Pos
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

// Unused is a directive of a declaration that has no jobs.
type Unused struct {
	Name        string // of the directive
	Pos         model.Pos
	Declaration string // for messages: "the type SecurityJob"
	OnMethod    bool
}

// Declared is a name that a file declares at its top level.
type Declared struct {
	Name string
	Pos  model.Pos
	// Imported says that an import declares the name, for its file alone.
	Imported bool
}

// Job is a method that has a rule, with what the checks read of it.
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
	// FormatOptions are the fields of its types whose json tags have the option format,
	// if encoding/json refuses that.
	FormatOptions []FormatOption
}

// Event is the type of a method's event parameter.
type Event struct {
	Kind model.EventKind
	// Shape is what a StructEvent, or the detail of a TypedEvent, decodes.
	Shape *shape.Shape
	// Struct is the struct that decodes the event, its detail or what else is sent. It is
	// nil for a type of another kind, one that decodes itself, one whose fields aren't all
	// known, and a struct that is made to take nothing.
	Struct *Struct
}

// Struct is a struct that encoding/json decodes field by field.
type Struct struct {
	Name     string    // as the package writes it; empty for a struct without a name
	Decl     model.Pos // of a type of the package
	Fields   []string  // the names of those that encoding/json fills
	InLambda string    // its name in aws-lambda-go's package events; empty for other types
}

// FormatOption is a field whose json tag has the option format.
type FormatOption struct {
	Field string
	Pos   model.Pos
	Verb  string // what encoding/json refuses: "decode" or "encode"
}

// Function is what the directives of a method or type say of its function.
type Function struct {
	*model.Function
	Receiver   *model.Receiver
	Job        *model.Job  // nil for a type
	Lines      []model.Pos // of its function directives
	Properties Properties
	// Settings are the properties that have one value, and the entries of those that are
	// mappings.
	Settings   map[string]Setting
	Statements []*Statement // of its iam_policy directives
}

// Setting is a property that is set.
type Setting struct {
	Pos   model.Pos
	Value string // the same text for the same value
}

// Statement is one statement of a function's policy, with its places.
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
	// Kind is the kind of the operator's value.
	Kind string
	// IsMapping says that the value is a mapping.
	IsMapping bool
}
