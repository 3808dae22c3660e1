package lint

import (
	"slices"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
)

// checkFormats reports what the formats of the package can't keep or hide, once for each
// kind of thing: Terraform deletes a queue with the messages in it, and Serverless has no
// parameters that CloudFormation hides.
func checkFormats(p *Package, _ *Facts, report diag.Reporter) {
	queues := p.queues()
	if len(queues) > 0 && slices.Contains(p.Formats, "terraform") {
		report.Report(diag.FormatLacks, slices.MinFunc(queues, model.Pos.Compare),
			"Terraform deletes a queue and the messages in it when the rule or function is removed or renamed (CloudFormation, SAM and Serverless keep the queue): before such a change, empty the queue, or keep it with a removed block (lifecycle { destroy = false })")
	}
	if len(p.SecretsAt) > 0 && slices.Contains(p.Formats, "serverless") {
		report.Report(diag.FormatLacks, p.SecretsAt[0],
			"Serverless writes the values of parameters into the template that it deploys, and everyone who may read the template can read them: NoEcho in jobs.serverless.yml hides a secret in the console only")
	}
}

// queues returns the places of the properties that make a queue.
func (p *Package) queues() []model.Pos {
	var all []model.Pos
	for _, j := range p.Methods {
		for _, r := range j.Rules {
			if r.DLQ != nil && r.DLQ.Create {
				all = append(all, r.Properties["dlq"].Key)
			}
		}
	}
	for _, f := range p.Functions {
		if f.Async != nil && f.Async.OnFailure != nil && f.Async.OnFailure.Create {
			all = append(all, f.Properties["async.on_failure"].Key)
		}
	}
	return all
}
