package gen

import (
	"strings"
	"testing"
	"time"

	"github.com/jobgen/jobgen/internal/model"
)

// terraformOf is the jobs.tf of a package.
func terraformOf(t testing.TB, p *model.Package) []byte {
	t.Helper()
	files, err := Generate(p, Options{Formats: []string{"terraform"}})
	if err != nil {
		t.Fatal(err)
	}
	return files[1].Data
}

func TestTerraformMoves(t *testing.T) {
	tests := []struct {
		name   string
		layout model.Layout
		model  func(model.Layout) *model.Package
		change func(*model.Package)
		want   string
	}{
		{"nothing", model.PerMethod, referencePackage, func(*model.Package) {}, ""},
		{"a method's name", model.PerMethod, referencePackage, func(p *model.Package) {
			j := p.Receivers[0].Jobs[1]
			j.Method, j.Rules[0].ID = "Stopping", "SecurityJobStopping"
		}, `# Function SecurityJobInstanceStopping is now SecurityJobStopping. Its name in AWS changes, so the function is replaced, and its log group with the logs is deleted.
# "id: SecurityJobInstanceStopping" on the function directive keeps the old one.
# Rule SecurityJobInstanceStopping is now SecurityJobStopping. Its name in AWS changes, so the rule is replaced: without "id: SecurityJobInstanceStopping" on the event_rule
# directive, events may be missed or handled twice while Terraform applies this.
` + moved("SecurityJobInstanceStopping", "SecurityJobStopping", "aws_cloudwatch_log_group", "aws_iam_role", "aws_iam_role_policy", "aws_lambda_function",
			"aws_cloudwatch_event_rule", "aws_cloudwatch_event_target", "aws_lambda_permission")},
		{"a rule's id", model.PerPackage, referencePackage, func(p *model.Package) { p.Rules()[1].ID = "stopping" },
			`# Rule SecurityJobInstanceStopping is now Stopping. Its name in AWS changes, so the rule is replaced: without "id: SecurityJobInstanceStopping" on the event_rule
# directive, events may be missed or handled twice while Terraform applies this.
` + moved("SecurityJobInstanceStopping", "Stopping", "aws_cloudwatch_event_rule", "aws_cloudwatch_event_target", "aws_lambda_permission")},
		{"a name and what it listens for", model.PerPackage, referencePackage, func(p *model.Package) {
			r := p.Rules()[1]
			r.ID, r.Description = "Stopping", "another"
		}, ""},
		{"a rule less", model.PerMethod, referencePackage, func(p *model.Package) { p.Receivers[0].Jobs = p.Receivers[0].Jobs[:1] }, ""},
		{"two rules that are alike", model.PerPackage, referencePackage, func(p *model.Package) {
			j := p.Receivers[0].Jobs[1]
			other := *j.Rules[0]
			j.Rules = append(j.Rules, &other)
			j.Rules[0].ID, j.Rules[1].ID = "One", "Two"
		}, ""},
		{"a function with a failure queue", model.PerMethod, fullPackage, func(p *model.Package) { p.Receivers[0].Jobs[0].Method = "taken" },
			`# Function OrdersPlaced is now OrdersTaken. Its name in AWS changes, so the function is replaced, and its queue with the messages is deleted.
# "id: OrdersPlaced" on the function directive keeps the old one.
` + moved("OrdersPlaced", "OrdersTaken", "aws_cloudwatch_log_group", "aws_iam_role", "aws_iam_role_policy", "aws_lambda_function") +
				moved("OrdersPlacedFailure", "OrdersTakenFailure", "aws_sqs_queue") + moved("OrdersPlaced", "OrdersTaken", "aws_lambda_function_event_invoke_config")},
		{"a rule with a queue", model.PerMethod, fullPackage, func(p *model.Package) {
			j := p.Receivers[2].Jobs[1]
			j.Method, j.Rules[0].ID = "Check", "IntakeCheck"
		}, `# Function IntakeAudit is now IntakeCheck. Its name in AWS changes, so the function is replaced, and its log group with the logs is deleted.
# "id: IntakeAudit" on the function directive keeps the old one.
# Rule IntakeAudit is now IntakeCheck. Its name in AWS changes, so the rule is replaced, and its queues with the messages are deleted: without "id: IntakeAudit" on the event_rule
# directive, events may be missed or handled twice while Terraform applies this.
` + moved("IntakeAudit", "IntakeCheck", "aws_cloudwatch_log_group", "aws_iam_role", "aws_iam_role_policy", "aws_lambda_function",
			"aws_cloudwatch_event_rule", "aws_cloudwatch_event_target") + moved("IntakeAuditEvents", "IntakeCheckEvents", "aws_sqs_queue", "aws_sqs_queue_policy") +
			moved("IntakeAuditDead", "IntakeCheckDead", "aws_sqs_queue") + moved("IntakeAudit", "IntakeCheck", "aws_lambda_event_source_mapping")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			changed := tt.model(tt.layout)
			tt.change(changed)
			got := TerraformMoves(terraformOf(t, tt.model(tt.layout)), terraformOf(t, changed))
			if got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func moved(from, to string, kinds ...string) string {
	var b strings.Builder
	for _, kind := range kinds {
		b.WriteString("\nmoved {\n  from = " + kind + "." + from + "\n  to   = " + kind + "." + to + "\n}\n")
	}
	return b.String()
}

func TestTerraformMovesOfOtherTexts(t *testing.T) {
	good := string(terraformOf(t, referencePackage(model.PerMethod)))
	for _, old := range []string{"", "garbage", strings.Repeat("{", 1<<20), good[:len(good)/2], strings.ReplaceAll(good, "{", "")} {
		if got := TerraformMoves([]byte(old), []byte(good)); got != "" {
			t.Errorf("%.40q: %s", old, got)
		}
	}
}

func TestTerraformQueues(t *testing.T) {
	const refunds = 4 // the index of the rule with a queue that is made
	for _, c := range []struct {
		name   string
		change func(*model.Package)
		want   string
	}{
		{"nothing", func(*model.Package) {}, ""},
		{"another batch", func(p *model.Package) { p.Rules()[refunds].Queue.Batch = 200 }, ""},
		{"a queue", func(p *model.Package) { p.Rules()[0].Queue = &model.Queue{} }, `# Rule BigOrders sends to a queue now: EventBridge sends an event again that arrives before the queue's policy does (not with
# "retry: {attempts: 0}"), and what Lambda is retrying may run twice.
`},
		{"no queue", func(p *model.Package) { p.Rules()[refunds].Queue = nil },
			"# Rule Refunds no longer sends to a queue: the job doesn't get what is still in aws_sqs_queue.RefundsEvents, which Terraform deletes, when Terraform removes the mapping.\n"},
		{"another queue", func(p *model.Package) { p.Rules()[refunds].Queue.ARN = param("$Refunds") },
			"# Rule Refunds sends to another queue now: the job doesn't get what is still in aws_sqs_queue.RefundsEvents, which Terraform deletes, when Terraform removes the mapping.\n"},
		{"another name", func(p *model.Package) { p.Rules()[refunds].ID = "Returns" }, ""},
		{"another name and another queue", func(p *model.Package) {
			p.Rules()[refunds].ID, p.Rules()[refunds].Queue.ARN = "Returns", param("$Refunds")
		}, "# Rule Returns sends to another queue now: the job doesn't get what is still in aws_sqs_queue.RefundsEvents, which Terraform deletes, when Terraform removes the mapping.\n"},
		{"another name and another queue that exists", func(p *model.Package) {
			r := p.Rules()[6]
			r.ID, r.Queue = "Noted", &model.Queue{ARN: param("$Other"), Group: r.Queue.Group}
		}, "# Rule Noted sends to another queue now: the job doesn't get what is still in \"arn:aws:sqs:us-east-1:${var.Account}:ledger.fifo\" when Terraform removes the mapping.\n"},
		{"no queue that exists", func(p *model.Package) { p.Rules()[6].Queue, p.Rules()[7].Queue = nil, nil },
			"# Rule Booked no longer sends to a queue: the job doesn't get what is still in \"arn:aws:sqs:us-east-1:${var.Account}:ledger.fifo\" when Terraform removes the mapping.\n" +
				"# Rule Cancelled no longer sends to a queue: the job doesn't get what is still in \"arn:aws:sqs:us-east-1:${var.Account}:ledger.fifo\" when Terraform removes the mapping.\n"},
		{"a new rule with a queue", func(p *model.Package) {
			j := p.Receivers[2].Jobs[1]
			j.Rules = append(j.Rules, &model.Rule{ID: "More", Job: j, Schedule: model.Literal("rate(2 days)"), Queue: &model.Queue{}})
		}, ""},
	} {
		changed := fullPackage(model.PerMethod)
		c.change(changed)
		if got := TerraformQueues(terraformOf(t, fullPackage(model.PerMethod)), terraformOf(t, changed)); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

// TestTerraformSchedules turns a rule into a schedule of EventBridge Scheduler and back.
func TestTerraformSchedules(t *testing.T) {
	with := func(expression string, change func(*model.Rule)) []byte {
		receiver := &model.Receiver{Type: "Job", Field: "Job"}
		job := &model.Job{Receiver: receiver, Method: "Sweep"}
		receiver.Jobs = []*model.Job{job}
		rule := &model.Rule{ID: "JobSweep", Job: job, Schedule: model.Literal(expression)}
		change(rule)
		job.Rules = []*model.Rule{rule}
		return terraformOf(t, &model.Package{Path: "example.com/app", Name: "app", Layout: model.PerMethod, Receivers: []*model.Receiver{receiver}})
	}
	const daily, hourly = "cron(0 12 * * ? *)", "rate(1 hour)"
	asRule := func(*model.Rule) {}
	asSchedule := func(r *model.Rule) { r.Scheduler = &model.Scheduler{} }
	const toSchedule = "# Schedule JobSweep takes the place of the rule JobSweep. Terraform removes the rule before or after it creates the\n" +
		"# schedule: a time in between may run the job twice or not at all"
	const toRule = "# Rule JobSweep takes the place of the schedule JobSweep. Terraform removes the schedule before or after it creates the\n" +
		"# rule: a time in between may run the job twice or not at all"
	for _, c := range []struct {
		name     string
		old, new []byte
		want     string
	}{
		{"nothing", with(daily, asSchedule), with(hourly, asSchedule), ""},
		{"a schedule", with(daily, asRule), with(daily, asSchedule), toSchedule + ".\n"},
		{"a rule", with(daily, asSchedule), with(daily, asRule), toRule + ".\n"},
		{"a schedule with a rate", with(hourly, asRule), with(hourly, asSchedule), toSchedule + ", and a schedule with a rate fires as soon as it is created.\n"},
		{"a rule with a rate", with(hourly, asSchedule), with(hourly, asRule), toRule + ", and the rule's rate is counted from its creation.\n"},
		{"a rate with a start", with(hourly, asRule), with(hourly, func(r *model.Rule) {
			r.Scheduler = &model.Scheduler{Start: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)}
		}), toSchedule + ".\n"},
		{"a queue is lost", with(daily, func(r *model.Rule) { r.Queue = &model.Queue{} }), with(daily, asSchedule),
			toSchedule + "; the job doesn't get\n# what is still in aws_sqs_queue.JobSweepEvents, which Terraform deletes, when Terraform removes the mapping.\n"},
		{"a disabled rule", with(daily, func(r *model.Rule) { r.State = model.Literal(model.Disabled) }), with(daily, asSchedule), ""},
		{"a disabled schedule", with(daily, asRule), with(daily, func(r *model.Rule) { asSchedule(r); r.State = model.Literal(model.Disabled) }), ""},
		{"another id", with(daily, asRule), with(daily, func(r *model.Rule) { asSchedule(r); r.ID = "Other" }), ""},
	} {
		if got := TerraformSchedules(c.old, c.new); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}
