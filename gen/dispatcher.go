package gen

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/dave/jennifer/jen"

	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/target"
)

// Dispatcher makes jobs_gen.go: the Jobs struct, NewDispatcher, a guard for each
// handler's signature, constants for the rules' ids and the jobs' handlers, the
// table of rules, a case for each job, and the decoders of the jobs' parameters.
func Dispatcher(p *model.Package) ([]byte, error) {
	d := newDispatcher(p)
	d.file.HeaderComment(model.Header)
	if p.Constraint != "" {
		d.file.HeaderComment("//go:build " + p.Constraint)
	}
	d.constants()
	d.jobsStruct()
	d.constructor()
	d.table()
	d.call()
	d.decoders.write()
	d.guards()
	var b bytes.Buffer
	if err := d.file.Render(&b); err != nil {
		return nil, fmt.Errorf("%s: %w", model.DispatcherFile, err)
	}
	return b.Bytes(), nil
}

// version is a name of package dispatch that generated code refers to. A runtime that
// the code doesn't fit has another one, so the compiler reports an error.
const version = "RunGoGenerate1"

// dispatcher writes the generated Go file of one package.
type dispatcher struct {
	p    *model.Package
	file *jen.File
	// locals maps the usual names of the generated code's parameters and variables to
	// those that it uses in this package: none shadows a declaration of the package.
	locals   map[string]string
	imports  map[string]bool // the names of the imports
	decoders *decoders
}

func newDispatcher(p *model.Package) *dispatcher {
	d := &dispatcher{p: p, file: jen.NewFilePathName(p.Path, p.Name), locals: map[string]string{}, imports: map[string]bool{}}
	d.decoders = newDecoders(d)
	for _, name := range []string{"j", "ctx", "job", "p", "event", "err", "d", "v", "end"} {
		free := name
		for p.Imports.Taken[free] {
			free += "_"
		}
		d.locals[name] = free
	}
	names := map[string]string{model.RuntimePath: "jobs", dispatchPath: "dispatch", decodePath: "decode", "context": "context"}
	maps.Copy(names, p.Imports.Names)
	delete(names, p.Path)
	for _, path := range slices.Sorted(maps.Keys(names)) {
		d.importName(path, names[path])
	}
	return d
}

// importName gives jennifer an import's real name: it would guess one from the
// path. If something else has that name, the import gets another.
func (d *dispatcher) importName(path, name string) {
	alias := name
	for d.p.Imports.HasName(alias) || hasValue(d.locals, alias) || slices.Contains(d.p.Declared(), alias) || d.imports[alias] || jen.IsReservedWord(alias) {
		alias += "_"
	}
	d.imports[alias] = true
	if alias == name {
		d.file.ImportName(path, name)
		return
	}
	d.file.ImportAlias(path, alias)
}

// hasValue reports whether a map has a value.
func hasValue[K comparable](m map[K]string, value string) bool {
	for _, v := range m {
		if v == value {
			return true
		}
	}
	return false
}

// local is a parameter or variable that the generated code declares.
func (d *dispatcher) local(name string) *jen.Statement { return jen.Id(d.locals[name]) }

// lines puts each item of a composite literal or block on its own line.
var lines = jen.Options{Open: "{", Close: "}", Separator: ",", Multi: true}

// arguments puts the arguments of a call on lines.
var arguments = jen.Options{Open: "(", Close: ")", Separator: ",", Multi: true}

// constants declares a constant for each rule's id and each job's handler.
func (d *dispatcher) constants() {
	d.file.Comment("The ids of the rules and the handlers of the jobs, as the rule files have them.")
	d.file.Const().DefsFunc(func(g *jen.Group) {
		for _, r := range d.p.Rules() {
			g.Id(model.RuleConstant(r.ID)).Op("=").Lit(r.ID)
		}
		g.Line()
		for _, j := range d.p.Jobs() {
			g.Id(model.HandlerConstant(j)).Op("=").Lit(j.Handler())
		}
	})
	d.file.Line()
}

// guards declares variables that don't compile if a handler's signature has changed, or
// a struct that has a decoder: its new fields would stay empty.
func (d *dispatcher) guards() {
	d.file.Line()
	d.file.Comment("The jobgen, signatures and structs that this file was generated for. If one of these")
	d.file.Comment("lines does not compile, one has changed: run go generate.")
	d.file.Var().DefsFunc(func(g *jen.Group) {
		g.Id("_").Op("=").Qual(dispatchPath, version)
		for _, j := range d.p.Jobs() {
			g.Id("_").Add(d.handlerType(j)).Op("=").Add(methodExpression(j))
		}
		for _, t := range d.decoders.structs() {
			g.Id("_").Add(goType(d.p.Types[t])).Op("=").Add(goType(&model.Type{Path: t.Path, Name: t.Name})).Values()
		}
	})
}

func receiverType(j *model.Job) *jen.Statement {
	if j.Signature.Pointer {
		return jen.Op("*").Id(j.Receiver.Type)
	}
	return jen.Id(j.Receiver.Type)
}

// methodExpression is (*T).M or T.M.
func methodExpression(j *model.Job) *jen.Statement {
	if j.Signature.Pointer {
		return jen.Parens(receiverType(j)).Dot(j.Method)
	}
	return receiverType(j).Dot(j.Method)
}

// handlerType is the type of the method expression.
func (d *dispatcher) handlerType(j *model.Job) *jen.Statement {
	s := j.Signature
	return jen.Func().ParamsFunc(func(g *jen.Group) {
		g.Add(receiverType(j))
		if s.Context {
			g.Qual("context", "Context")
		}
		if s.Event != nil {
			g.Add(goType(s.Event))
		}
	}).Add(resultType(s))
}

func resultType(s model.Signature) *jen.Statement {
	if s.Result == nil {
		return jen.Error()
	}
	return jen.Params(goType(s.Result), jen.Error())
}

// jobsStruct declares Jobs, with a field for each receiver.
func (d *dispatcher) jobsStruct() {
	d.file.Comment("Jobs holds a receiver of each type, or a function that makes it when it is first")
	d.file.Comment("needed. A receiver that no called job needs may be left out.")
	d.file.Type().Id("Jobs").StructFunc(func(g *jen.Group) {
		for _, r := range d.p.Receivers {
			g.Id(r.Field).Op("*").Id(r.Type)
			g.Id(model.MakerName(r)).Func().Params(jen.Qual("context", "Context")).Params(jen.Op("*").Id(r.Type), jen.Error())
		}
	})
	d.file.Line()
}

// constructor declares NewDispatcher.
func (d *dispatcher) constructor() {
	d.file.Comment("NewDispatcher returns the Lambda handler that runs the jobs on j's receivers.")
	d.file.Func().Id("NewDispatcher").Params(d.local("j").Id("Jobs")).Op("*").Qual(model.RuntimePath, "Dispatcher").BlockFunc(func(g *jen.Group) {
		g.Return(jen.Qual(model.RuntimePath, "New").CustomFunc(arguments, func(g *jen.Group) {
			g.Op("&").Id("jobsTable").Op(",").Add(d.local("j").Dot("call"))
			for _, r := range d.p.Receivers {
				g.Qual(dispatchPath, "ReceiverOf").Call(jen.Lit(r.Type), jen.Op("&").Add(d.local("j")).Dot(r.Field), d.local("j").Dot(model.MakerName(r)))
			}
		}))
	})
	d.file.Line()
}

// table declares the rules, each with its job and its pattern.
func (d *dispatcher) table() {
	fields := []jen.Code{
		jen.Id("Package").Op(":").Lit(d.p.HandlerName()),
		jen.Id("Path").Op(":").Lit(d.p.Path),
	}
	if defaults := matchedDefaults(d.p); len(defaults) > 0 {
		fields = append(fields, jen.Id("Defaults").Op(":").Index().Qual(dispatchPath, "Default").CustomFunc(lines, func(g *jen.Group) {
			for _, def := range defaults {
				g.Values(jen.Id("Name").Op(":").Lit(def.Name), jen.Id("Value").Op(":").Lit(strings.Join(def.Default, ",")))
			}
		}))
	}
	fields = append(fields, jen.Id("Rules").Op(":").Index().Qual(dispatchPath, "Rule").CustomFunc(lines, func(g *jen.Group) {
		for _, r := range d.p.Rules() {
			g.Add(d.rule(r))
		}
	}))
	d.file.Var().Id("jobsTable").Op("=").Qual(dispatchPath, "Table").Custom(lines, fields...)
	d.file.Line()
}

// matchedDefaults returns the parameters in patterns of rules that have a declared default.
func matchedDefaults(p *model.Package) []*model.Parameter {
	matched := map[string]bool{}
	for _, r := range p.Rules() {
		for _, name := range r.Matcher().Params() {
			matched[name] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(p.Parameters), func(d *model.Parameter) bool { return !matched[d.Name] || d.Default == nil })
}

func (d *dispatcher) rule(r *model.Rule) *jen.Statement {
	text, params := ruleText(r)
	fields := []jen.Code{
		jen.Id("ID").Op(":").Id(model.RuleConstant(r.ID)).Op(",").Id("Job").Op(":").Id(model.HandlerConstant(r.Job)),
		jen.Id("Pattern").Op(":").Add(goString(text)),
	}
	if len(params) > 0 {
		fields = append(fields,
			jen.Id("Params").Op(":").Index().String().ValuesFunc(func(g *jen.Group) {
				for _, name := range params {
					g.Lit(name)
				}
			}))
	}
	if lists := r.Matcher().ListParams(); len(lists) > 0 {
		fields = append(fields, jen.Id("Lists").Op(":").Index().String().ValuesFunc(func(g *jen.Group) {
			for _, name := range lists {
				g.Lit(name)
			}
		}))
	}
	if in := r.OwnInput(); !in.IsZero() {
		fields = append(fields, jen.Id("Input").Op(":").Add(input(in)))
	}
	return jen.Custom(lines, fields...)
}

// ruleText returns a rule's pattern as JSON and the parameters that strings in it
// refer to, as ${Name}. In a pattern without parameters ${ is literal text.
func ruleText(r *model.Rule) (text string, params []string) {
	matcher := r.Matcher()
	if params = matcher.Params(); len(params) == 0 {
		return matcher.JSON(model.PlainText), nil
	}
	return matcher.JSON(model.Text.String), params
}

// goString writes a string between back quotes if that is possible, so that JSON in it
// is readable. Between any quotes, a Go file can't have NUL, invalid UTF-8, or a byte
// order mark after its start.
func goString(s string) *jen.Statement {
	if strings.ContainsAny(s, "`\r\x00\uFEFF") || !utf8.ValidString(s) {
		return jen.Lit(s)
	}
	return jen.Op("`" + s + "`")
}

// input writes the input that a rule's target gets instead of the event.
func input(in target.Input) *jen.Statement {
	return jen.Op("&").Qual(dispatchPath, "Input").CustomFunc(lines, func(g *jen.Group) {
		switch {
		case in.Constant != "":
			g.Id("Constant").Op(":").Add(goString(in.Constant))
		case in.Path != "":
			g.Id("Path").Op(":").Lit(in.Path)
		default:
			g.Id("Paths").Op(":").Index().Qual(dispatchPath, "PathVar").CustomFunc(lines, func(g *jen.Group) {
				for _, v := range in.Paths {
					g.Values(jen.Id("Name").Op(":").Lit(v.Name), jen.Id("Path").Op(":").Lit(v.Path))
				}
			})
			g.Id("Template").Op(":").Add(goString(in.Template))
		}
	})
}
