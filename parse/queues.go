package parse

import (
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
)

// noteDLQ notes what a dlq that jobgen doesn't make must allow: EventBridge sends
// with the rights that the queue's policy gives it (EventBridge user guide,
// eb-rule-dlq, Granting permissions to the dead-letter queue).
func (p *packageParser) noteDLQ(at model.Pos, queue model.Text) {
	p.noteOnce(at, "dlq "+queue.String(),
		"EventBridge can send to this queue only if its policy allows events.amazonaws.com to do sqs:SendMessage, "+
			"with the condition ArnEquals {aws:SourceArn: the rule's ARN}; `dlq: create` makes a queue that has it")
}

// noteOnFailure notes what a destination that jobgen doesn't make must allow. Lambda
// sends with the rights of the function's role (Lambda developer guide,
// invocation-async-retain-records), and IAM asks the resource's policy too if it
// belongs to another account (IAM user guide, reference_policies_evaluation-logic).
func (p *packageParser) noteOnFailure(at model.Pos, destination model.Text) {
	p.noteOnce(at, "on_failure "+destination.String(),
		"the function's role is allowed to send to this destination; if it belongs to another account, its own policy must allow that role too")
}

// noteOnce reports a note about a queue at the first place that names it.
func (p *packageParser) noteOnce(at model.Pos, queue, note string) {
	if !p.noted[queue] {
		p.noted[queue] = true
		p.diags.Report(diag.QueuePolicy, at, "%s", note)
	}
}
