package gen

import (
	"strings"

	"github.com/jobgen/jobgen/internal/model"
)

const allow = "Allow"

// eventsPrincipal is EventBridge in policies.
const eventsPrincipal = "events.amazonaws.com"

// vpcActions are those that Lambda needs to attach a function to a VPC. They
// are the actions of the managed policy AWSLambdaVPCAccessExecutionRole that
// its basic sibling lacks; none of those can be limited to a resource here,
// because the network interfaces are made later.
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

// destinationActions are what Lambda needs of a function's role to put a failed
// event into a destination of a service (Lambda developer guide,
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
// function needs, and the user's.
func roleStatements(f *stackFunction) []stackStatement {
	statements := []stackStatement{allowing([]string{"logs:CreateLogStream", "logs:PutLogEvents"}, stackARN{LogGroup: f})}
	if f.VPC != nil {
		statements = append(statements, onEverything(vpcActions))
	}
	if f.Tracing == "Active" {
		statements = append(statements, onEverything(tracingActions))
	}
	if f.Async != nil && f.Async.OnFailure != nil {
		statements = append(statements, destinationStatement(*f.Async.OnFailure))
	}
	return append(statements, each(f.Policies, userStatement)...)
}

func allowing(actions []string, resources ...stackARN) stackStatement {
	return stackStatement{Statement: model.Statement{Effect: allow, Actions: actions}, Resources: resources}
}

func onEverything(actions []string) stackStatement {
	return allowing(actions, stackARN{Text: model.Literal("*")})
}

// destinationStatement allows what puts a failed event into a destination. Where
// a parameter hides which service the ARN is of, it names every service's
// action: on that one ARN all but one of them mean nothing.
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

// arnService returns the service that an ARN is of, its third part, if it is one
// that Lambda knows as a destination; "" where a parameter hides it.
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

func userStatement(p model.Statement) stackStatement {
	return stackStatement{p, each(p.Resources, func(t model.Text) stackARN { return stackARN{Text: t} })}
}
