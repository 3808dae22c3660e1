// Package orders holds the jobs of a shop that sends its events to another event
// bus than the default one.
//
//jobs:package functions: package
package orders

import (
	"context"
	"fmt"

	"github.com/jobgen/jobgen/jobs"
)

//go:generate go tool jobgen

// OrderJob looks after orders.
//
//jobs:function timeout: 10s, environment: {CURRENCY: EUR}
//jobs:function async: {on_failure: create}
type OrderJob struct{ Limit float64 }

// OrderPlaced is the detail of an order.placed event.
type OrderPlaced struct {
	ID       string   `json:"id"`
	Total    float64  `json:"total"`
	Country  string   `json:"country"`
	Customer Customer `json:"customer"`
}

// Customer is who placed an order.
type Customer struct {
	Tier string `json:"tier"`
}

// Review is what became of an order.
type Review struct {
	Order string `json:"order"`
	Held  bool   `json:"held"`
}

// ReviewLarge holds orders that are worth a look.
//
//jobs:event_rule event_bus: "${OrderBus}", description: "Large orders, unless on trial", dlq: create, retry: {attempts: 3, max_age: 1h}
//jobs:event_pattern source: [shop.orders], detail-type: [order.placed]
//jobs:event_pattern detail.total: [{numeric: ['>=', 1000]}], detail.country: [DE, FR]
//jobs:event_pattern detail.customer.tier: [{anything-but: trial}]
func (j *OrderJob) ReviewLarge(_ context.Context, e jobs.Event[OrderPlaced]) (Review, error) {
	if e.Detail.Total < 0 {
		return Review{}, fmt.Errorf("order %s has a total of %g", e.Detail.ID, e.Detail.Total)
	}
	return Review{Order: e.Detail.ID, Held: e.Detail.Total > j.Limit}, nil
}

// Summary is the part of an order that statistics are made of.
type Summary struct {
	Country string  `json:"country"`
	Total   float64 `json:"total"`
}

// CountOrder counts every order.
//
//jobs:allow JOB904 reason: large orders are counted too
//jobs:event_rule event_bus: "${OrderBus}", input_transformer: {paths: {country: $.detail.country, total: $.detail.total}, template: '{"country": <country>, "total": <total>}'}
//jobs:event_pattern {source: [shop.orders], detail-type: [{prefix: order.}]}
func (j *OrderJob) CountOrder(s Summary) (string, error) {
	return fmt.Sprintf("%s %.2f", s.Country, s.Total), nil
}
