// Package model describes a user's package once it is parsed and checked: the
// receivers, their jobs, the rules of each job, and the Lambda functions that run them.
//
// Package parse makes it from Go code, and package gen makes files from it. It imports
// neither go/ast nor go/types, so generators are tested with models written by hand. A
// model that parse returns is valid: ids are unique and values are within AWS's limits.
// Defaults are not yet applied: a zero value is a property that the user did not set.
// Slices are in source order, so output is too.
package model

import (
	"cmp"
	"strconv"
)

// Pos is a place in a source file. Line and Column start at 1; Column counts
// bytes, as the go command does.
type Pos struct {
	File   string // absolute path, or the path that the user gave
	Line   int
	Column int
}

// IsValid reports whether p names a place.
func (p Pos) IsValid() bool { return p.Line > 0 }

// Compare orders places by file, line and column, as cmp.Compare orders values.
func (p Pos) Compare(q Pos) int {
	return cmp.Or(cmp.Compare(p.File, q.File), cmp.Compare(p.Line, q.Line), cmp.Compare(p.Column, q.Column))
}

// String gives file:line:column.
func (p Pos) String() string {
	if !p.IsValid() {
		return p.File
	}
	return p.File + ":" + strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Column)
}

// Layout says how many Lambda functions a package becomes.
type Layout string

// The layouts of the -functions flag.
const (
	PerMethod  Layout = "method"  // one function per method, the default
	PerPackage Layout = "package" // one function for the whole package
)

// Package is one Go package with jobs.
type Package struct {
	Path string // import path
	Name string // package name
	Dir  string // absolute directory; generated files are written here
	// Handler is the name that //jobs:package gives the package in handlers and ids;
	// "" where it gives none.
	Handler string
	// Constraint is the build constraint that all files with jobs have, in the form of
	// a //go:build line; "" if every build has them.
	Constraint string
	Formats    []string
	Layout     Layout // never empty
	// TerraformModule says that jobs.tf is for a Terraform module, not for a root module.
	TerraformModule bool
	Templates       []Template
	Receivers       []*Receiver
	Imports         Imports
	Types           Types
	// Params are the parameters that directives and tags refer to, each with the
	// position of its first reference.
	Params map[string]Pos
	// Parameters are the parameters that the package directive declares. Params may have
	// others, of which only the name is known.
	Parameters []*Parameter
	// Secrets are the parameters whose values the rule files hide.
	Secrets []string
	// Prerequisites are what must be on outside of the package before all its events arrive.
	Prerequisites []Prerequisite
}

// Prerequisite is a condition for the arrival of events, such as a setting of an S3 bucket.
type Prerequisite struct {
	Needs string // a clause for "the events arrive only if"
	How   string // what turns it on in CloudFormation and in Terraform; may be empty
	Pos   Pos    // where the first rule asks for such events
}

// Template is the name of a user's template as the package's directive gives it: a path
// in the package's directory, with slashes.
type Template struct {
	Name string
	Pos  Pos
}

// Types has the underlying types of the named types of handlers' parameters, and of the
// named types that these refer to. A type is missing if it decodes itself, or if the
// generated file can't name all that it refers to. Two names of one type, such as an
// alias, have the same *Type; other names never do.
type Types map[TypeName]*Type

// TypeName is the name of a type that has no type arguments.
type TypeName struct {
	Path string // import path
	Name string
}

// Imports holds the names that the generator needs to import packages.
type Imports struct {
	// Names maps an import path to the package's real name.
	Names map[string]string
	// Taken has the identifiers that the user's package declares at its top level.
	// No import and no parameter of the generated file may have one of these names.
	Taken map[string]bool
	// Anywhere has those of all its files, also of tests and files for other systems.
	// The generated file is built with them, so no import in it may have such a name.
	Anywhere map[string]bool
	// Files has the names that all those files give to their imports. Nothing that the
	// generated file declares may have one.
	Files map[string]bool
}

// HasName reports whether the user's package declares a name in any build.
func (i Imports) HasName(name string) bool { return i.Taken[name] || i.Anywhere[name] }

// Receiver is a type that has jobs.
type Receiver struct {
	Type     string // as declared: "SecurityJob", "securityJob"
	Field    string // field of the generated Jobs struct: first letter upper case
	Package  string // the package's Handler
	Function Function
	Jobs     []*Job
	Pos      Pos
}

// Job is a method with at least one rule.
type Job struct {
	Receiver  *Receiver
	Method    string
	Signature Signature
	Own       Function // the method's properties alone
	Function  Function // the type's and the method's joined: the method's wins
	Rules     []*Rule
	Doc       string // first sentence of the doc comment, directives left out
	Pos       Pos
}

// HandlerName is the package's name in handlers: the handler of the one function of the
// package layout.
func (p *Package) HandlerName() string {
	return cmp.Or(p.Handler, p.Name)
}

// Handler is the job's name as the Lambda Handler property has it:
// "SecurityJob.InstanceStopping", or "orders.SecurityJob.InstanceStopping" in a
// package whose Handler is orders.
func (j *Job) Handler() string {
	name := j.Receiver.Type + "." + j.Method
	if j.Receiver.Package != "" {
		return j.Receiver.Package + "." + name
	}
	return name
}

// ID is the default id of a job's only rule: the package's Handler, the type and the
// method.
func (j *Job) ID() string {
	return UpperFirst(j.Receiver.Package) + j.Receiver.Field + UpperFirst(j.Method)
}

// FunctionID is the id of the job's function where each job has one: the id that
// the method's function directive gives, or else its type and method.
func (j *Job) FunctionID() string { return cmp.Or(j.Own.ID, j.ID()) }

// Signature is the signature of a method:
// func (j *T) M([ctx context.Context,] [event E]) ([R,] error).
type Signature struct {
	Pointer bool // receiver is *T
	Context bool
	Event   *Type // nil: no event parameter
	Kind    EventKind
	Result  *Type // nil: error alone
}

// EventKind is the kind of a handler's event parameter.
type EventKind int

// The kinds of event parameters.
const (
	NoEvent     EventKind = iota
	TypedEvent            // jobs.Event[D]
	LambdaEvent           // events.EventBridgeEvent, events.CloudWatchEvent
	RawEvent              // json.RawMessage: the payload as it came
	StructEvent           // any other struct: decodes what the target is sent
)

// Type is a Go type in the form of source text: a name with its package, or a composite
// of types.
type Type struct {
	Kind   TypeKind
	Path   string // Named: import path, "" for predeclared types
	Name   string // Named: identifier
	Args   []*Type
	Elem   *Type // Pointer, Slice, Array, Map
	Key    *Type // Map
	Len    int64 // Array
	Fields []Field
	// Members are the members of the object that encoding/json decodes into a struct, in
	// the order of their fields, those of Embeds among them. They are unknown if Irregular:
	// only encoding/json can decode the struct.
	Members   []Member
	Embeds    []TypeName
	Irregular bool
	// Promotes says that a struct without a name, or an alias of one, has a method of
	// an embedded type by which it decodes itself, if encoding/json is given a pointer
	// to it. By itself, encoding/json takes no pointer to a type without a name.
	Promotes bool
}

// TypeKind is the kind of a Type.
type TypeKind int

// The kinds of types.
const (
	Named TypeKind = iota
	Pointer
	Slice
	Array
	Map
	Struct
	Interface // the empty interface
)

// Field is a field of a struct type.
type Field struct {
	Name     string
	Type     *Type
	Tag      string
	Embedded bool
}

// Member is a member of an object, with the field of a struct that it is decoded into.
type Member struct {
	Key  string
	Path string // from the struct: "Base.ID"
	Type *Type
}

// Rules returns the package's rules in source order.
func (p *Package) Rules() []*Rule {
	var rules []*Rule
	for _, j := range p.Jobs() {
		rules = append(rules, j.Rules...)
	}
	return rules
}

// Jobs returns the package's jobs in source order.
func (p *Package) Jobs() []*Job {
	var all []*Job
	for _, r := range p.Receivers {
		all = append(all, r.Jobs...)
	}
	return all
}
