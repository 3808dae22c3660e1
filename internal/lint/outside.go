package lint

import (
	"slices"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
)

// functionParts are the directives that describe one Lambda function: those of a type and its
// method, or those of all types and methods in a package with one function.
type functionParts struct {
	parts []*Function
	rules []*Rule // that call the function
}

// lambdas returns the Lambda functions of the package.
func (p *Package) lambdas() []functionParts {
	if p.Layout == model.PerPackage {
		return []functionParts{{p.Functions, p.rules()}}
	}
	types := map[*model.Receiver]*Function{}
	for _, f := range p.Functions {
		if f.Job == nil {
			types[f.Receiver] = f
		}
	}
	rules := map[*model.Job][]*Rule{}
	for _, j := range p.Methods {
		rules[j.Job] = j.Rules
	}
	var all []functionParts
	for _, f := range p.Functions {
		if f.Job == nil {
			continue
		}
		lambda := functionParts{parts: []*Function{f}, rules: rules[f.Job]}
		if of := types[f.Receiver]; of != nil {
			lambda.parts = []*Function{of, f}
		}
		all = append(all, lambda)
	}
	return all
}

// key returns the position of a property's name, or of a mapping's entry. It is invalid if no
// directive sets the property. A method's directive takes precedence.
func (l functionParts) key(property string) model.Pos {
	var pos model.Pos
	for _, f := range l.parts {
		if s, ok := f.Settings[property]; ok && (f.Job != nil || !pos.IsValid()) {
			pos = s.Pos
		}
	}
	return pos
}

// value returns the value of a property, or "".
func (l functionParts) value(property string) string {
	value := ""
	for _, f := range l.parts {
		if s, ok := f.Settings[property]; ok && (f.Job != nil || value == "") {
			value = s.Value
		}
	}
	return value
}

// checkRoles reports properties beside role that only apply to a role that jobgen makes.
func checkRoles(p *Package, _ *Facts, report diag.Reporter) {
	for _, l := range p.lambdas() {
		role := l.key("role")
		if !role.IsValid() {
			continue
		}
		for _, f := range l.parts {
			for _, s := range f.Statements {
				report.Add(conflict(s.Pos, role,
					"the function has a role that exists, and jobgen adds no statement to it; add the statement where the role is defined and remove iam_policy, or remove role"))
			}
		}
		if policies := l.key("managed_policies"); policies.IsValid() {
			report.Add(conflict(policies, role,
				"the function has a role that exists, and jobgen attaches no policy to it; attach the policies where the role is defined and remove managed_policies, or remove role"))
		}
		scheduled := slices.ContainsFunc(l.rules, func(r *Rule) bool { return r.Scheduler != nil })
		if boundary := l.key("permissions_boundary"); boundary.IsValid() && !scheduled {
			report.Add(conflict(boundary, role,
				"the function has a role that exists, and jobgen makes no other role for it that a boundary could limit; remove permissions_boundary, or remove role"))
		}
	}
}

// checkLogLevels reports levels of a log whose format is text. Lambda filters the lines of JSON
// logs only (Lambda developer guide, monitoring-cloudwatchlogs-log-level).
func checkLogLevels(p *Package, _ *Facts, report diag.Reporter) {
	for _, l := range p.lambdas() {
		if l.value("log_format") == "JSON" {
			continue
		}
		for _, name := range []string{"log_level", "system_log_level"} {
			level := l.key(name)
			if !level.IsValid() {
				continue
			}
			d := diag.New(diag.PropConflict, level, "%s needs the log format JSON, because Lambda finds no levels in text; write `log_format: JSON`, or remove %[1]s", name)
			if format := l.key("log_format"); format.IsValid() {
				d = d.Relate(format, "the format is set here")
			}
			report.Add(d)
		}
	}
}

// checkImages reports functions that can't be container images. An image has no layers (Lambda
// developer guide, chapter-layers), and no handler that names a method.
func checkImages(p *Package, _ *Facts, report diag.Reporter) {
	for _, l := range p.lambdas() {
		if l.value("code") != "image" {
			continue
		}
		if p.Layout != model.PerPackage {
			report.Report(diag.NotInLayout, l.key("code"),
				"a container image is for one function, and each method has a function, which its handler's name tells apart: use functions: package, or a zip file")
			continue
		}
		if layers := l.key("layers"); layers.IsValid() {
			report.Add(conflict(layers, l.key("code"), "Lambda adds no layers to a container image; copy what is in them into the image and remove layers, or write `code: zip`"))
		}
	}
}
