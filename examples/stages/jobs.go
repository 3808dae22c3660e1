// Package stages holds jobs that are deployed to several stages. The values that
// differ are parameters of the rule files.
//
//jobs:package params: {Stage: {default: dev, allowed: [dev, staging, prod]}}
//jobs:package params: {ReportSchedule: {default: "cron(0 7 * * ? *)"}, Zone: {default: Europe/Berlin}}
//jobs:package params: {RuleState: {default: ENABLED, allowed: [ENABLED, DISABLED]}}
//jobs:package params: {Statuses: {default: [paid, refunded]}}
//jobs:package formats: [cloudformation, sam, terraform, serverless, json]
package stages

import (
	"context"

	"github.com/jobgen/jobgen/jobs"
)

//go:generate go tool jobgen

// InvoiceJob looks after invoices.
type InvoiceJob struct {
	Mail func(ctx context.Context, to, text string) error
}

// Invoice is the detail of the events about invoices.
type Invoice struct {
	ID string `json:"id"`
}

// Change is the detail of an invoice.changed event.
type Change struct {
	ID     string `json:"id"`
	Status string `json:"status"`
}

// Send sends an invoice.
//
//jobs:event_rule name: "${Stage}-invoices", event_bus: "${ShopBus}", state: "${RuleState}"
//jobs:event_pattern {source: ["shop.${Stage}"], detail-type: [invoice.created]}
func (j *InvoiceJob) Send(ctx context.Context, e jobs.Event[Invoice]) error {
	return j.Mail(ctx, "customers@example.com", "Invoice "+e.Detail.ID)
}

// Archive keeps the invoices with some statuses, which each stage chooses.
//
//jobs:event_rule event_bus: "${ShopBus}"
//jobs:event_pattern source: [shop.invoices], detail-type: [invoice.changed], detail.status: "${Statuses}"
func (j *InvoiceJob) Archive(ctx context.Context, e jobs.Event[Change]) error {
	return j.Mail(ctx, "archive@example.com", e.Detail.Status+" "+e.Detail.ID)
}

// Report counts the invoices of a day. Each stage has its own time.
//
//jobs:event_rule expression: "${ReportSchedule}"
func (j *InvoiceJob) Report(ctx context.Context) error {
	return j.Mail(ctx, "accounts@example.com", "The invoices of yesterday")
}

// Remind reminds customers of open invoices. Only production has customers.
//
//jobs:event_rule when: {Stage: prod}
//jobs:rate 1 day
func (j *InvoiceJob) Remind(ctx context.Context) error {
	return j.Mail(ctx, "customers@example.com", "An invoice is open")
}

// Close closes the month, in the time zone of the company.
//
//jobs:schedule timezone: "${Zone}", state: "${RuleState}"
//jobs:cron 0 6 1 * ? *
func (j *InvoiceJob) Close(ctx context.Context) error {
	return j.Mail(ctx, "accounts@example.com", "The month is closed")
}
