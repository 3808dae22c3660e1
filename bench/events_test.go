package bench

import (
	"fmt"
	"strings"
)

// variants is how many events of each kind there are, so that no benchmark
// measures how well a processor learns one event by heart.
const variants = 64

// kind is a kind of event.
type kind struct {
	name   string
	rule   string // the rule that wants it
	job    string
	sender int // of its events
	events [][]byte
}

// kinds returns the kinds of events, each in its variants.
func kinds() []kind {
	return []kind{
		{"EC2", RuleWatchInstance, "Watch.Instance", 0, vary(instanceEvent)},
		{"CloudTrail", RuleWatchCall, "Watch.Call", 1, vary(callEvent)},
		{"CloudTrailBrief", RuleWatchBrief, "Watch.Brief", 1, vary(callEvent)},
		{"S3", RuleWatchUpload, "Watch.Upload", 2, vary(uploadEvent)},
	}
}

func vary(event func(n int) string) [][]byte {
	events := make([][]byte, variants)
	for n := range events {
		events[n] = []byte(event(n))
	}
	return events
}

// id makes a UUID of a number.
func id(n int) string {
	return fmt.Sprintf("%08x-9c8a-4f0e-a8f0-0d1a7e%06x", 0x9b3d1c00+n*7919, n*104729)
}

// envelope writes the fields that every event has, as EventBridge orders them.
func envelope(n int, detailType, source, resource, detail string) string {
	return fmt.Sprintf(`{"version":"0","id":%q,"detail-type":%q,"source":%q,"account":"123456789012",`+
		`"time":"2026-02-%02dT07:%02d:41Z","region":"eu-west-1","resources":[%s],"detail":%s}`,
		id(n), detailType, source, n%28+1, n%60, resource, detail)
}

func instanceEvent(n int) string {
	state := []string{"stopping", "stopped", "terminated"}[n%3]
	instance := fmt.Sprintf("i-%017x", n*15485863)
	return envelope(n, "EC2 Instance State-change Notification", "aws.ec2",
		`"arn:aws:ec2:eu-west-1:123456789012:instance/`+instance+`"`,
		fmt.Sprintf(`{"instance-id":%q,"state":%q}`, instance, state))
}

func uploadEvent(n int) string {
	return envelope(n, "Object Created", "aws.s3", `"arn:aws:s3:::uploads"`, fmt.Sprintf(
		`{"version":"0","bucket":{"name":"uploads"},"object":{"key":"in/%d/data%s.csv","size":%d,"etag":"b1946ac92492d2347c6235b4d2611184",`+
			`"version-id":"IYV3p45BT0ac8hjHg1houSdS1a.Mro8e","sequencer":"00617F08299329D189"},"request-id":"N4N7GDK58NMKJ12R",`+
			`"requester":"123456789012","source-ip-address":"203.0.113.%d","reason":"PutObject"}`,
		n, strings.Repeat("x", n%9), 1000+n*977, n))
}

func callEvent(n int) string {
	name := []string{"AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress", "RevokeSecurityGroupIngress"}[n%3]
	detail := fmt.Sprintf(`{"eventVersion":"1.09","userIdentity":{"type":"AssumedRole","principalId":"AROAEXAMPLEEXAMPLE:jane%[1]d",`+
		`"arn":"arn:aws:sts::123456789012:assumed-role/Admin/jane%[1]d","accountId":"123456789012","accessKeyId":"ASIAEXAMPLEEXAMPLE",`+
		`"sessionContext":{"sessionIssuer":{"type":"Role","principalId":"AROAEXAMPLEEXAMPLE","arn":"arn:aws:iam::123456789012:role/Admin",`+
		`"accountId":"123456789012","userName":"Admin"},"webIdFederationData":{},"attributes":{"creationDate":"2026-02-17T07:01:12Z",`+
		`"mfaAuthenticated":"false"}}},"eventTime":"2026-02-17T07:%02[2]d:41Z","eventSource":"ec2.amazonaws.com","eventName":%[3]q,`+
		`"awsRegion":"eu-west-1","sourceIPAddress":"203.0.113.%[1]d","userAgent":"aws-cli/2.15.0 Python/3.11.6 Linux/5.15.0 exe/x86_64.ubuntu.22",`+
		`"requestParameters":{"groupId":"sg-0123456789abcdef%[1]d","ipPermissions":{"items":[{"ipProtocol":"tcp","fromPort":22,"toPort":22,`+
		`"groups":{},"ipRanges":{"items":[{"cidrIp":"0.0.0.0/0"}]},"ipv6Ranges":{},"prefixListIds":{}}]}},`+
		`"responseElements":{"requestId":%[4]q,"_return":true},"requestID":%[4]q,"eventID":%[5]q,"readOnly":false,`+
		`"eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"123456789012","eventCategory":"Management",`+
		`"tlsDetails":{"tlsVersion":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256","clientProvidedHostHeader":"ec2.eu-west-1.amazonaws.com"}}`,
		n, n%60, name, id(n+1000), id(n+2000))
	return envelope(n, "AWS API Call via CloudTrail", "aws.ec2", "", detail)
}
