// Package orders holds the jobs for a shop's orders.
package orders

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/jobgen/jobgen/jobs"
)

// OrderJob reviews orders.
type OrderJob struct{ Log *slog.Logger }

// OrderPlaced is the detail of the shop's event. A jobs tag lists the values for its field.
// It belongs to the pattern of every rule whose method takes the type.
type OrderPlaced struct {
	ID      string  `json:"id"`
	Country string  `json:"country" jobs:"DE, FR"`
	Total   float64 `json:"total" jobs:"{numeric: ['>=', 1000]}"`
}

// Review logs a large order. The parameter OrderBus is the name of the event bus.
//
//jobs:event_rule event_bus: "${OrderBus}", description: Reviews large orders
//jobs:event_pattern {source: [shop.orders], detail-type: [Order Placed]}
func (j *OrderJob) Review(ctx context.Context, e jobs.Event[OrderPlaced]) (string, error) {
	if e.Detail.ID == "" {
		return "", fmt.Errorf("the order in event %s has no id", e.ID)
	}
	j.Log.InfoContext(ctx, "a large order", "id", e.Detail.ID, "total", e.Detail.Total)
	return e.Detail.ID, nil
}
