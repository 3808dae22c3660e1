// Package function holds a job for a Lambda function that another stack has made, with
// its role and its log group. The rule files have the rule and the permission.
//
//jobs:package formats: [cloudformation, sam, terraform, serverless, json]
package function

import (
	"context"
	"log/slog"

	"github.com/jobgen/jobgen/jobs"
)

//go:generate go tool jobgen

// OrderJob handles orders. The rules call the alias live of the function.
//
//jobs:allow JOB322 reason: the other stack gives the function what it must have
//jobs:function arn: "${FunctionArn}", qualifier: live
type OrderJob struct{ Log *slog.Logger }

// Order is the detail of an order.placed event.
type Order struct {
	ID string `json:"id"`
}

// Placed logs an order.
//
//jobs:event_rule event_bus: "${ShopBus}"
//jobs:event_pattern {source: [shop.orders], detail-type: [order.placed]}
func (j *OrderJob) Placed(ctx context.Context, e jobs.Event[Order]) error {
	j.Log.InfoContext(ctx, "placed", "order", e.Detail.ID)
	return nil
}
