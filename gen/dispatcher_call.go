package gen

import (
	"github.com/dave/jennifer/jen"

	"github.com/jobgen/jobgen/internal/model"
)

// mostInCall is how many jobs are called in call itself; where there are more, each has a
// function. The compiler gives every decoded event of a function a place on the stack,
// so one function for a thousand jobs would need some 800 KB of it.
const mostInCall = 8

// call declares the switch that decodes a payload and calls a job.
func (d *dispatcher) call() {
	all := d.p.Jobs()
	apart := len(all) > mostInCall
	d.file.Comment("call runs the job with this handler.")
	d.file.Func().Params(d.local("j").Op("*").Id("Jobs")).Id("call").Params(
		d.local("ctx").Qual("context", "Context"), d.local("job").String(), d.payload(),
	).Params(jen.Any(), jen.Error()).BlockFunc(func(g *jen.Group) {
		g.Switch(d.local("job")).BlockFunc(func(g *jen.Group) {
			for _, j := range all {
				g.Case(jen.Id(model.HandlerConstant(j))).BlockFunc(func(g *jen.Group) {
					if apart {
						g.Return(d.local("j").Dot(model.CallName(j)).Call(d.local("ctx"), d.local("p")))
						return
					}
					d.callJob(g, j)
				})
			}
		})
		g.Return(jen.Nil(), jen.Qual(dispatchPath, "NoSuchJob").Call(d.local("job")))
	})
	if !apart {
		return
	}
	for _, j := range all {
		d.file.Line()
		d.file.Func().Params(d.local("j").Op("*").Id("Jobs")).Id(model.CallName(j)).Params(
			d.local("ctx").Qual("context", "Context"), d.payload(),
		).Params(jen.Any(), jen.Error()).BlockFunc(func(g *jen.Group) { d.callJob(g, j) })
	}
}

// payload declares the parameter for the payload of an invocation.
func (d *dispatcher) payload() *jen.Statement {
	return d.local("p").Op("*").Qual(dispatchPath, "Payload")
}

// callJob decodes the event, if the job takes one, and calls the job.
func (d *dispatcher) callJob(g *jen.Group, j *model.Job) {
	if j.Signature.Event != nil {
		d.decode(g, j.Signature)
	}
	d.returnResult(g, j.Signature, d.local("j").Dot(j.Receiver.Field).Dot(j.Method).Call(d.arguments(j.Signature)...))
}

// arguments returns the arguments of a call of a method.
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

// decode writes the code that decodes the payload into the job's event.
func (d *dispatcher) decode(g *jen.Group, s model.Signature) {
	p, event, err := d.local("p"), d.local("event"), d.local("err")
	failed := err.Clone().Op("!=").Nil()
	var call *jen.Statement
	switch name := typeName(s.Event); {
	case name == model.TypeName{Path: model.RuntimePath, Name: "Event"} && len(s.Event.Args) == 1 && !s.Event.Args[0].Promotes:
		g.Var().Add(event, goType(s.Event))
		begin := jen.Qual(dispatchPath, "Begin").Call(p, jen.Op("&").Add(event))
		d.decoders.whole(g, s.Event.Args[0], begin, event.Clone().Dot("Detail"))
	case s.Kind == model.LambdaEvent:
		call = jen.Qual(dispatchPath, "DecodeLambdaEvent").Call(p)
	case s.Kind != model.TypedEvent && d.decoders.isPlain(s.Event):
		g.Var().Add(event, goType(s.Event))
		d.decoders.whole(g, s.Event, p.Clone().Dot("Decoder").Call(), event)
	case s.Kind == model.StructEvent:
		call = jen.Qual(dispatchPath, "DecodeStruct").Types(goType(s.Event)).Call(p)
	default:
		call = jen.Qual(dispatchPath, "Decode").Types(goType(s.Event)).Call(p.Clone().Dot("JSON").Call())
	}
	if call != nil {
		g.List(event, err).Op(":=").Add(call)
		g.If(failed).Block(jen.Return(jen.Nil(), err))
		return
	}
	end := err.Clone().Op(":=").Qual(dispatchPath, "End").Call(p, jen.Op("&").Add(event))
	g.If(end, failed).Block(jen.Return(jen.Nil(), err))
}
