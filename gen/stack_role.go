package gen

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/jobgen/jobgen/internal/model"
)

const allow = "Allow"

// eventsPrincipal is EventBridge in policies.
const eventsPrincipal = "events.amazonaws.com"

// vpcActions are those that Lambda needs to attach a function to a VPC: the actions
// that the managed policy AWSLambdaVPCAccessExecutionRole has and
// AWSLambdaBasicExecutionRole has not. They can't be limited to resources, because
// Lambda makes the network interfaces later.
var vpcActions = []string{
	"ec2:AssignPrivateIpAddresses",
	"ec2:CreateNetworkInterface",
	"ec2:DeleteNetworkInterface",
	"ec2:DescribeNetworkInterfaces",
	"ec2:DescribeSubnets",
	"ec2:UnassignPrivateIpAddresses",
}

// tracingActions are what active tracing needs (Lambda developer guide,
// services-xray). X-Ray's write actions take no resource.
var tracingActions = []string{"xray:PutTelemetryRecords", "xray:PutTraceSegments"}

// sendActions are the actions that a sender to a queue with a KMS key needs for the key (SQS
// developer guide, sqs-key-management).
var sendActions = []string{"kms:Decrypt", "kms:GenerateDataKey"}

// keyActions are the actions that the function's role needs for the function's KMS key. Lambda
// reads a queue (SQS developer guide, sqs-key-management) and sends to the failure queue with the
// permissions of the role. To decrypt the environment, it uses a grant on the key, which it makes
// with the permissions of the one who deploys (Lambda developer guide, configuration-envvars,
// "Securing environment variables"). If it has no valid grant, Invoke fails with
// KMSAccessDeniedException, "Check the Lambda function's KMS permissions" (Lambda's API
// reference). The statement makes the function independent of the grant.
func (f *stackFunction) keyActions() []string {
	if f.Queue() != nil {
		return sendActions
	}
	return []string{"kms:Decrypt"}
}

// destinationActions are the actions that a function's role must allow, so that Lambda
// can send failed events to a destination (Lambda developer guide,
// invocation-async-retain-records), by the service's name in an ARN.
var destinationActions = []struct {
	service string
	actions []string
}{
	{"sqs", []string{"sqs:SendMessage"}},
	{"sns", []string{"sns:Publish"}},
	{"lambda", []string{"lambda:InvokeFunction"}},
	{"events", []string{"events:PutEvents"}},
	{"s3", []string{"s3:ListBucket", "s3:PutObject"}},
}

// roleStatements are the statements of a function's execution role: those that the
// function needs, and the user's. The role of a function that exists has its own statement
// for the log.
func roleStatements(f *stackFunction) []stackStatement {
	var statements []stackStatement
	if !f.Exists() {
		statements = append(statements, allowing([]string{"logs:CreateLogStream", "logs:PutLogEvents"}, stackARN{LogGroup: f}))
	}
	if f.VPC != nil {
		statements = append(statements, onEverything(vpcActions))
	}
	if f.Tracing == "Active" {
		statements = append(statements, onEverything(tracingActions))
	}
	if f.Async != nil && f.Async.OnFailure != nil {
		statements = append(statements, destinationStatement(*f.Async.OnFailure))
	}
	statements = append(statements, f.receiveStatements()...)
	if f.KMSKey != nil {
		statements = append(statements, allowing(f.keyActions(), stackARN{Text: f.KMSKey}))
	}
	return append(statements, each(f.Policies, f.userStatement)...)
}

func allowing(actions []string, resources ...stackARN) stackStatement {
	return stackStatement{Statement: model.Statement{Effect: allow, Actions: actions}, Resources: resources}
}

func onEverything(actions []string) stackStatement {
	return allowing(actions, stackARN{Text: model.Literal("*")})
}

// destinationStatement allows the actions that send failed events to a destination. If
// a parameter hides the ARN's service, it allows the actions of all services: those of
// other services have no effect on the ARN.
func destinationStatement(d stackARN) stackStatement {
	st := allowing(nil, d)
	service := "sqs"
	if d.Queue == nil {
		service = arnService(d.Text)
	}
	for _, a := range destinationActions {
		if service == "" || service == a.service {
			st.Actions = append(st.Actions, a.actions...)
		}
	}
	if service == "" || service == "s3" {
		objects := append(append(model.Text{}, d.Text...), model.Part{Literal: "/*"})
		st.Resources = append(st.Resources, stackARN{Text: objects})
	}
	return st
}

// arnService returns the service of an ARN, which is its third part. It returns "" if
// a parameter hides the service, or if Lambda has no such destination.
func arnService(t model.Text) string {
	const hidden = "\x00"
	parts := strings.SplitN(t.Expand(func(string) string { return hidden }), ":", 4)
	if len(parts) < 4 || strings.Contains(parts[0]+parts[2], hidden) {
		return ""
	}
	for _, a := range destinationActions {
		if a.service == parts[2] {
			return a.service
		}
	}
	return ""
}

func (f *stackFunction) userStatement(p model.Statement) stackStatement {
	resources := each(p.Resources, func(t model.Text) stackARN { return stackARN{Text: t} })
	return stackStatement{p, resources, f.conditions.anyOf(p.AnyOf...).within(f.When)}
}

// stackAttachment is a managed policy of an execution role.
type stackAttachment struct {
	Name   string // stem of its names
	Policy model.Text
}

// dashed returns a letter or digit unchanged, and a dash for any other character.
func dashed(r rune) rune {
	if r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
		return r
	}
	return '-'
}

// Attachments returns the managed policies of the function's role. Each has a name that doesn't
// depend on its place in the list, so that Terraform keeps the others if one is removed.
func (f *stackFunction) Attachments() []stackAttachment {
	var all []stackAttachment
	for _, p := range f.ManagedPolicies {
		arn := p.Expand(func(name string) string { return name })
		_, policy, found := strings.Cut(arn, ":policy/")
		if !found {
			policy = arn
		}
		a := stackAttachment{f.Name + model.LogicalName(strings.Map(dashed, policy)), p}
		if slices.ContainsFunc(all, func(o stackAttachment) bool { return o.Name == a.Name }) {
			a.Name += strconv.Itoa(len(all) + 1) // two paths or accounts have a policy of this name
		}
		all = append(all, a)
	}
	return all
}
