package lint

import (
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
)

// checkQueuePolicies notes the policy that a queue needs which jobgen doesn't create, once
// for each queue and use. EventBridge sends to a dlq with the permissions of the queue's
// policy (EventBridge user guide, eb-rule-dlq, Granting permissions to the dead-letter
// queue). EventBridge Scheduler sends with those of the schedule's role (Scheduler user guide,
// configuring-schedule-dlq). Lambda sends to a destination with the permissions of the function's role (Lambda
// developer guide, invocation-async-retain-records), and a destination in another account
// needs a policy too (IAM user guide, reference_policies_evaluation-logic).
func checkQueuePolicies(p *Package, _ *Facts, report diag.Reporter) {
	noted := map[string]bool{}
	note := func(use string, queue model.Text, at model.Pos, message string) {
		if key := use + " " + queue.String(); queue != nil && !noted[key] {
			noted[key] = true
			report.Report(diag.QueuePolicy, at, "%s", message)
		}
	}
	for _, r := range p.rules() {
		switch {
		case r.DLQ == nil:
		case r.Scheduler != nil:
			note("dlq of a schedule", r.DLQ.ARN, r.Properties["dlq"].Value,
				"the role with which EventBridge Scheduler calls the function is allowed to send to this queue; if the queue belongs to another account, its own policy must allow that role too")
		default:
			note("dlq", r.DLQ.ARN, r.Properties["dlq"].Value,
				"EventBridge can send to this queue only if its policy allows events.amazonaws.com to do sqs:SendMessage, "+
					"with the condition ArnEquals {aws:SourceArn: the rule's ARN}; `dlq: create` makes a queue that has it")
		}
	}
	for _, r := range p.rules() {
		if needs := p.QueueNeeds(r.Rule); needs != nil {
			report.Report(diag.QueuePolicy, r.Properties["queue.arn"].Value, "the rule's events arrive only if %s", strings.Join(needs, "; and "))
		}
	}
	for _, f := range p.Functions {
		if f.Async != nil && f.Async.OnFailure != nil {
			note("on_failure", f.Async.OnFailure.ARN, f.Properties["async.on_failure"].Value,
				"the function's role is allowed to send to this destination; if it belongs to another account, its own policy must allow that role too")
		}
	}
}
