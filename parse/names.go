package parse

import (
	"go/ast"
	"regexp"
	"slices"

	"github.com/jobgen/jobgen/internal/attach"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/lint"
	"github.com/jobgen/jobgen/internal/model"
)

// ruleID is what a rule may be called: it is the target's id (at most 64
// characters, API_Target) and makes the names in every format.
var ruleID = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]{0,63}$`)

// ids gives a method's rules their ids. Those without a form don't count: they
// are reported, and often are none.
func (p *packageParser) ids(h *attach.Declaration, rules []*rule) {
	rules = slices.DeleteFunc(slices.Clone(rules), func(r *rule) bool { return r.form == noForm })
	for _, r := range rules {
		switch {
		case r.id != nil:
		case len(rules) > 1:
			p.diags.Add(diag.New(diag.RuleID, r.opened.Pos,
				"%s has %d rules, so each needs an id of its own: open this one with `//jobs:event_rule id: Name`", h.Name, len(rules)).
				Relate(h.Pos, "%s is declared here", h.Name))
		default:
			r.out.ID = r.job.ID()
			if asciiName.MatchString(r.out.ID) && !ruleID.MatchString(r.out.ID) {
				p.diags.Report(diag.NameInvalid, h.Pos,
					"%q can't be a rule's id: an id is 1 to 64 letters, digits, - and _, and begins with a letter; give the rule one with `//jobs:event_rule id: Name`", r.out.ID)
			}
		}
	}
}

// named is something that bears a name in the cloud or in generated code.
type named struct {
	name string
	pos  model.Pos
	what string
}

// clashes reports things whose names are one name where they go.
func (p *packageParser) clashes(all []named, remedy string) {
	first := map[string]named{}
	for _, n := range all {
		before, ok := first[n.name]
		if !ok {
			first[n.name] = n
			continue
		}
		p.diags.Add(diag.New(diag.NameClash, n.pos, "%s and %s would both be called %s; %s", before.what, n.what, n.name, remedy).
			Relate(before.pos, "the other is here"))
	}
}

// checkNames checks the names of everything that the package makes.
func (p *packageParser) checkNames() {
	var receivers, rules, physical []named
	for _, r := range p.out.Receivers {
		p.checkField(r)
		receivers = append(receivers, named{r.Field, r.Pos, "the type " + r.Type})
		for _, j := range r.Jobs {
			p.checkJobName(j)
			for _, rule := range j.Rules {
				if rule.ID != "" {
					rules = append(rules, named{model.LogicalName(rule.ID), rule.Pos, "the rule " + rule.ID})
				}
				if rule.Name != "" {
					physical = append(physical, named{rule.Name + onBus(rule.EventBus), rule.Pos, "the rule " + rule.ID})
				}
			}
		}
	}
	p.clashes(receivers, "rename one of the types")
	p.clashes(p.functionNames(), "rename one of the methods, or give one function another id with `//jobs:function id: Name`")
	p.clashes(rules, "give one of them another id with `//jobs:event_rule id: Name`")
	p.clashes(physical, "a rule's name is unique on its bus: give one another name")
	checkArchitecture(p.out, p.diags)
}

// functionNames are the names of the functions where each job has one.
func (p *packageParser) functionNames() []named {
	if p.out.Layout == model.PerPackage {
		return nil
	}
	var functions []named
	for _, j := range p.out.Jobs() {
		at := j.Pos
		if pos, ok := p.functionIDs[j]; ok {
			at = pos
		}
		functions = append(functions, named{model.LogicalName(j.FunctionID()), at, "the function of " + j.Handler()})
	}
	return functions
}

func onBus(bus model.Text) string {
	if bus == nil || lint.IsDefaultBus(bus) {
		return ""
	}
	return " on " + bus.String()
}

var asciiName = regexp.MustCompile(`^[A-Za-z0-9_]+$`)

// checkField checks that whoever makes the dispatcher can set the field of Jobs
// that holds a receiver: that Go has an upper case of its first letter. A name that
// isn't ASCII is reported as the jobs'.
func (p *packageParser) checkField(r *model.Receiver) {
	if !ast.IsExported(r.Field) && asciiName.MatchString(r.Field) {
		p.diags.Report(diag.NameInvalid, r.Pos,
			"the field of Jobs that holds %s would be called %s, which no other package can set: begin the type's name with a letter", r.Type, r.Field)
	}
}

// maxHandler is Lambda's limit on a handler's name (CreateFunction, Handler).
const maxHandler = 128

func (p *packageParser) checkJobName(j *model.Job) {
	switch handler := j.Handler(); {
	case !asciiName.MatchString(j.Receiver.Type + j.Method):
		p.diags.Report(diag.NameInvalid, j.Pos, "%s makes names in the cloud, which are ASCII letters, digits and _ : rename the type or the method", handler)
	case len(handler) > maxHandler:
		p.diags.Report(diag.NameInvalid, j.Pos, "%s is %d characters long; Lambda takes handlers of at most %d: shorten the type's or the method's name", handler, len(handler), maxHandler)
	}
}
