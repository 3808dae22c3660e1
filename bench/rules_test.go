package bench

import (
	"fmt"
	"strings"

	"github.com/jobgen/jobgen/jobs/dispatch"
)

// paths are the 40 fields that the rules ask for, with a value that one of the
// events has there, or would have.
var paths = [][2]string{
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

// table returns a table of n rules: the job's own, and others that want nothing that
// comes. Half of those have an exact value, the others each operator, over all
// paths. They are for the events of 20 senders, or all for the sender and the
// detail-type of the job's own events.
func table(k kind, n int, same bool) *dispatch.Table {
	t := jobsTable
	t.Rules = nil
	for _, r := range jobsTable.Rules {
		if r.ID == k.rule {
			t.Rules = append(t.Rules, r)
		}
	}
	for i := len(t.Rules); i < n; i++ {
		sender := i % 20
		if same {
			sender = k.sender
		}
		t.Rules = append(t.Rules, dispatch.Rule{ID: fmt.Sprintf("Other%d", i), Job: "Watch.Other", Pattern: otherPattern(i, sender)})
	}
	return &t
}

// sender returns a source and a detail-type; the first are those of the events.
func sender(i int) (source, detailType string) {
	switch i {
	case 0:
		return "aws.ec2", "EC2 Instance State-change Notification"
	case 1:
		return "aws.ec2", "AWS API Call via CloudTrail"
	case 2:
		return "aws.s3", "Object Created"
	}
	return fmt.Sprintf("com.example.service%d", i%7), fmt.Sprintf("Thing %d Happened", i)
}

// otherPattern is a pattern of a sender's events that no event matches.
func otherPattern(i, from int) string {
	path := paths[i*7%len(paths)]
	if operator(i) == anythingBut {
		path = [2]string{"version", "0"} // what it leaves out is what events have
	}
	keys := strings.Split(path[0], ".")
	field := "[" + alternative(i, path[1]) + "]"
	for k := len(keys) - 1; k > 0; k-- {
		field = fmt.Sprintf("{%q:%s}", keys[k], field)
	}
	source, detailType := sender(from)
	id := fmt.Sprintf(`{"anything-but":["other-%d"]}`, i)
	if operator(i) == exists {
		id = fmt.Sprintf(`"other-%d"`, i) // the field may well be there
	}
	return fmt.Sprintf(`{"source":[%q],"detail-type":[%q],"id":[%s],%q:%s}`, source, detailType, id, keys[0], field)
}

// operator numbers what a rule wants of its field: below the last an operator each,
// from there on an exact value.
func operator(i int) int { return (i/len(paths) + i) % (2 * operators) }

// Operators that need more said.
const (
	exists      = 7
	anythingBut = 8
	operators   = 10
)

// alternative makes what a rule wants of a field. Some begin or end as the value
// that events have.
func alternative(i int, value string) string {
	near := fmt.Sprintf("other-%d", i)
	if i%4 == 0 {
		near = value[:len(value)/2] + fmt.Sprint("#", i)
	}
	switch operator(i) {
	case 0:
		return fmt.Sprintf(`{"prefix":%q}`, near)
	case 1:
		return fmt.Sprintf(`{"suffix":"#%d%s"}`, i, value[len(value)/2:])
	case 2:
		return fmt.Sprintf(`{"wildcard":"%s*#%d*"}`, near, i)
	case 3:
		return fmt.Sprintf(`{"numeric":[">",%d,"<",%d]}`, i+5e6, i+6e6)
	case 4:
		return fmt.Sprintf(`{"equals-ignore-case":%q}`, near)
	case 5:
		return fmt.Sprintf(`{"cidr":"10.%d.0.0/16"}`, i%256)
	case 6:
		return fmt.Sprintf(`{"prefix":{"equals-ignore-case":"#%s"}}`, near)
	case exists:
		return `{"exists":true}`
	case anythingBut:
		return [...]string{
			fmt.Sprintf(`{"anything-but":%q}`, value),
			fmt.Sprintf(`{"anything-but":[%q,%q]}`, value, near),
			fmt.Sprintf(`{"anything-but":{"prefix":%q}}`, value),
			fmt.Sprintf(`{"anything-but":{"suffix":%q}}`, value),
			fmt.Sprintf(`{"anything-but":{"wildcard":"%s*"}}`, value),
			fmt.Sprintf(`{"anything-but":{"equals-ignore-case":%q}}`, value),
		}[i/20%6]
	case 9:
		return fmt.Sprintf(`{"wildcard":"*#%d*"}`, i)
	}
	return fmt.Sprintf(`"%s-#%d"`, value, i)
}
