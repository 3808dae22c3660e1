package parse

import (
	"fmt"
	"go/ast"
	"go/types"

	"github.com/jobgen/jobgen/internal/attach"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/gotypes"
	"github.com/jobgen/jobgen/internal/load"
	"github.com/jobgen/jobgen/internal/model"
)

// possible says in a message what a job may look like.
func (r *signatureReader) possible() string {
	return fmt.Sprintf("a job is `func (j *%s) %s([ctx context.Context,] [event E]) ([R,] error)`, by pointer or value, where E is jobs.Event[D], events.EventBridgeEvent, json.RawMessage, or a struct that decodes what the target is sent",
		r.recv, r.fn.Name.Name)
}

// signatureReader reads a method's signature as a job's.
type signatureReader struct {
	fn     *ast.FuncDecl
	pos    model.Pos
	sig    *types.Signature
	report diag.Reporter
	recv   string
}

// signatureOf reads the signature of a job on a type; the result is false if it
// has none that can be called, which is reported.
func signatureOf(pkg *load.Package, d *attach.Declaration, recv *types.TypeName, report diag.Reporter) (model.Signature, bool) {
	if recv == nil {
		return model.Signature{}, false
	}
	r := &signatureReader{fn: d.Func, pos: d.Pos, sig: typeOf(pkg, d), report: report, recv: recv.Name()}
	return r.read()
}

func (r *signatureReader) read() (model.Signature, bool) {
	var s model.Signature
	_, s.Pointer = types.Unalias(r.sig.Recv().Type()).(*types.Pointer)
	params := r.sig.Params()
	next := 0
	if next < params.Len() && gotypes.IsNamed(params.At(next).Type(), "context", "Context") {
		s.Context = true
		next++
	}
	switch left := params.Len() - next; {
	case r.sig.Variadic():
		return s, r.wrong("its last parameter is variadic")
	case left > 1:
		return s, r.wrong(fmt.Sprintf("it has %d parameters besides a leading context.Context; at most one, the event, is possible", left))
	case left == 1:
		if !r.event(&s, params.At(next).Type()) {
			return s, false
		}
	}
	return s, r.results(&s)
}

// wrong reports a signature that can't be called, with those that can.
func (r *signatureReader) wrong(why string) bool {
	r.report.Report(diag.HandlerSignature, r.pos, "%s can't be a job: %s; %s", r.fn.Name.Name, why, r.possible())
	return false
}

func (r *signatureReader) results(s *model.Signature) bool {
	results := r.sig.Results()
	n := results.Len()
	switch {
	case n == 0:
		return r.wrong("it returns no error")
	case n > 2:
		return r.wrong(fmt.Sprintf("it returns %d values", n))
	case !types.Identical(results.At(n-1).Type(), types.Universe.Lookup("error").Type()):
		if gotypes.IsInvalid(results.At(n - 1).Type()) {
			return r.unresolved("result")
		}
		return r.wrong("its last result is not an error")
	case n == 1:
		return true
	}
	result := results.At(0).Type()
	if gotypes.IsInvalid(result) {
		return r.unresolved("result")
	}
	if why := gotypes.NotJSON(result); why != "" {
		return r.wrong(fmt.Sprintf("its result %s can't be answered: JSON has no %s", gotypes.String(result), why))
	}
	var err error
	if s.Result, err = gotypes.ModelType(result); err != nil {
		return r.wrong(fmt.Sprintf("its result's type can't be written in the generated file: %v", err))
	}
	return true
}

func (r *signatureReader) unresolved(what string) bool {
	r.report.Report(diag.GoType, r.pos, "the type of %s's %s can't be resolved; declare or import it (go vet says where it fails)", r.fn.Name.Name, what)
	return false
}

// event reads the event parameter.
func (r *signatureReader) event(s *model.Signature, t types.Type) bool {
	if gotypes.IsInvalid(t) {
		return r.unresolved("event")
	}
	s.Kind = gotypes.EventKind(t)
	if s.Kind == model.NoEvent {
		r.report.Report(diag.HandlerEvent, r.pos, "%s can't take an event of type %s; %s", r.fn.Name.Name, gotypes.String(t), r.possible())
		return false
	}
	if detail := gotypes.DetailType(t); s.Kind == model.TypedEvent && !gotypes.HoldsDetail(detail) {
		r.report.Report(diag.HandlerEvent, r.pos, "%s can't take a detail of type %s: an event's detail is an object, which decodes into a struct, a map, any, json.RawMessage, or a type with UnmarshalJSON", r.fn.Name.Name, gotypes.String(detail))
		return false
	}
	var err error
	if s.Event, err = gotypes.ModelType(t); err != nil {
		r.report.Report(diag.HandlerEvent, r.pos, "%s's event type can't be written in the generated file: %v", r.fn.Name.Name, err)
		return false
	}
	return true
}
