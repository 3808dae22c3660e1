package parse

import (
	"slices"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
)

// checkFormats notes what the formats of the package can't keep or hide, once
// for each kind of thing.
func (p *packageParser) checkFormats() {
	if len(p.queues) > 0 && slices.Contains(p.out.Formats, "terraform") {
		first := slices.MinFunc(p.queues, model.Pos.Compare)
		p.diags.Report(diag.FormatLacks, first,
			"Terraform deletes a queue and the messages in it when the rule or function is removed or renamed (CloudFormation, SAM and Serverless keep the queue): before such a change, empty the queue, or keep it with a removed block (lifecycle { destroy = false })")
	}
	if len(p.secrets) > 0 && slices.Contains(p.out.Formats, "serverless") {
		p.diags.Report(diag.FormatLacks, p.secrets[0].pos,
			"Serverless writes the values of parameters into the template that it deploys, and everyone who may read the template can read them: NoEcho in jobs.serverless.yml hides a secret in the console only")
	}
}
