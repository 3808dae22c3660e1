package gen

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/jobgen/jobgen/internal/model"
)

// mostInCall is how many groups of jobs are called in call itself; more have functions of
// their own, so that an event doesn't need the stack of all of them.
const mostInCall = 8

// callGroup are jobs whose methods have the same type, by their numbers. An event is
// decoded for all of them in one place. It is no matter of lines alone: each decoded
// event has its place on the stack, and so has each copy for a method that the compiler
// takes inline. With a thousand jobs that were some 800 KB, for which a program's first
// event waited, and the first one after each garbage collection.
type callGroup struct {
	numbers []int
	jobs    []*model.Job
}

// callGroups groups the jobs, in the order of the first ones.
func (d *dispatcher) callGroups() (groups []*callGroup) {
	written := map[string][]*callGroup{} // as it is written, which may be the same for types of two packages
	for i, j := range d.p.Jobs() {
		key := fmt.Sprintf("%#v", d.handlerType(j))
		at := slices.IndexFunc(written[key], func(g *callGroup) bool { return g.takes(j) })
		if at < 0 {
			at = len(written[key])
			group := new(callGroup)
			written[key], groups = append(written[key], group), append(groups, group)
		}
		group := written[key][at]
		group.numbers, group.jobs = append(group.numbers, i), append(group.jobs, j)
	}
	return groups
}

// takes reports whether a job's method has the type of the group's.
func (g *callGroup) takes(j *model.Job) bool {
	return g.jobs[0].Receiver == j.Receiver && reflect.DeepEqual(g.jobs[0].Signature, j.Signature)
}

// name is that of the group's own function.
func (g *callGroup) name() string { return model.CallName(g.numbers[0]) }

// call declares the switch that decodes a payload and calls a job.
func (d *dispatcher) call() {
	groups := d.callGroups()
	apart := len(groups) > mostInCall
	d.file.Comment("call runs the job of that number in the table's Jobs.")
	d.callFunc("call", func(g *jen.Group) {
		g.Switch(d.local("job")).BlockFunc(func(g *jen.Group) {
			for _, group := range groups {
				g.Case(group.cases()).BlockFunc(func(g *jen.Group) {
					if apart {
						g.Return(d.local("j").Dot(group.name()).Call(d.local("ctx"), d.local("job"), d.local("p")))
						return
					}
					d.callGroup(g, group)
				})
			}
		})
		g.Return(jen.Nil(), jen.Qual(model.RuntimePath, "NoSuchJob").Call(d.local("job")))
	})
	for _, group := range groups {
		if apart {
			d.callFunc(group.name(), func(g *jen.Group) { d.callGroup(g, group) })
		}
	}
}

func (d *dispatcher) callFunc(name string, body func(g *jen.Group)) {
	d.file.Func().Params(d.local("j").Id("Jobs")).Id(name).Params(
		d.local("ctx").Qual("context", "Context"), d.local("job").Int(), d.local("p").Op("*").Qual(model.RuntimePath, "Payload"),
	).Params(jen.Any(), jen.Error()).BlockFunc(body)
}

// casesInLine is how many numbers of jobs a line has.
const casesInLine = 20

// cases lists the numbers of the group's jobs.
func (g *callGroup) cases() *jen.Statement {
	list := jen.Null()
	for i, n := range g.numbers {
		if i > 0 {
			list.Op(",")
			if i%casesInLine == 0 {
				list.Line()
			}
		}
		list.Lit(n)
	}
	return list
}

// callGroup decodes the event, if the jobs take one, and calls the job at hand.
func (d *dispatcher) callGroup(g *jen.Group, group *callGroup) {
	first := group.jobs[0]
	if first.Signature.Event != nil {
		d.decode(g, first.Signature)
	}
	receiver := d.local("j").Dot(first.Receiver.Field)
	if len(group.jobs) == 1 {
		d.returnResult(g, first.Signature, receiver.Dot(first.Method).Call(d.arguments(first.Signature)...))
		return
	}
	run := d.local("run")
	g.Var().Add(run, d.handlerType(first))
	g.Switch(d.local("job")).BlockFunc(func(g *jen.Group) {
		for i, j := range group.jobs {
			g.Case(jen.Lit(group.numbers[i])).Block(run.Clone().Op("=").Add(methodExpression(j)))
		}
	})
	if !first.Signature.Pointer {
		receiver = jen.Op("*").Add(receiver)
	}
	d.returnResult(g, first.Signature, run.Clone().Call(append([]jen.Code{receiver}, d.arguments(first.Signature)...)...))
}

// arguments are what a method is called with.
func (d *dispatcher) arguments(s model.Signature) (args []jen.Code) {
	if s.Context {
		args = append(args, d.local("ctx"))
	}
	if s.Event != nil {
		args = append(args, d.local("event"))
	}
	return args
}

func (d *dispatcher) returnResult(g *jen.Group, s model.Signature, call *jen.Statement) {
	if s.Result == nil {
		g.Return(jen.Nil(), call)
		return
	}
	g.Return(call)
}

// decode decodes the payload into the event, which is what the job takes.
func (d *dispatcher) decode(g *jen.Group, s model.Signature) {
	p, event, err := d.local("p"), d.local("event"), d.local("err")
	name := typeName(s.Event)
	switch {
	case name == model.TypeName{Path: model.RuntimePath, Name: "Event"} && len(s.Event.Args) == 1 && !s.Event.Args[0].Promotes:
		g.Var().Add(event, goType(s.Event))
		begin := jen.Qual(model.RuntimePath, "Begin").Call(p, jen.Op("&").Add(event))
		d.decoders.whole(g, s.Event.Args[0], begin, event.Clone().Dot("Detail"))
	case s.Kind == model.LambdaEvent:
		g.List(event, err).Op(":=").Qual(model.RuntimePath, "DecodeLambdaEvent").Call(p)
		g.If(err.Clone().Op("!=").Nil()).Block(jen.Return(jen.Nil(), err))
		return
	case s.Kind != model.TypedEvent && d.decoders.isPlain(s.Event):
		g.Var().Add(event, goType(s.Event))
		d.decoders.whole(g, s.Event, p.Clone().Dot("Decoder").Call(), event)
	case s.Kind == model.StructEvent:
		g.List(event, err).Op(":=").Qual(model.RuntimePath, "DecodeStruct").Types(goType(s.Event)).Call(p)
		g.If(err.Clone().Op("!=").Nil()).Block(jen.Return(jen.Nil(), err))
		return
	default:
		g.List(event, err).Op(":=").Qual(model.RuntimePath, "Decode").Types(goType(s.Event)).Call(p.Clone().Dot("JSON").Call())
		g.If(err.Clone().Op("!=").Nil()).Block(jen.Return(jen.Nil(), err))
		return
	}
	end := err.Clone().Op(":=").Qual(model.RuntimePath, "End").Call(p, jen.Op("&").Add(event))
	g.If(end, err.Clone().Op("!=").Nil()).Block(jen.Return(jen.Nil(), err))
}
