package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-lambda-go/events"

	"github.com/jobgen/jobgen/jobs"
)

// hand is the dispatcher that people write: Lambda's own event type, a switch,
// and the detail decoded by encoding/json into the type that the job takes.
type hand struct {
	watch *Watch
	brief bool // Brief is the job that takes CloudTrail's records
}

func (h hand) Invoke(ctx context.Context, payload []byte) ([]byte, error) {
	var e events.EventBridgeEvent
	if err := json.Unmarshal(payload, &e); err != nil {
		return nil, err
	}
	if err := h.handle(ctx, e); err != nil {
		return nil, err
	}
	return []byte("null"), nil
}

func (h hand) handle(ctx context.Context, e events.EventBridgeEvent) error {
	switch e.Source + "/" + e.DetailType {
	case "aws.ec2/EC2 Instance State-change Notification":
		var detail StateChange
		if err := json.Unmarshal(e.Detail, &detail); err != nil {
			return err
		}
		if slices.Contains([]InstanceState{"stopping", "stopped", "terminated"}, detail.State) {
			return h.watch.Instance(ctx, typed(e, detail))
		}
	case "aws.ec2/AWS API Call via CloudTrail":
		if h.brief {
			return h.handleBrief(ctx, e)
		}
		var detail jobs.CloudTrail
		if err := json.Unmarshal(e.Detail, &detail); err != nil {
			return err
		}
		if detail.EventSource == "ec2.amazonaws.com" && (strings.HasPrefix(detail.EventName, "AuthorizeSecurityGroup") ||
			detail.EventName == "RevokeSecurityGroupIngress") {
			return h.watch.Call(ctx, typed(e, detail))
		}
	case "aws.s3/Object Created":
		var detail Object
		if err := json.Unmarshal(e.Detail, &detail); err != nil {
			return err
		}
		if strings.HasPrefix(detail.Object.Key, "in/") {
			return h.watch.Upload(ctx, typed(e, detail))
		}
	}
	return fmt.Errorf("nothing wants %s/%s", e.Source, e.DetailType)
}

func (h hand) handleBrief(ctx context.Context, e events.EventBridgeEvent) error {
	var detail Brief
	if err := json.Unmarshal(e.Detail, &detail); err != nil {
		return err
	}
	if detail.EventSource != "ec2.amazonaws.com" || !strings.HasPrefix(detail.EventName, "AuthorizeSecurityGroup") &&
		detail.EventName != "RevokeSecurityGroupIngress" {
		return fmt.Errorf("nothing wants %s", detail.EventName)
	}
	return h.watch.Brief(ctx, typed(e, detail))
}

// typed gives the jobs the event in the shape that they take.
func typed[D any](e events.EventBridgeEvent, detail D) jobs.Event[D] {
	return jobs.Event[D]{
		Version: e.Version, ID: e.ID, DetailType: e.DetailType, Source: e.Source, Account: e.AccountID,
		Time: e.Time, Region: e.Region, Resources: e.Resources, Detail: detail,
	}
}
