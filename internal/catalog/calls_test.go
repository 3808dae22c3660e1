package catalog

import (
	"slices"
	"strings"
	"testing"
)

func TestHasCall(t *testing.T) {
	tests := []struct {
		eventSource, eventName string
		want                   bool
	}{
		{"ec2.amazonaws.com", "AuthorizeSecurityGroupIngress", true},
		{"ec2.amazonaws.com", "AuthoriseSecurityGroupIngress", false},
		{"ec2.amazonaws.com", "PutObject", false},
		{"signin.amazonaws.com", "ConsoleLogin", true},
		{"s3.amazonaws.com", "PutBucketPublicAccessBlock", true},
		{"lambda.amazonaws.com", "CreateFunction20150331", true},
		{"lambda.amazonaws.com", "CreateFunction", false},
		{"lambda.amazonaws.com", "CreateFunction20150313", false},
		{"lambda.amazonaws.com", "UpdateFunctionCode20150331v2", true},
		{"lambda.amazonaws.com", "AddLayerVersionPermission", true},
		{"lambda.amazonaws.com", "AddLayerVersionPermission20181031", true},
		{"lambda.amazonaws.com", "PutFunctionRecursionConfig20240831", true}, // a date that isn't known
		{"lambda.amazonaws.com", "PutFunctionRecursionConfgi20240831", false},
		{"cloudfront.amazonaws.com", "UpdateDistribution2020_05_31", true},
		{"rdsdata.amazonaws.com", "AnythingAtAll", true}, // known by name alone
		{"nothing.amazonaws.com", "RunInstances", false},
	}
	for _, tt := range tests {
		if got := HasCall(tt.eventSource, tt.eventName); got != tt.want {
			t.Errorf("HasCall(%s, %s) = %v", tt.eventSource, tt.eventName, got)
		}
	}
}

func TestEventSources(t *testing.T) {
	if all := EventSources(); !slices.IsSorted(all) || !slices.Contains(all, "ec2.amazonaws.com") {
		t.Error("EventSources isn't sorted, or lacks EC2")
	}
	if !HasEventSource("sso-directory.amazonaws.com") || HasEventSource("ec2") {
		t.Error("sso-directory.amazonaws.com is an event source, ec2 is none")
	}
	if got := Calls("rdsdata.amazonaws.com"); len(got) != 0 {
		t.Errorf("a service known by name alone has the calls %q", got)
	}
	if Calls("nothing.amazonaws.com") != nil {
		t.Error("an unknown event source has calls")
	}
	if got := Calls("sts.amazonaws.com"); !slices.IsSorted(got) || !slices.Contains(got, "AssumeRole") {
		t.Errorf("STS's calls: %q", got)
	}
}

func TestEventSourcesOf(t *testing.T) {
	if got := EventSourcesOf("AuthorizeSecurityGroupIngress"); !slices.Equal(got, []string{"ec2.amazonaws.com"}) {
		t.Errorf("AuthorizeSecurityGroupIngress is in %q", got)
	}
	if got := EventSourcesOf("TagResource"); len(got) < 50 || !slices.IsSorted(got) {
		t.Errorf("TagResource is in %q", got)
	}
	if got := EventSourcesOf("NoSuchCall"); len(got) != 0 {
		t.Errorf("NoSuchCall is in %q", got)
	}
}

func TestNearestCall(t *testing.T) {
	tests := []struct{ eventSource, eventName, want string }{
		{"ec2.amazonaws.com", "AuthorizeSecurityGroupIngres", "AuthorizeSecurityGroupIngress"},
		{"ec2.amazonaws.com", "runInstances", "RunInstances"},
		{"lambda.amazonaws.com", "CreateFunction", "CreateFunction20150331"},
		{"lambda.amazonaws.com", "CreateFuntion", "CreateFunction20150331"},
		{"lambda.amazonaws.com", "CreateFuntion20150331", "CreateFunction20150331"},
		{"ec2.amazonaws.com", "SomethingElseEntirely", ""},
		{"rdsdata.amazonaws.com", "ExecuteStatment", ""},
		{"nothing.amazonaws.com", "RunInstances", ""},
		{"lambda.amazonaws.com", "UpdateFunctionCode", "UpdateFunctionCode20150331v2"},
	}
	for _, tt := range tests {
		m, ok := NearestCall(tt.eventSource, tt.eventName)
		if m.Word != tt.want || ok != (tt.want != "") {
			t.Errorf("NearestCall(%s, %s) = %+v, %v; want %s", tt.eventSource, tt.eventName, m, ok, tt.want)
		}
	}
}

func TestClassOf(t *testing.T) {
	tests := []struct {
		eventSource, eventName string
		want                   Class
	}{
		{"ec2.amazonaws.com", "RunInstances", Mutating},
		{"ec2.amazonaws.com", "DescribeInstances", ReadOnly},
		{"iam.amazonaws.com", "GetRole", ReadOnly},
		{"s3.amazonaws.com", "ListBuckets", ReadOnly},
		{"lambda.amazonaws.com", "GetFunction20150331v2", ReadOnly},
		{"s3.amazonaws.com", "GetObject", Data},
		{"dynamodb.amazonaws.com", "GetItem", Data},
		{"sqs.amazonaws.com", "GetQueueUrl", Data},
		{"sqs.amazonaws.com", "GetQueueAttributes", Data},
		{"sqs.amazonaws.com", "ListQueues", Data},
		{"sqs.amazonaws.com", "ListQueueTags", Data},
		{"sqs.amazonaws.com", "ListDeadLetterSourceQueues", Data},
		{"sqs.amazonaws.com", "SendMessage", Data},
		{"sqs.amazonaws.com", "CreateQueue", Mutating},
		{"sqs.amazonaws.com", "ListMessageMoveTasks", ReadOnly},
		{"monitoring.amazonaws.com", "GetMetricData", Unsure}, // AWS names the resource type alone
		{"monitoring.amazonaws.com", "PutMetricAlarm", Mutating},
		{"sts.amazonaws.com", "GetSessionToken", Mutating},
		{"sts.amazonaws.com", "GetFederationToken", Mutating},
		{"sts.amazonaws.com", "GetCallerIdentity", ReadOnly},
		{"sts.amazonaws.com", "AssumeRole", Unsure},
		{"kms.amazonaws.com", "Decrypt", Unsure},
		{"nothing.amazonaws.com", "Getaway", ReadOnly}, // AWS's rule is about the letters
	}
	for _, tt := range tests {
		if got := ClassOf(tt.eventSource, tt.eventName); got != tt.want {
			t.Errorf("ClassOf(%s, %s) = %v; want %v", tt.eventSource, tt.eventName, got, tt.want)
		}
	}
}

// TestClassesNameKnownCalls keeps the hand-written lists free of typos.
func TestClassesNameKnownCalls(t *testing.T) {
	data := map[string][]string{}
	for _, e := range dataEvents {
		data[e.eventSource] = append(data[e.eventSource], strings.Fields(e.names)...)
	}
	for _, list := range []map[string][]string{mutatingReads, oddReads, data} {
		for eventSource, names := range list {
			for _, name := range names {
				if !HasEventSource(eventSource) || !HasCall(eventSource, name) {
					t.Errorf("%s has no call %s", eventSource, name)
				}
			}
		}
	}
	for _, eventSource := range openDataEvents {
		if !HasEventSource(eventSource) {
			t.Errorf("there is no event source %s", eventSource)
		}
	}
}

func TestSourceAndEventSourceAreRelated(t *testing.T) {
	for source, eventSource := range map[string]string{
		"aws.ec2": "ec2.amazonaws.com", "aws.monitoring": "monitoring.amazonaws.com", "aws.signin": "signin.amazonaws.com",
		"aws.sso-directory": "sso-directory.amazonaws.com", "aws.elasticmapreduce": "elasticmapreduce.amazonaws.com",
	} {
		if got := SourceOf(eventSource); got != source {
			t.Errorf("SourceOf(%s) = %s", eventSource, got)
		}
		if got := EventSourceOf(source); got != eventSource {
			t.Errorf("EventSourceOf(%s) = %s", source, got)
		}
	}
	for _, s := range EventSources() {
		if service, ok := Source(SourceOf(s)); !ok || service.EventSource != s {
			t.Errorf("%s has the source %+v, %v", s, service, ok)
		}
	}
}
