package pattern_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/events"

	"github.com/jobgen/jobgen/pattern"
)

// The events of the benchmarks: an EC2 state change of 0.3 KB, a CloudTrail
// call of 1.6 KB, and that call with a long response, of 250 KB.
var (
	ec2Event        = compact(ec2Text)
	cloudTrailEvent = compact(cloudTrailText)
	longEvent       = compact(strings.Replace(cloudTrailText, `"items": [`, `"items": [`+strings.Repeat(longItem+",", 1100), 1))
)

const ec2Text = `{
	"version": "0", "id": "7bf73129-1428-4cd3-a780-95db273d1602",
	"detail-type": "EC2 Instance State-change Notification", "source": "aws.ec2",
	"account": "123456789012", "time": "2021-11-11T21:29:54Z", "region": "us-east-1",
	"resources": ["arn:aws:ec2:us-east-1:123456789012:instance/i-abcd1111"],
	"detail": {"instance-id": "i-abcd1111", "state": "stopping"}
}`

const longItem = `{"groupId": "sg-0123456789abcdef0", "ipProtocol": "tcp", "fromPort": 443, "toPort": 443,
	"ipRanges": [{"cidrIp": "10.0.0.0/8", "description": "the office, behind \"the\" gateway"}],
	"tags": {"team": "platform", "cost-center": "4711"}}`

const cloudTrailText = `{
	"version": "0", "id": "36eb8523-97d0-4518-b33d-ee3579ff19f0",
	"detail-type": "AWS API Call via CloudTrail", "source": "aws.ec2",
	"account": "123456789012", "time": "2026-02-17T07:32:41Z", "region": "eu-west-1", "resources": [],
	"detail": {
		"eventVersion": "1.09",
		"userIdentity": {
			"type": "AssumedRole", "principalId": "AROAEXAMPLEEXAMPLE123:jane",
			"arn": "arn:aws:sts::123456789012:assumed-role/Admin/jane", "accountId": "123456789012",
			"accessKeyId": "ASIAEXAMPLEEXAMPLE12",
			"sessionContext": {
				"sessionIssuer": {
					"type": "Role", "principalId": "AROAEXAMPLEEXAMPLE123", "arn": "arn:aws:iam::123456789012:role/Admin",
					"accountId": "123456789012", "userName": "Admin"
				},
				"attributes": {"creationDate": "2026-02-17T07:01:12Z", "mfaAuthenticated": "false"}
			}
		},
		"eventTime": "2026-02-17T07:32:41Z", "eventSource": "ec2.amazonaws.com",
		"eventName": "AuthorizeSecurityGroupIngress", "awsRegion": "eu-west-1",
		"sourceIPAddress": "203.0.113.17", "userAgent": "aws-cli/2.15.0 Python/3.11.6 Linux/5.15.0 exe/x86_64.ubuntu.22",
		"requestParameters": {
			"groupId": "sg-0123456789abcdef0",
			"ipPermissions": {"items": [{
				"ipProtocol": "tcp", "fromPort": 22, "toPort": 22, "groups": {},
				"ipRanges": {"items": [{"cidrIp": "0.0.0.0/0"}]}, "prefixListIds": {}
			}]}
		},
		"responseElements": {"requestId": "0b9d3b1c-9c8a-4f0e-a8f0-0d1a7e6a5b43", "_return": true},
		"requestID": "0b9d3b1c-9c8a-4f0e-a8f0-0d1a7e6a5b43", "eventID": "b6e4b2c1-6d8f-4a53-9e0e-7d2f0c1b9a88",
		"readOnly": false, "eventType": "AwsApiCall", "managementEvent": true,
		"recipientAccountId": "123456789012", "eventCategory": "Management"
	}
}`

func compact(text string) []byte {
	var v json.RawMessage
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		panic(err)
	}
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}

// benchPaths are the 40 paths of the rules, with a value that the CloudTrail
// event has there, or would have.
var benchPaths = [][2]string{
	{"detail.eventName", "AuthorizeSecurityGroupIngress"}, {"detail.eventSource", "ec2.amazonaws.com"},
	{"detail.awsRegion", "eu-west-1"}, {"detail.userIdentity.type", "AssumedRole"},
	{"detail.userIdentity.arn", "arn:aws:sts::123456789012:assumed-role/Admin/jane"},
	{"detail.userIdentity.sessionContext.sessionIssuer.userName", "Admin"},
	{"detail.userIdentity.sessionContext.sessionIssuer.type", "Role"},
	{"detail.userIdentity.sessionContext.attributes.mfaAuthenticated", "false"},
	{"detail.sourceIPAddress", "203.0.113.17"}, {"detail.userAgent", "aws-cli/2.15.0"},
	{"detail.requestParameters.groupId", "sg-0123456789abcdef0"},
	{"detail.requestParameters.ipPermissions.items.ipProtocol", "tcp"},
	{"detail.requestParameters.ipPermissions.items.fromPort", "22"},
	{"detail.requestParameters.ipPermissions.items.toPort", "22"},
	{"detail.requestParameters.ipPermissions.items.ipRanges.items.cidrIp", "0.0.0.0/0"},
	{"detail.eventType", "AwsApiCall"}, {"detail.eventCategory", "Management"}, {"detail.readOnly", "false"},
	{"detail.recipientAccountId", "123456789012"}, {"detail.eventVersion", "1.09"},
	{"account", "123456789012"}, {"region", "eu-west-1"}, {"resources", "arn:aws:ec2"}, {"detail.errorCode", "AccessDenied"},
	{"detail.errorMessage", "denied"}, {"detail.state", "stopping"}, {"detail.instance-id", "i-abcd1111"},
	{"detail.bucket.name", "uploads"}, {"detail.object.key", "in/data.csv"}, {"detail.object.size", "1000"},
	{"detail.requestParameters.bucketName", "uploads"}, {"detail.requestParameters.userName", "jane"},
	{"detail.requestParameters.roleName", "Admin"}, {"detail.requestParameters.policyArn", "arn:aws:iam::aws:policy/X"},
	{"detail.responseElements.user.arn", "arn:aws:iam::123456789012:user/jane"}, {"detail.status", "FAILED"},
	{"detail.severity", "7"}, {"detail.type", "Recon"}, {"detail.service.action.actionType", "PORT_PROBE"},
	{"detail.findings.Severity.Label", "HIGH"},
}

// benchRules makes n rules: half of them exact values, a tenth each prefix,
// suffix, wildcard, numeric and anything-but, over the 40 paths.
func benchRules(n int) []*pattern.Pattern {
	patterns := make([]*pattern.Pattern, n)
	for i := range patterns {
		path, value := benchPaths[i*7%len(benchPaths)][0], benchPaths[i*7%len(benchPaths)][1]
		patterns[i] = benchRule(path, benchAlternative(i, value))
	}
	return patterns
}

func benchAlternative(i int, value string) string {
	near := fmt.Sprintf("other-%d", i)
	if i%4 == 0 {
		near = value[:len(value)/2] + fmt.Sprint(i) // begins as the event's value does
	}
	switch (i/len(benchPaths) + i) % 10 {
	case 0:
		return fmt.Sprintf(`{"prefix": "%s"}`, near)
	case 1:
		return fmt.Sprintf(`{"suffix": "%d%s"}`, i, value[len(value)/2:])
	case 2:
		return fmt.Sprintf(`{"wildcard": "%s*%d*"}`, near, i)
	case 3:
		return fmt.Sprintf(`{"numeric": [">", %d, "<", %d]}`, i+30, i+50)
	case 4:
		return fmt.Sprintf(`{"anything-but": ["%s", "other-%d"]}`, value, i)
	}
	return fmt.Sprintf(`"%s-%d"`, value, i)
}

// benchRule makes a rule of the envelope and one field of the detail.
func benchRule(path, alternative string) *pattern.Pattern {
	keys := strings.Split(path, ".")
	field := "[" + alternative + "]"
	for i := len(keys) - 1; i > 0; i-- {
		field = fmt.Sprintf(`{"%s": %s}`, keys[i], field)
	}
	src := fmt.Sprintf(`{"source": ["aws.ec2"], "detail-type": ["AWS API Call via CloudTrail"], "%s": %s}`, keys[0], field)
	p, err := pattern.Parse([]byte(src))
	if err != nil {
		panic(err)
	}
	return p
}

func BenchmarkHandWritten(b *testing.B) {
	for _, e := range benchEvents() {
		b.Run(e.name, func(b *testing.B) {
			b.SetBytes(int64(len(e.event)))
			b.ReportAllocs()
			for b.Loop() {
				var envelope events.EventBridgeEvent
				var detail struct {
					EventSource string `json:"eventSource"`
					EventName   string `json:"eventName"`
					AWSRegion   string `json:"awsRegion"`
				}
				if err := json.Unmarshal(e.event, &envelope); err != nil {
					b.Fatal(err)
				}
				if err := json.Unmarshal(envelope.Detail, &detail); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

type benchEvent struct {
	name  string
	event []byte
}

func benchEvents() []benchEvent {
	return []benchEvent{{"ec2", ec2Event}, {"cloudtrail", cloudTrailEvent}, {"long", longEvent}}
}

func BenchmarkSet(b *testing.B) {
	for _, n := range []int{1, 10, 100, 1000} {
		set := pattern.Compile(benchRules(n)...)
		for _, e := range benchEvents() {
			b.Run(fmt.Sprintf("rules=%d/%s", n, e.name), func(b *testing.B) { benchMatch(b, set, e.event) })
		}
	}
}

// BenchmarkOperator matches the CloudTrail event with 100 rules that all have the
// same operator.
func BenchmarkOperator(b *testing.B) {
	operators := []struct{ name, alternative string }{
		{"exact", `"VALUE-NUMBER"`},
		{"prefix", `{"prefix": "VALUE-NUMBER"}`},
		{"suffix", `{"suffix": "VALUE-NUMBER"}`},
		{"wildcard", `{"wildcard": "VALUE*NUMBER*"}`},
		{"wildcard-inner", `{"wildcard": "*VALUE*NUMBER*"}`},
		{"equals-ignore-case", `{"equals-ignore-case": "VALUE-NUMBER"}`},
		{"prefix-ignore-case", `{"prefix": {"equals-ignore-case": "VALUE-NUMBER"}}`},
		{"suffix-ignore-case", `{"suffix": {"equals-ignore-case": "VALUE-NUMBER"}}`},
		{"anything-but", `{"anything-but": ["VALUE", "other-NUMBER"]}`},
		{"anything-but-prefix", `{"anything-but": {"prefix": ["VALUE", "other-NUMBER"]}}`},
		{"anything-but-wildcard", `{"anything-but": {"wildcard": ["VALUE*", "*other-NUMBER*"]}}`},
		{"numeric", `{"numeric": ["<", 1NUMBER]}`},
		{"cidr", `{"cidr": "10.0.NUMBER.0/24"}`},
		{"exists-true", `{"exists": true}`},
		{"exists-false", `{"exists": false}`},
	}
	for _, op := range operators {
		patterns := make([]*pattern.Pattern, 100)
		for i := range patterns {
			at := benchPaths[i%len(benchPaths)]
			alternative := strings.NewReplacer("VALUE", at[1], "NUMBER", fmt.Sprint(i)).Replace(op.alternative)
			patterns[i] = benchRule(at[0], alternative)
		}
		set := pattern.Compile(patterns...)
		b.Run(op.name, func(b *testing.B) { benchMatch(b, set, cloudTrailEvent) })
	}
}

func benchMatch(b *testing.B, set *pattern.Set, event []byte) {
	dst := make([]int, 0, set.Len())
	b.SetBytes(int64(len(event)))
	b.ReportAllocs()
	for b.Loop() {
		var err error
		if dst, err = set.Match(event, dst[:0]); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(dst)), "matches")
}

func BenchmarkCompile(b *testing.B) {
	patterns := benchRules(1000)
	b.ReportAllocs()
	for b.Loop() {
		pattern.Compile(patterns...)
	}
}

func BenchmarkValid(b *testing.B) {
	for _, e := range benchEvents() {
		b.Run(e.name, func(b *testing.B) {
			b.SetBytes(int64(len(e.event)))
			for b.Loop() {
				if !json.Valid(e.event) {
					b.Fatal("not valid")
				}
			}
		})
	}
}
