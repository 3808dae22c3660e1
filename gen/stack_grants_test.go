package gen

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/jobgen/jobgen/internal/model"
)

func TestGrantsCollapse(t *testing.T) {
	s, err := newStack(crowdedPackage(model.PerPackage))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for _, g := range s.Functions[0].Grants {
		got[g.Name+" of "+g.Bus.String()] = len(g.Rules)
	}
	want := map[string]int{"CrowdRules of ": 15, "CrowdRules2 of orders": 15,
		"CrowdRules3 of arn:aws:events:us-east-1:${Account}:event-bus/audit": 15, "CrowdRules4 of ${Bus}": 14}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("grants (-want +got):\n%s", diff)
	}
	for _, r := range s.Rules() {
		if r.Shared == (r.Name != nil) {
			t.Errorf("rule %s, named %q: shared is %t", r.ID, r.Name, r.Shared)
		}
	}
}

// TestGrantsFit writes the resource policy that a function would get, with names
// as long as AWS allows, and compares it with Lambda's limit.
func TestGrantsFit(t *testing.T) {
	for n := 1; n < 60; n++ {
		p := crowdedPackage(model.PerPackage)
		p.Receivers[0].Jobs = p.Receivers[0].Jobs[:n]
		s, err := newStack(p)
		if err != nil {
			t.Fatal(err)
		}
		f := s.Functions[0]
		var statements []any
		for _, r := range f.Rules {
			if !r.Shared {
				statements = append(statements, longestGrant(r.EventBus))
			}
		}
		for _, g := range f.Grants {
			statements = append(statements, longestGrant(g.Bus))
		}
		policy, err := json.Marshal(map[string]any{"Version": policyVersion, "Id": "default", "Statement": statements})
		if err != nil {
			t.Fatal(err)
		}
		if len(policy) > maxPolicySize {
			t.Errorf("%d rules make a policy of %d bytes", n, len(policy))
		}
		if shared := len(f.Grants) > 0; shared && n < 25 {
			t.Errorf("%d rules share grants already", n)
		}
	}
}

func longestGrant(bus model.Text) map[string]any {
	name := fmt.Sprintf("%064d", 0)
	return map[string]any{
		"Sid": fmt.Sprintf("%0100d", 0), "Effect": "Allow", "Principal": map[string]string{"Service": eventsPrincipal}, "Action": "lambda:InvokeFunction",
		"Resource":  "arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:" + name,
		"Condition": map[string]any{"ArnLike": map[string]string{"AWS:SourceArn": "arn:aws-us-gov:events:us-gov-west-1:123456789012:rule/" + bus.String() + "/" + name}},
	}
}
