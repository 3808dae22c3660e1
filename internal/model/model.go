// Package model is what jobgen knows of a user's package once it is parsed and
// checked: the receivers, their jobs, the rules of each, the Lambda functions
// that run them.
//
// It stands between parse, which makes it from Go code, and gen, which makes
// files from it, and knows neither go/ast nor go/types: a generator is tested
// with a model written by hand. A model that parse hands over is valid: ids are
// unique, values are within AWS's limits, defaults are not yet applied (a zero
// value means "not said"). Slices stand in source order, so output does too.
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
	// Constraint is the build constraint that all files with jobs have, as a
	// //go:build line has it; "" if every build has them.
	Constraint string
	Formats    []string
	Layout     Layout // never empty
	Templates  []Template
	Receivers  []*Receiver
	Imports    Imports
	Types      Types
	// Params are the parameters that directives and tags refer to, and where each
	// is first.
	Params map[string]Pos
	// Secrets are those of Params whose values the rule files hide.
	Secrets []string
}

// Template is the name of a template of the user's own, as the package gives it:
// a path in the package's directory, with slashes.
type Template struct {
	Name string
	Pos  Pos
}

// Types tells what named types are underneath: those that handlers take, and
// those of which they are made, as far as encoding/json reads them by what they
// are and the generated file can name all of it. One that is missing has its own
// way to be read, or is out of reach. Names of one type, as aliases are, have the
// same *Type, and other names never.
type Types map[TypeName]*Type

// TypeName is the name of a type that has no type arguments.
type TypeName struct {
	Path string // import path
	Name string
}

// Imports holds what the generator must know to import packages without
// guessing.
type Imports struct {
	// Names maps an import path to the package's real name.
	Names map[string]string
	// Taken holds the identifiers that the user's package declares at its top
	// level: nothing that the generated file imports must bear one of them, nor a
	// parameter in it.
	Taken map[string]bool
	// Anywhere holds those of all its files, tests and files for other systems too:
	// the generated file is built with them, so no import in it must bear one.
	Anywhere map[string]bool
	// Files holds the names that all those files give what they import: nothing
	// that the generated file declares must bear one.
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
	Own       Function // what the method itself says
	Function  Function // the type's and the method's joined: the method's wins
	Rules     []*Rule
	Doc       string // first sentence of the doc comment, directives left out
	Pos       Pos
}

// HandlerName is the package's name in handlers: the handler of the one function of the
// package layout.
func (p *Package) HandlerName() string {
	if p.Handler != "" {
		return p.Handler
	}
	return p.Name
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

// ID is the default id of the job's one rule: its type and method, behind the
// package's Handler.
func (j *Job) ID() string {
	return upperFirst(j.Receiver.Package) + j.Receiver.Field + upperFirst(j.Method)
}

// FunctionID is the id of the job's function where each job has one: the id that
// the method's function directive gives, or else its type and method.
func (j *Job) FunctionID() string { return or(j.Own.ID, j.ID()) }

// Signature is how a method wants to be called:
// func (j *T) M([ctx context.Context,] [event E]) ([R,] error).
type Signature struct {
	Pointer bool // receiver is *T
	Context bool
	Event   *Type // nil: no event parameter
	Kind    EventKind
	Result  *Type // nil: error alone
}

// EventKind tells what a handler's event parameter decodes.
type EventKind int

// The kinds of event parameters.
const (
	NoEvent     EventKind = iota
	TypedEvent            // jobs.Event[D]
	LambdaEvent           // events.EventBridgeEvent, events.CloudWatchEvent
	RawEvent              // json.RawMessage: the payload as it came
	StructEvent           // any other struct: decodes what the target is sent
)

// Type is a Go type as source text needs it: a name with its package, or a
// composite of such.
type Type struct {
	Kind   TypeKind
	Path   string // Named: import path, "" for predeclared types
	Name   string // Named: identifier
	Args   []*Type
	Elem   *Type // Pointer, Slice, Array, Map
	Key    *Type // Map
	Len    int64 // Array
	Fields []Field
	// Promotes says of a struct without a name, or of an alias of one, that what it
	// embeds has it read itself where encoding/json is given a pointer to it:
	// encoding/json never takes one itself to what has no name.
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
