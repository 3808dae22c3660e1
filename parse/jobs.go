package parse

import (
	"go/ast"
	"go/doc"
	"go/types"
	"maps"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/attach"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/model"
)

// jobs reads every method that has directives, and puts the jobs under their
// receivers.
func (p *packageParser) jobs(declarations []*attach.Declaration) {
	saidOf := map[string]said{} // by type
	for _, h := range declarations {
		if h.Target == directive.OnMethod {
			p.job(h, declarations, saidOf)
		}
	}
	p.sortReceivers()
	for _, h := range declarations {
		if h.Target == directive.OnType && !p.attempted[h.Name] {
			p.nothing(h)
		}
	}
	if p.out.Layout == model.PerPackage {
		p.contradictions(saidOf)
		for _, r := range p.rules {
			hiddenParams(r, p.out.Function(), p.diags)
		}
	}
}

// nothing reports the directives of a declaration that has no jobs.
func (p *packageParser) nothing(h *attach.Declaration) {
	for _, c := range h.Directives {
		switch c.Name {
		case "allow", "event_rule", "event_pattern", "rate", "cron":
		default:
			hint := "no method of it has a rule; methods promoted from an embedded type are that type's jobs"
			if h.Target == directive.OnMethod {
				hint = "it has no rule: write an event_pattern, rate or cron line"
			}
			p.diags.Report(diag.AppliesToNothing, c.Pos, "%s has no effect on %s: %s", c.Name, h.Describe(), hint)
		}
	}
}

func (p *packageParser) receiver(name string) *model.Receiver {
	i := slices.IndexFunc(p.out.Receivers, func(r *model.Receiver) bool { return r.Type == name })
	if i < 0 {
		return nil
	}
	return p.out.Receivers[i]
}

// job reads a method's directives.
func (p *packageParser) job(h *attach.Declaration, declarations []*attach.Declaration, saidOf map[string]said) {
	isJob := slices.ContainsFunc(h.Directives, func(c gosource.Line) bool {
		return c.Spec.On == directive.OnMethod
	})
	if !isJob {
		p.nothing(h)
		return
	}
	p.attempted[gosource.ReceiverName(h.Func)] = true
	errors := p.diags.Count(diag.Error)
	typeName, _ := gosource.Receiver(h.Func)
	recv := &model.Receiver{Type: typeName, Field: model.FieldName(typeName), Package: p.out.Handler}
	declared := receiverType(p.pkg, h, p.diags)
	signature, ok := signatureOf(p.pkg, h, declared, p.diags)
	if ok {
		recv = p.receiverOf(declared, declarations, saidOf)
	}
	p.refusedFormats(h)
	job := &model.Job{Receiver: recv, Method: h.Func.Name.Name, Signature: signature, Pos: h.Pos, Doc: synopsis(h.Func)}
	rules := p.readRules(h, job)
	event := eventType(p.pkg, h)
	for _, r := range rules {
		p.tags.join(r, event)
		p.finishRule(r, event)
		p.checkSent(h, r, event)
	}
	if ok {
		p.checkEmpty(h, rules, event)
	}
	p.ids(h, rules)
	p.jobFunction(h, job)
	p.checkJob(h, job, rules)
	for _, r := range rules {
		job.Rules = append(job.Rules, r.out)
	}
	if p.diags.Count(diag.Error) == errors {
		p.rules = append(p.rules, rules...) // what is wrong will change, and is no use to compare
	}
	if ok {
		recv.Jobs = append(recv.Jobs, job)
	}
}

// receiverOf returns the receiver of a type, which it makes for the first job.
func (p *packageParser) receiverOf(name *types.TypeName, declarations []*attach.Declaration, saidOf map[string]said) *model.Receiver {
	if r := p.receiver(name.Name()); r != nil {
		return r
	}
	r := &model.Receiver{Type: name.Name(), Field: model.FieldName(name.Name()), Package: p.out.Handler, Pos: gosource.Pos(p.pkg.Fset, name.Pos())}
	if th := typeDeclaration(declarations, r.Type); th != nil {
		r.Function, saidOf[r.Type] = p.functionOf(th)
		p.idOfType(r, saidOf[r.Type])
	}
	p.out.Receivers = append(p.out.Receivers, r)
	return r
}

func (p *packageParser) jobFunction(h *attach.Declaration, job *model.Job) {
	var set said
	job.Own, set = p.functionOf(h)
	if id, ok := set["id"]; ok {
		p.functionIDs[job] = id.pos
	}
	job.Function = job.Own.Over(job.Receiver.Function)
	if p.out.Layout != model.PerPackage {
		return
	}
	for _, c := range h.Directives {
		if c.Name == "function" {
			p.diags.Report(diag.NotInLayout, c.Pos,
				"under functions: package there is one function for all jobs, and none that belongs to %s: move the line to the type %s, or use functions: method", h.Name, job.Receiver.Type)
		}
	}
}

// idOfType reports an id on a type whose methods have a function each.
func (p *packageParser) idOfType(r *model.Receiver, set said) {
	if id, ok := set["id"]; ok && p.out.Layout != model.PerPackage {
		p.diags.Report(diag.NotInLayout, id.pos,
			"each method of %s has a function of its own, and an id belongs to one function: move id to the method, or use functions: package", r.Type)
	}
}

// checkJob checks what only the whole job shows.
func (p *packageParser) checkJob(h *attach.Declaration, job *model.Job, rules []*rule) {
	for _, r := range rules {
		p.deliveryOnly(r, job)
		p.handlerInput(h, r, job)
		p.params.pattern(r)
		if p.out.Layout != model.PerPackage {
			hiddenParams(r, job.Function, p.diags)
		}
	}
}

// deliveryOnly notes that a rule's dlq doesn't see what a handler fails on.
func (p *packageParser) deliveryOnly(r *rule, job *model.Job) {
	if r.out.DLQ == nil || job.Function.Async != nil && job.Function.Async.OnFailure != nil {
		return
	}
	p.diags.Report(diag.DeliveryOnly, r.dlq,
		"this dlq takes events that can't be delivered to Lambda; an event whose handler fails is retried by Lambda and then dropped: add `//jobs:function async: {on_failure: create}` to keep those")
}

// handlerInput reports a handler that decodes the envelope where the target is
// sent something else.
func (p *packageParser) handlerInput(h *attach.Declaration, r *rule, job *model.Job) {
	kind := job.Signature.Kind
	if r.out.Input == nil || kind != model.TypedEvent && kind != model.LambdaEvent {
		return
	}
	if r.out.Input.Path == "$" || r.out.Input.Transformer != nil && mayMakeEvent(r.out.Input) {
		return
	}
	p.diags.Add(diag.New(diag.HandlerInput, h.Pos, "%s takes the event's envelope, and its rule sends something else; take a struct of what is sent, or json.RawMessage", h.Name).
		Relate(r.inputPos, "the rule says here what is sent"))
}

// mayMakeEvent reports whether a template may make an event: an object with a
// detail, without which no event is decoded.
func mayMakeEvent(in *model.Input) bool {
	made := sentValue(in)
	return made == nil || foldsInto("detail", made.Keys())
}

// contradictions reports the properties that two types give different values
// under functions: package.
func (p *packageParser) contradictions(saidOf map[string]said) {
	first := said{}
	from := map[string]string{}
	for _, r := range p.out.Receivers {
		for _, name := range slices.Sorted(maps.Keys(saidOf[r.Type])) {
			s := saidOf[r.Type][name]
			before, ok := first[name]
			switch {
			case !ok:
				first[name], from[name] = s, r.Type
			case before.value != s.value:
				p.diags.Add(diag.New(diag.LayoutConflict, s.pos,
					"under functions: package the types share one function, and %s is %s here and %s on %s", name, s.value, before.value, from[name]).
					Relate(before.pos, "the other is here"))
			}
		}
	}
}

// sortReceivers puts receivers in the order of their declarations, jobs stand
// in the order of theirs already.
func (p *packageParser) sortReceivers() {
	slices.SortStableFunc(p.out.Receivers, func(a, b *model.Receiver) int {
		if c := strings.Compare(a.Pos.File, b.Pos.File); c != 0 {
			return c
		}
		return a.Pos.Line - b.Pos.Line
	})
}

// synopsis is the first sentence of a method's doc comment.
func synopsis(fn *ast.FuncDecl) string {
	var p doc.Package
	return p.Synopsis(fn.Doc.Text())
}
