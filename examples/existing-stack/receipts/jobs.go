// Package receipts holds the jobs of a shop whose event bus and API are in a
// hand-written stack. The files in the parent folder show how the stack
// includes the rule files, one file for each tool.
//
//jobs:package formats: [cloudformation, sam, terraform, serverless], terraform_module: true
package receipts

import (
	"context"
	"fmt"

	"github.com/jobgen/jobgen/jobs"
)

//go:generate go tool jobgen

// ReceiptJob sends the receipts of paid orders.
type ReceiptJob struct {
	Mail func(ctx context.Context, to, text string) error
}

// OrderPaid is the detail of an order.paid event.
type OrderPaid struct {
	ID    string  `json:"id"`
	Total float64 `json:"total"`
	Email string  `json:"email"`
}

// Send sends the receipt of an order.
//
//jobs:event_rule event_bus: "${ShopBus}", description: Paid orders, retry: {attempts: 3, max_age: 1h}
//jobs:event_pattern source: [shop.orders], detail-type: [order.paid]
func (j *ReceiptJob) Send(ctx context.Context, e jobs.Event[OrderPaid]) error {
	return j.Mail(ctx, e.Detail.Email, fmt.Sprintf("Order %s: %.2f EUR", e.Detail.ID, e.Detail.Total))
}

// Remind reminds the accountants of the receipts of last month.
//
//jobs:event_rule description: The first day of each month
//jobs:cron 0 7 1 * ? *
func (j *ReceiptJob) Remind(ctx context.Context) error {
	return j.Mail(ctx, "accounts@example.com", "The receipts of last month are complete.")
}
