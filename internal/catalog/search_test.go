package catalog

import (
	"slices"
	"testing"
)

func TestSearchValues(t *testing.T) {
	state := Hit{Name{"aws.ec2", "EC2 Instance State-change Notification"}, "detail.state", "stopping"}
	call := Hit{Name{"aws.ec2", APICall}, "detail.eventName", "RunInstances"}
	for value, want := range map[string]Hit{"stopping": state, "STOPPING": state, "RunInstances": call, "runinstances": call, "unInstanc": call} {
		if hits := SearchValues(value); !slices.Contains(hits, want) {
			t.Errorf("%s: got %v", value, hits)
		}
	}
	for _, hit := range SearchValues("RunInstances") {
		if hit.Value != "RunInstances" {
			t.Errorf("found %v beside the call of this name", hit)
		}
	}
	for _, value := range []string{"", "no such value"} {
		if hits := SearchValues(value); len(hits) > 0 {
			t.Errorf("%q: got %v", value, hits)
		}
	}
}
