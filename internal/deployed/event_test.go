package deployed

import (
	"testing"

	"github.com/jobgen/jobgen/internal/model"
)

func TestBus(t *testing.T) {
	for given, want := range map[string]string{
		"": "default", "default": "default", "orders": "orders", "${Bus}": "shop",
		"arn:aws:events:us-east-1:123456789012:event-bus/aws.partner/example.com/1": "aws.partner/example.com/1",
	} {
		text := model.Literal(given)
		if given == "${Bus}" {
			text = model.Text{{Param: "Bus"}}
		}
		r := &Rule{Rule: &model.Rule{EventBus: text}, Values: map[string]string{"Bus": "shop"}}
		if got := r.Bus(); got != want {
			t.Errorf("%q is the bus %q, want %q", given, got, want)
		}
	}
	schedule := &Rule{Rule: &model.Rule{Scheduler: &model.Scheduler{}}}
	if got := schedule.Bus(); got != "" {
		t.Errorf("a schedule of EventBridge Scheduler has the bus %q", got)
	}
}

func TestQueueARN(t *testing.T) {
	r := &Rule{Rule: &model.Rule{ID: "One", Queue: &model.Queue{}}}
	if got := r.QueueARN(); got != "arn:aws:sqs:us-east-1:123456789012:OneEvents" {
		t.Error(got)
	}
	r.Queue.ARN = model.Text{{Literal: "arn:aws:sqs:us-east-1:123456789012:"}, {Param: "Name"}}
	r.Values = map[string]string{"Name": "orders.fifo"}
	if got := r.QueueARN(); got != "arn:aws:sqs:us-east-1:123456789012:orders.fifo" {
		t.Error(got)
	}
}
