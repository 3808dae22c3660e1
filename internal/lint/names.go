package lint

import (
	"go/token"
	"regexp"
	"slices"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
)

// ruleID is the form of a rule's id. It is the target's id (at most 64 characters,
// API_Target), and part of the names in every format.
var ruleID = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]{0,63}$`)

// checkIDs reports rules without an id if their method has several rules, and method names
// that can't be a rule's id. It leaves out rules without a pattern or schedule, which
// checkForm reports and which often are no rules.
func checkIDs(j *Job, _ *Facts, report diag.Reporter) {
	rules := slices.DeleteFunc(slices.Clone(j.Rules), func(r *Rule) bool { return !r.Form.IsValid() })
	for _, r := range rules {
		_, given := r.Properties["id"]
		switch {
		case given:
		case len(rules) > 1:
			report.Add(diag.New(diag.RuleID, r.Pos,
				"%s has %d rules, so each needs its own id: open this one with `//jobs:event_rule id: Name`", j.Name, len(rules)).
				Relate(j.Pos, "%s is declared here", j.Name))
		case asciiName.MatchString(r.ID) && !ruleID.MatchString(r.ID):
			report.Report(diag.NameInvalid, j.Pos,
				"%q can't be a rule's id: an id is 1 to 64 letters, digits, - and _, and begins with a letter; give the rule one with `//jobs:event_rule id: Name`", r.ID)
		}
	}
}

// named is a thing that has a name in the cloud or in generated code.
type named struct {
	name string
	pos  model.Pos
	what string
	when model.When // the condition under which it exists
}

// clashes reports things with the same name. Things that never exist at the same time may
// have the same name.
func (p *Package) clashes(all []named, remedy string, report diag.Reporter) {
	earlier := map[string][]named{}
	for _, n := range all {
		others := earlier[n.name]
		i := slices.IndexFunc(others, func(o named) bool { return !p.Exclusive(o.when, n.when) })
		if i >= 0 {
			report.Add(diag.New(diag.NameClash, n.pos, "%s and %s would both be called %s; %s", others[i].what, n.what, n.name, remedy).
				Relate(others[i].pos, "the other is here"))
			continue
		}
		earlier[n.name] = append(others, n)
	}
}

// checkNameClashes reports types, functions and rules that get the same name in the
// generated code, in a rule file or in the account.
func checkNameClashes(p *Package, _ *Facts, report diag.Reporter) {
	var receivers, rules, physical, schedules []named
	for _, r := range p.Receivers {
		receivers = append(receivers, named{name: r.Field, pos: r.Pos, what: "the type " + r.Type},
			named{name: model.MakerName(r), pos: r.Pos, what: "the function that makes a " + r.Type})
		for _, j := range r.Jobs {
			for _, rule := range j.Rules {
				if rule.ID != "" {
					rules = append(rules, named{name: model.LogicalName(rule.ID), pos: rule.Pos, what: "the rule " + rule.ID})
				}
				if rule.Name != nil && rule.Scheduler != nil {
					schedules = append(schedules, named{rule.Name.String(), rule.Pos, "the schedule " + rule.ID, rule.Condition()})
				} else if rule.Name != nil {
					name := rule.Name.String()
					if bus := customBus(rule); bus != nil {
						name += " on " + bus.String()
					}
					physical = append(physical, named{name, rule.Pos, "the rule " + rule.ID, rule.Condition()})
				}
			}
		}
	}
	p.clashes(receivers, "rename one of the types", report)
	p.clashes(p.functionNames(), "rename one of the methods, or give one function another id with `//jobs:function id: Name`", report)
	p.clashes(p.givenNames(), "a function's name is unique in its account and Region: give one another name", report)
	p.clashes(rules, "give one of them another id with `//jobs:event_rule id: Name`", report)
	p.clashes(schedules, "CloudFormation takes a schedule's name only once, even in different groups: give one another name", report)
	p.clashes(physical, "a rule's name is unique on its bus: give one another name", report)
}

// functionNames returns the names of the functions if each job has one.
func (p *Package) functionNames() []named {
	if p.Layout == model.PerPackage {
		return nil
	}
	ids := map[*model.Job]Setting{}
	for _, f := range p.Functions {
		ids[f.Job] = f.Settings["id"]
	}
	var functions []named
	for _, j := range p.Jobs() {
		at := j.Pos
		if id := ids[j]; id.Pos.IsValid() {
			at = id.Pos
		}
		functions = append(functions, named{name: model.LogicalName(j.FunctionID()), pos: at, what: "the function of " + j.Handler()})
	}
	return functions
}

// givenNames returns the functions with a physical name that a method's directive gives.
func (p *Package) givenNames() []named {
	var functions []named
	for _, f := range p.Functions {
		if name, ok := f.Settings["name"]; ok && f.Job != nil && p.Layout != model.PerPackage {
			functions = append(functions, named{name.Value, name.Pos, "the function of " + f.Job.Handler(), f.Job.Function.When})
		}
	}
	return functions
}

var asciiName = regexp.MustCompile(`^[A-Za-z0-9_]+$`)

// checkNames checks the names of types and methods, from which the fields of Jobs, handlers
// and resources get theirs.
func checkNames(p *Package, _ *Facts, report diag.Reporter) {
	for _, r := range p.Receivers {
		checkField(r, report)
		for _, j := range r.Jobs {
			checkHandler(j, report)
		}
	}
}

// checkField reports a receiver whose field of Jobs is not exported, because its first
// letter has no upper case. For a name that isn't ASCII, checkHandler reports the jobs.
func checkField(r *model.Receiver, report diag.Reporter) {
	if !token.IsExported(r.Field) && asciiName.MatchString(r.Field) {
		report.Report(diag.NameInvalid, r.Pos,
			"the field of Jobs that holds %s would be called %s, which no other package can set: begin the type's name with a letter", r.Type, r.Field)
	}
}

// maxHandler is the maximum length of a handler's name (CreateFunction, Handler).
const maxHandler = 128

// checkHandler checks the name of a job's handler, which is part of its resources' names.
func checkHandler(j *model.Job, report diag.Reporter) {
	switch handler := j.Handler(); {
	case !asciiName.MatchString(j.Receiver.Type + j.Method):
		report.Report(diag.NameInvalid, j.Pos, "%s makes names in the cloud, which are ASCII letters, digits and _ : rename the type or the method", handler)
	case len(handler) > maxHandler:
		report.Report(diag.NameInvalid, j.Pos, "%s is %d characters long; Lambda takes handlers of at most %d: shorten the type's or the method's name", handler, len(handler), maxHandler)
	}
}

// checkDeclared reports names of the package that the generated file needs: imports with a
// name that it declares, and declarations with a name that it declares or uses.
func checkDeclared(p *Package, _ *Facts, report diag.Reporter) {
	declared, used := p.Package.Declared(), p.Predeclared()
	for _, d := range p.Declared {
		remedy := "rename the declaration"
		if d.Imported {
			remedy = "give the import another name"
		}
		if slices.Contains(declared, d.Name) || !d.Imported && slices.Contains(used, d.Name) {
			report.Report(diag.NameTaken, d.Pos,
				"the generated %s needs the name %s in this package; %s", model.DispatcherFile, d.Name, remedy)
		}
	}
}
