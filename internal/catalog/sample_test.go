package catalog

import (
	"encoding/json"
	"testing"
)

func TestSample(t *testing.T) {
	got, ok := Sample("aws.ec2", "EC2 Instance State-change Notification")
	want := `{
  "version": "0",
  "id": "6a7e8feb-b491-4cf7-a9f1-bf3703467718",
  "detail-type": "EC2 Instance State-change Notification",
  "source": "aws.ec2",
  "account": "123456789012",
  "time": "2026-01-31T12:00:00Z",
  "region": "us-east-1",
  "resources": [],
  "detail": {
    "instance-id": "i-1234567890abcdef0",
    "state": "pending"
  }
}
`
	if !ok || string(got) != want {
		t.Errorf("got\n%s, %v", got, ok)
	}
	if got, ok := Sample("aws.ec2", "Nothing"); ok || got != nil {
		t.Errorf("an unknown event has the sample %s", got)
	}
}

// TestSampleOfCloudTrail checks that the record agrees with the envelope.
func TestSampleOfCloudTrail(t *testing.T) {
	tests := []struct{ source, detailType, eventSource, eventName, eventType string }{
		{"aws.kms", APICall, "kms.amazonaws.com", "CancelKeyDeletion", "AwsApiCall"},
		{"aws.signin", ConsoleSignIn, "signin.amazonaws.com", "ConsoleLogin", "AwsConsoleSignIn"},
		{"aws.kms", ServiceEvent, "kms.amazonaws.com", "CancelKeyDeletion", "AwsServiceEvent"},
		{"aws.billing", ConsoleAction, "billing.amazonaws.com", "AssociateSourceViews", "AwsConsoleAction"},
		{"aws.s3", NetworkActivity, "s3.amazonaws.com", "AssociateAccessGrantsIdentityCenter", "AwsVpceEvents"},
		{"aws.cloudtrail", Insight, "cloudtrail.amazonaws.com", "AddTags", "AwsCloudTrailInsight"},
		{"aws.rdsdata", APICall, "rdsdata.amazonaws.com", "ExampleCall", "AwsApiCall"},
	}
	for _, tt := range tests {
		var e struct {
			Detail struct {
				EventSource, EventName, EventType string
				ManagementEvent                   bool
				ErrorCode                         *string
				UserIdentity                      struct{ Type string }
			}
		}
		sample, ok := Sample(tt.source, tt.detailType)
		if err := json.Unmarshal(sample, &e); err != nil || !ok {
			t.Errorf("%s %s: %v", tt.source, tt.detailType, err)
			continue
		}
		d := e.Detail
		if d.EventSource != tt.eventSource || d.EventName != tt.eventName || d.EventType != tt.eventType {
			t.Errorf("%s %s: %+v", tt.source, tt.detailType, d)
		}
		if d.ErrorCode != nil || !d.ManagementEvent || d.UserIdentity.Type != "AssumedRole" {
			t.Errorf("%s %s: a call that went wrong, or by nobody: %+v", tt.source, tt.detailType, d)
		}
	}
}

// TestEverySampleFitsItsSchema makes a sample of every event, and checks that it
// is JSON whose fields are of the schema's kinds and within its closed sets.
func TestEverySampleFitsItsSchema(t *testing.T) {
	for _, s := range Sources() {
		for _, d := range DetailTypes(s) {
			sample, ok := Sample(s, d)
			var e struct {
				Source     string
				DetailType string `json:"detail-type"`
				Detail     any
			}
			if err := json.Unmarshal(sample, &e); err != nil || !ok || e.Source != s || e.DetailType != d {
				t.Errorf("%s %q: %v\n%s", s, d, err, sample)
				continue
			}
			event, _ := Lookup(s, d)
			checkValue(t, s+" "+d, event.Detail, e.Detail)
		}
	}
}

func checkValue(t *testing.T, path string, f *Field, value any) {
	switch v := value.(type) {
	case map[string]any:
		checkKind(t, path, f, Object)
		for key, item := range v {
			if field := f.Field(key); field != nil {
				checkValue(t, path+"."+key, field, item)
			} else if f.Elem == nil {
				t.Errorf("%s.%s isn't in the schema", path, key)
			}
		}
	case []any:
		checkKind(t, path, f, Array)
		for _, item := range v {
			checkValue(t, path, f.Elem, item)
		}
	case string:
		checkKind(t, path, f, String)
		if v == "" {
			t.Errorf("%s is empty", path)
		}
	case float64:
		checkKind(t, path, f, Number)
	case bool:
		checkKind(t, path, f, Boolean)
	default:
		t.Errorf("%s is %v", path, value)
	}
}

func checkKind(t *testing.T, path string, f *Field, kind Kind) {
	if !f.Kind.Has(kind) {
		t.Errorf("%s is %s in the sample, %s in the schema", path, kind, f.Kind)
	}
}
