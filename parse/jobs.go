package parse

import (
	"go/ast"
	"go/doc"
	"go/types"
	"slices"

	"github.com/jobgen/jobgen/internal/attach"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/lint"
	"github.com/jobgen/jobgen/internal/load"
	"github.com/jobgen/jobgen/internal/model"
)

// jobReader reads the methods that have directives, and puts the jobs under their
// receivers.
type jobReader struct {
	pkg          *load.Package
	declarations []*attach.Declaration
	out          *lint.Package
	diags        *diag.List
	rules        *ruleReader
	// attempted are the types that have jobs, even ones that can't be called.
	attempted map[string]bool
}

func (r *jobReader) read() {
	for _, d := range r.declarations {
		if d.Target == directive.OnMethod {
			r.method(d)
		}
	}
	slices.SortStableFunc(r.out.Receivers, func(a, b *model.Receiver) int { return a.Pos.Compare(b.Pos) })
	for _, d := range r.declarations {
		if d.Target == directive.OnType && !r.attempted[d.Name] {
			r.unused(d)
		}
	}
}

// unused records the directives of a declaration that has no jobs. Those that are for
// methods are reported where they are on a type, and allow lines where they allow nothing.
func (r *jobReader) unused(d *attach.Declaration) {
	for _, c := range d.Directives {
		switch c.Name {
		case "allow", "event_rule", "event_pattern", "schedule", "rate", "cron", "at":
		default:
			r.out.Unused = append(r.out.Unused, lint.Unused{Name: c.Name, Pos: c.Pos, Declaration: d.Describe(), OnMethod: d.Target == directive.OnMethod})
		}
	}
}

// method reads a method's directives.
func (r *jobReader) method(d *attach.Declaration) {
	isJob := slices.ContainsFunc(d.Directives, func(c gosource.Line) bool {
		return c.Spec.On == directive.OnMethod
	})
	if !isJob {
		r.unused(d)
		return
	}
	r.attempted[gosource.ReceiverName(d.Func)] = true
	errors := r.diags.Count(diag.Error)
	typeName, _ := gosource.Receiver(d.Func)
	recv := &model.Receiver{Type: typeName, Field: model.UpperFirst(typeName), Package: r.out.Handler}
	declared := receiverType(r.pkg, d, r.diags)
	signature, ok := signatureOf(r.pkg, d, declared, r.diags)
	if ok {
		recv = r.receiver(declared)
	}
	job := &model.Job{Receiver: recv, Method: d.Func.Name.Name, Signature: signature, Pos: d.Pos, Doc: synopsis(d.Func)}
	event := eventType(r.pkg, d)
	out := &lint.Job{
		Job: job, Name: d.Name, Callable: ok, Rules: r.rules.read(d, job, event),
		Event: readEvent(r.pkg, r.rules.shapes, event), FormatOptions: formatOptions(r.pkg, r.rules.tags.types, d),
	}
	giveIDs(out.Rules)
	function := r.function(d, recv, job)
	job.Own = *function.Function
	job.Function = job.Own.Over(recv.Function)
	for _, rule := range out.Rules {
		r.rules.references.pattern(rule.Rule.Pattern)
		job.Rules = append(job.Rules, rule.Rule)
	}
	out.Incomplete = r.diags.Count(diag.Error) > errors
	r.out.Methods = append(r.out.Methods, out)
	if ok {
		recv.Jobs = append(recv.Jobs, job)
	}
}

// receiver returns the receiver of a type, which it makes for the first job.
func (r *jobReader) receiver(name *types.TypeName) *model.Receiver {
	i := slices.IndexFunc(r.out.Receivers, func(recv *model.Receiver) bool { return recv.Type == name.Name() })
	if i >= 0 {
		return r.out.Receivers[i]
	}
	recv := &model.Receiver{Type: name.Name(), Field: model.UpperFirst(name.Name()), Package: r.out.Handler, Pos: gosource.Pos(r.pkg.Fset, name.Pos())}
	for _, d := range r.declarations {
		if d.Target == directive.OnType && d.Name == recv.Type {
			recv.Function = *r.function(d, recv, nil).Function
			break
		}
	}
	r.out.Receivers = append(r.out.Receivers, recv)
	return recv
}

// function reads what a declaration says of its function. Job is nil for a type.
func (r *jobReader) function(d *attach.Declaration, recv *model.Receiver, job *model.Job) *lint.Function {
	f := readFunction(d, r.rules.propertyReader)
	f.Receiver, f.Job = recv, job
	r.out.Functions = append(r.out.Functions, f)
	return f
}

// giveIDs gives a method's only rule the id of its job, if the directives give none. Rules
// without a pattern or schedule don't count: they are reported, and often are none.
func giveIDs(rules []*lint.Rule) {
	rules = slices.DeleteFunc(slices.Clone(rules), func(r *lint.Rule) bool { return !r.Form.IsValid() })
	if len(rules) == 1 && rules[0].ID == "" {
		rules[0].ID = rules[0].Job.ID()
	}
}

// synopsis is the first sentence of a method's doc comment.
func synopsis(fn *ast.FuncDecl) string {
	var p doc.Package
	return p.Synopsis(fn.Doc.Text())
}
