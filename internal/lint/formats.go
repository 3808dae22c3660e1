package lint

import (
	"slices"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/model"
)

// checkFormats reports what the package's formats can't do. Terraform deletes queues with the
// messages in them, Serverless has no parameters that CloudFormation hides, and CloudFormation
// doesn't delete schedules that have fired.
func checkFormats(p *Package, _ *Facts, report diag.Reporter) {
	queues := p.queues()
	if len(queues) > 0 && slices.Contains(p.Formats, "terraform") {
		report.Report(diag.FormatLacks, slices.MinFunc(queues, model.Pos.Compare),
			"Terraform deletes a queue and the messages in it when the rule or function is removed or renamed (CloudFormation, SAM and Serverless keep the queue): before such a change, empty the queue, or keep it with a removed block (lifecycle { destroy = false })")
	}
	for _, r := range p.rules() {
		if r.Scheduler != nil && r.Scheduler.Delete && slices.ContainsFunc(p.Formats, lacksAfter) {
			report.Report(diag.FormatLacks, r.Properties["after"].Key,
				"CloudFormation, SAM and Serverless have no property for `after: delete`, so there the schedule stays when it has fired for the last time: remove it from the code then")
		}
	}
	if len(p.SecretsAt) > 0 && slices.Contains(p.Formats, "serverless") {
		report.Report(diag.FormatLacks, p.SecretsAt[0],
			"Serverless writes the values of parameters into the template that it deploys, and everyone who may read the template can read them: NoEcho in jobs.serverless.yml hides a secret in the console only")
	}
}

// lacksAfter reports whether a format has no property for what happens to a schedule after its
// last firing.
func lacksAfter(format string) bool {
	i := slices.IndexFunc(directive.Lookup("schedule").Props, func(p directive.Prop) bool { return p.Name == "after" })
	return slices.Contains(directive.Lookup("schedule").Props[i].NotIn, format)
}

// queues returns the positions of the properties that create a queue.
func (p *Package) queues() []model.Pos {
	var all []model.Pos
	for _, r := range p.rules() {
		if r.DLQ != nil && r.DLQ.Create {
			all = append(all, r.Properties["dlq"].Key)
		}
		if r.Queue.Made() {
			all = append(all, r.Properties["queue"].Key)
		}
	}
	for _, f := range p.Functions {
		if f.Async != nil && f.Async.OnFailure != nil && f.Async.OnFailure.Create {
			all = append(all, f.Properties["async.on_failure"].Key)
		}
	}
	return all
}
