package lint

import (
	"maps"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
)

// besideARN are the properties that go with the ARN of a function that exists. The timeout is for
// the visibility timeout of queues, the architecture for the program that is built, and when for the
// rules.
var besideARN = []string{"arn", "qualifier", "id", "timeout", "architecture", "when"}

// checkExisting checks the functions that exist: their ARNs, and that they have no properties
// that only a function of the rule files can have.
func checkExisting(p *Package, _ *Facts, report diag.Reporter) {
	c := existingCheck{Package: p, report: report, of: p.functionOf()}
	for _, f := range p.Functions {
		c.written(f)
		c.properties(f)
	}
	for _, r := range p.rules() {
		c.place(r)
	}
	if p.Layout == model.PerMethod {
		c.several()
	}
}

type existingCheck struct {
	*Package
	report diag.Reporter
	of     func(*model.Job) model.Function
}

// functionOf returns a function that does what model.Package.FunctionOf does, but joins the
// types' properties only once.
func (p *Package) functionOf() func(*model.Job) model.Function {
	if p.Layout == model.PerMethod {
		return func(j *model.Job) model.Function { return j.Function }
	}
	shared := p.Function()
	return func(*model.Job) model.Function { return shared }
}

// written checks the ARN of a directive, and that there is one beside a qualifier.
func (c existingCheck) written(f *Function) {
	if f.ARN == nil {
		if q, ok := f.Properties["qualifier"]; ok {
			c.report.Report(diag.FunctionExists, q.Key, "a qualifier is the version or alias of a function that exists; write its ARN too: `arn: \"${FunctionArn}\"`")
		}
		return
	}
	text, ok := f.ARN.Plain()
	if !ok {
		return
	}
	if fault, near := arnFault(text, true); fault != "" {
		c.report.Add(diag.New(diag.PropValue, f.ARNPos, "arn can't be %q: %s", text, fault).Suggest(text, near))
	}
}

// properties reports the properties and permissions that a directive sets only for functions
// that exist.
func (c existingCheck) properties(f *Function) {
	jobs := f.jobs(c.Package)
	if len(jobs) == 0 || !every(jobs, func(j *model.Job) bool { return c.of(j).Exists() }) {
		return
	}
	arn := c.of(jobs[0]).ARNPos
	for _, name := range slices.Sorted(maps.Keys(f.Properties)) {
		if strings.Contains(name, ".") || slices.Contains(besideARN, name) {
			continue
		}
		c.report.Add(diag.New(diag.FunctionExists, f.Properties[name].Key,
			"%s has no effect on a function that exists; set it where the function is defined, and remove it here, or remove arn so that the rule files contain the function", name).
			Relate(arn, "arn names a function that exists"))
	}
	for _, st := range f.Statements {
		c.report.Add(diag.New(diag.FunctionExists, st.Pos,
			"iam_policy has no effect on the role of a function that exists; add the statement to that role, and remove the line, or remove arn so that the rule files contain the function and its role").
			Relate(arn, "arn names a function that exists"))
	}
}

// jobs returns the jobs whose functions a directive describes.
func (f *Function) jobs(p *Package) []*model.Job {
	switch {
	case p.Layout == model.PerPackage:
		return p.Jobs()
	case f.Job != nil:
		return []*model.Job{f.Job}
	}
	return f.Receiver.Jobs
}

// place reports a rule on an event bus in another Region or account than the function. A rule
// calls only functions in its own Region, and the rule files can add a permission only to a
// function in their own account.
func (c existingCheck) place(r *Rule) {
	f := c.of(r.Job)
	if !f.Exists() || r.Queue != nil {
		return
	}
	bus, function := arnPlace(r.EventBus), arnPlace(f.ARN)
	for i, what := range []string{"Region", "account"} {
		if bus[i] == "" || function[i] == "" || bus[i] == function[i] {
			continue
		}
		c.report.Add(conflict(r.Properties["event_bus"].Value, f.ARNPos,
			"the event bus is in the %s %s and the function in %s; a rule calls a function in its own %[1]s: name one there", what, bus[i], function[i]))
		return
	}
}

// arnPlace returns the Region and the account of an ARN, or "" for what isn't known.
func arnPlace(arn model.Text) (place [2]string) {
	parts := strings.SplitN(arn.String(), ":", arnParts)
	if len(parts) < arnParts {
		return place
	}
	for i := range place {
		if part := parts[3+i]; !strings.Contains(part, "$") {
			place[i] = part
		}
	}
	return place
}

// several reports a function that several methods name, in the layout with one function per
// method. A function has only one handler, which names the method.
func (c existingCheck) several() {
	first := map[string]*model.Job{}
	reported := map[model.Pos]bool{}
	for _, j := range c.Jobs() {
		if !j.Function.Exists() {
			continue
		}
		target := j.Function.Target().String()
		before, ok := first[target]
		if !ok {
			first[target] = j
			continue
		}
		if at := j.Function.ARNPos; !reported[at] {
			reported[at] = true
			c.report.Add(diag.New(diag.FunctionExists, at,
				"%s and %s have the same function, and its handler can name only one of them; give each method the arn of another function, or write `//jobs:package functions: package`", before.Handler(), j.Handler()).
				Relate(before.Pos, "%s is declared here", before.Handler()))
		}
	}
}
