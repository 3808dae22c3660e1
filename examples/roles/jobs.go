// Package roles holds jobs of a company whose security team keeps the roles, the keys and the
// names of functions.
//
//jobs:package functions: method
package roles

import (
	"context"
	"log/slog"

	"github.com/jobgen/jobgen/jobs"
)

//go:generate go tool jobgen

// InvoiceJob sends invoices. The security team keeps its role. jobgen lists what the role must
// allow at the top of jobs.cfn.yaml.
//
//jobs:allow JOB322 reason: the security team has added the statements to the role
//jobs:function role: "arn:aws:iam::${Account}:role/invoices", log_format: JSON, log_level: INFO
type InvoiceJob struct{ Log *slog.Logger }

// Invoice is the detail of an invoice.due event.
type Invoice struct {
	Number string `json:"number"`
}

// Send sends an invoice.
//
//jobs:function name: "invoices-${Stage}"
//jobs:event_rule description: Invoices to send, queue: create
//jobs:event_pattern source: [shop.billing], detail-type: [invoice.due]
func (j *InvoiceJob) Send(ctx context.Context, e jobs.Event[Invoice]) error {
	j.Log.InfoContext(ctx, "invoice sent", "number", e.Detail.Number)
	return nil
}

// ArchiveJob archives invoices. jobgen makes its two roles: the function's role, and the role
// with which EventBridge Scheduler calls the function. The boundary limits both.
//
//jobs:function permissions_boundary: "arn:aws:iam::${Account}:policy/developers", managed_policies: ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess']
//jobs:iam_policy {actions: [s3:PutObject], resources: ["arn:aws:s3:::${Archive}/*"]}
type ArchiveJob struct{ Log *slog.Logger }

// Monthly archives the invoices of the last month.
//
//jobs:schedule timezone: Europe/Berlin, window: 1h
//jobs:cron 0 3 1 * ? *
func (j *ArchiveJob) Monthly(ctx context.Context) error {
	j.Log.InfoContext(ctx, "archived")
	return nil
}
