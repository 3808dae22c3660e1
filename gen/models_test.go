package gen

import (
	"fmt"
	"time"

	"github.com/jobgen/jobgen/internal/model"
)

// The models here are what parse would make of the packages that their comments
// describe.

func ptr[T any](v T) *T { return &v }

func str(s string) *model.Value { return model.StringValue(s) }

func num(s string) *model.Value { return &model.Value{Kind: model.Number, Number: s} }

func boolean(b bool) *model.Value { return &model.Value{Kind: model.Bool, Bool: b} }

func list(items ...*model.Value) *model.Value { return model.ListValue(items...) }

func strList(items ...string) *model.Value {
	v := list()
	for _, s := range items {
		v.List = append(v.List, str(s))
	}
	return v
}

func field(key string, v *model.Value) model.ValueField { return model.ValueField{Key: key, Value: v} }

func object(fields ...model.ValueField) *model.Value { return model.ObjectValue(fields...) }

// param is a text of literals and parameters: those that begin with $.
func param(parts ...string) model.Text {
	var t model.Text
	for _, p := range parts {
		if p[0] == '$' {
			t = append(t, model.Part{Param: p[1:]})
		} else {
			t = append(t, model.Part{Literal: p})
		}
	}
	return t
}

func paramValue(parts ...string) *model.Value {
	return &model.Value{Kind: model.String, Text: param(parts...)}
}

// listParam is a parameter that is a whole list of values.
func listParam(name string) *model.Value {
	return list(&model.Value{Kind: model.String, Text: model.Text{{Param: name, List: true}}})
}

// newPackage makes a package of receivers, and joins what refers back.
func newPackage(name string, layout model.Layout, receivers ...*model.Receiver) *model.Package {
	p := &model.Package{
		Path: "example.com/" + name, Name: name, Dir: "/src/" + name, Layout: layout,
		Receivers: receivers,
	}
	for _, r := range receivers {
		r.Field = model.UpperFirst(r.Type)
		for _, j := range r.Jobs {
			j.Receiver = r
			for _, rule := range j.Rules {
				rule.Job = j
			}
		}
	}
	return p
}

func job(method string, f model.Function, rules ...*model.Rule) *model.Job {
	return &model.Job{Method: method, Function: f, Rules: rules, Signature: model.Signature{Pointer: true}}
}

// referencePackage is the project's reference example.
func referencePackage(layout model.Layout) *model.Package {
	f := model.Function{Timeout: 30 * time.Second, Memory: 256}
	return newPackage("security", layout, &model.Receiver{
		Type:     "SecurityJob",
		Function: f,
		Jobs: []*model.Job{
			job("DetectSecurityGroupChanges", f, &model.Rule{
				ID:          "SecurityJobDetectSecurityGroupChanges",
				Description: "Detects security group changes",
				Pattern: object(
					field("detail-type", strList("AWS API Call via CloudTrail")),
					field("detail", object(
						field("eventSource", strList("ec2.amazonaws.com")),
						field("eventName", strList("AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress",
							"RevokeSecurityGroupIngress", "RevokeSecurityGroupEgress", "CreateSecurityGroup", "DeleteSecurityGroup")),
					)),
				),
			}),
			job("InstanceStopping", f, &model.Rule{
				ID: "SecurityJobInstanceStopping",
				Pattern: object(
					field("source", strList("aws.ec2")),
					field("detail-type", strList("EC2 Instance State-change Notification")),
					field("detail", object(field("state", strList("stopping")))),
				),
			}),
		},
	})
}

// fullPackage says everything that a directive can say.
func fullPackage(layout model.Layout) *model.Package {
	orders := model.Function{
		Timeout: 5 * time.Minute, Memory: 1024, Description: `Handles "orders" at 100 %`,
		Environment: []model.EnvVar{
			{Name: "STAGE", Value: param("$Stage")},
			{Name: "TABLE", Value: param("orders-", "$Stage")},
			{Name: "EMPTY", Value: nil},
			{Name: "LITERAL", Value: model.Literal("a ${literal} and $5")},
			{Name: "on", Value: model.Literal("12:30:45")},
		},
		Architecture: "x86_64", Tracing: "Active", ReservedConcurrency: ptr(0), EphemeralStorage: 2048,
		Layers: []model.Text{param("arn:aws:lambda:eu-west-1:", "$Account", ":layer:metrics:3"), param("$Layer")},
		VPC: &model.VPC{
			Subnets:        []model.Text{param("$SubnetA"), model.Literal("subnet-0123456789abcdef0")},
			SecurityGroups: []model.Text{param("$Group")},
		},
		Tags:         []model.Tag{{Key: "team", Value: "shop"}, {Key: "cost centre", Value: "0123"}},
		LogRetention: 14, LogKeep: ptr(true),
		Async: &model.Async{Retries: ptr(0), MaxAge: ptr(time.Hour), OnFailure: &model.Destination{Create: true}},
		Policies: []model.Statement{
			{Effect: "Allow", Actions: []string{"dynamodb:GetItem", "dynamodb:PutItem"}, Resources: []model.Text{
				param("arn:aws:dynamodb:*:*:table/orders-", "$Stage"),
			}},
			{Sid: "NoSecrets", Effect: "Deny", Actions: []string{"s3:*"}, NotAction: true,
				Resources: []model.Text{model.Literal("arn:aws:s3:::public"), model.Literal("arn:aws:s3:::public/*")}, NotResource: true,
				Condition: object(field("StringEquals", object(field("aws:PrincipalTag/team", list(paramValue("$Stage"), str("shop"))))))},
		},
	}
	nightly := model.Function{Async: &model.Async{Retries: ptr(1), OnFailure: &model.Destination{ARN: param("$Failures")}}}
	if layout == model.PerPackage {
		nightly.Async = orders.Async
	}
	hourly := job("Hourly", model.Function{}, &model.Rule{ID: "ReportsHourly", Schedule: model.Literal("rate(1 hour)")})
	hourly.Own.ID = "hourly-report"
	p := newPackage("shop", layout,
		&model.Receiver{Type: "orders", Function: orders, Jobs: []*model.Job{
			job("placed", orders,
				&model.Rule{
					ID: "big-orders", Name: model.Literal("shop.big-orders"), Description: "Orders # over 1000: \"big\"\nin ${EUR} 😀", State: model.Literal(model.Disabled),
					EventBus: param("$Bus"),
					Pattern: object(
						field("source", strList("com.example.shop")),
						field("account", list(paramValue("$Account"))),
						field("region", listParam("Regions")),
						field("detail", object(
							field("total", list(object(field("numeric", list(str(">="), num("1e3")))))),
							field("ratio", list(num("1.5E-3"), num("300.0"), num("-0"), num("9007199254740992"))),
							field("country", list(object(field("anything-but", strList("no", "Yes", "NULL", "0x1F", "2020-01-01", "1e5", "1_000", "~", ""))))),
							field("bucket", list(object(field("prefix", paramValue("logs-", "$Stage", "-$", "{x}"))))),
							field("gift", list(boolean(true), &model.Value{Kind: model.Null})),
							field("on", list(object(field("exists", boolean(false))))),
							field("$or", list(
								object(field("tier", strList("gold")), field("years", list(object(field("numeric", list(str(">"), num("2"), str("<="), num("40"))))))),
								object(field("tier", strList("platinum"))),
							)),
						)),
					),
					Retry: &model.Retry{Attempts: ptr(0), MaxAge: ptr(time.Minute)},
					DLQ:   &model.DLQ{Create: true},
					Input: &model.Input{Transformer: &model.Transformer{
						Paths:    []model.PathVar{{Name: "id", Path: "$.detail.id"}, {Name: "at", Path: "$.time"}},
						Template: `{"order": <id>, "at": "<at>", "rule": "<aws.events.rule-name>"}`,
					}},
					Tags: []model.Tag{{Key: "on", Value: "yes"}, {Key: "empty", Value: ""}},
				},
				&model.Rule{
					ID:       "SmallOrders",
					EventBus: param("arn:aws:events:eu-west-1:", "$Account", ":event-bus/shop"),
					Pattern:  object(field("detail", object(field("Ref", list(paramValue("$Account"), str("a\"b"))), field("tier", listParam("Tiers"))))),
					DLQ:      &model.DLQ{ARN: param("$Undelivered")},
					Input:    &model.Input{Path: "$.detail"},
				}),
		}},
		&model.Receiver{Type: "Reports", Jobs: []*model.Job{
			job("Nightly", nightly, &model.Rule{
				ID: "ReportsNightly", Schedule: param("cron(0 ", "$Hour", " * * ? *)"), State: param("$Nights"), Name: param("$Stage", "-nightly"),
				Input: &model.Input{JSON: object(field("kind", str("full ${x}")), field("limit", num("10")))},
				Retry: &model.Retry{Attempts: ptr(185)},
			}),
			hourly,
		}},
		intake(layout, orders),
	)
	p.Secrets = []string{"Stage", "Undelivered"}
	p.Parameters = []*model.Parameter{
		{Name: "Bus", Default: []string{"shop-dev"}, Allowed: []string{"shop-dev", "shop", "no"}},
		{Name: "Layer", Default: []string{"arn:aws:lambda:eu-west-1:123456789012:layer:extra:1"}},
		{Name: "Group", Allowed: []string{"sg-0123456789abcdef0", "sg-1123456789abcdef0"}},
		{Name: "SubnetA", Default: []string{"subnet-1123456789abcdef0"}},
		{Name: "Tiers", Default: []string{"gold", "silver"}, Allowed: []string{"gold", "silver", "no"}, List: true},
	}
	return p
}

// intake is a receiver whose rules have queues.
func intake(layout model.Layout, shared model.Function) *model.Receiver {
	f := model.Function{Timeout: time.Minute}
	if layout == model.PerPackage {
		f = shared
		f.Policies = nil // those of all receivers add up
	}
	ledger := param("arn:aws:sqs:us-east-1:", "$Account", ":ledger.fifo")
	return &model.Receiver{Type: "Intake", Function: f, Jobs: []*model.Job{
		job("Refunds", f, &model.Rule{
			ID: "Refunds", EventBus: param("$Bus"), Pattern: object(field("source", strList("com.example.refunds"))),
			Queue: &model.Queue{Batch: 100, Window: 5 * time.Second, Concurrency: 5, Receives: 7},
			Retry: &model.Retry{Attempts: ptr(10)},
		}),
		job("Audit", f, &model.Rule{
			ID: "IntakeAudit", Schedule: model.Literal("rate(1 day)"), Queue: &model.Queue{}, Input: &model.Input{JSON: object(field("depth", num("3")))},
		}),
		job("Ledger", f,
			&model.Rule{
				ID: "Booked", Pattern: object(field("source", strList("com.example.booked"))),
				Queue: &model.Queue{ARN: ledger, Batch: 5, Group: "ledger"}, DLQ: &model.DLQ{Create: true},
			},
			&model.Rule{
				ID: "Cancelled", Pattern: object(field("source", strList("com.example.cancelled"))),
				Queue: &model.Queue{ARN: ledger, Group: "ledger"}, Input: &model.Input{Path: "$.detail"},
			}),
	}}
}

// existingPackage has functions that exist, or one for all jobs, with everything that calls a
// function.
func existingPackage(layout model.Layout) *model.Package {
	one := model.Function{ARN: param("$FunctionArn"), Qualifier: model.Literal("live"), Timeout: time.Minute, ID: "existing"}
	other := model.Function{ARN: param("arn:aws:lambda:", "$Home", ":123456789012:function:ship"), Policies: []model.Statement{
		{Effect: "Allow", Actions: []string{"s3:GetObject"}, Resources: []model.Text{param("arn:aws:s3:::", "$Reports", "/*")}},
	}}
	own := model.Function{Memory: 256}
	if layout == model.PerPackage {
		other, own = one, one
	}
	ship := job("Ship", other, &model.Rule{ID: "Ship", Pattern: object(field("source", list(paramValue("$Source"))))})
	bill := job("Bill", one,
		&model.Rule{ID: "Bill", Pattern: object(field("source", list(paramValue("com.example.", "$Stage"))))},
		&model.Rule{ID: "BillQueued", Schedule: model.Literal("rate(1 hour)"), Queue: &model.Queue{Batch: 5}},
		&model.Rule{ID: "BillLedger", Schedule: model.Literal("rate(1 day)"), Queue: &model.Queue{ARN: param("$Ledger")}},
		&model.Rule{ID: "BillNightly", Schedule: model.Literal("cron(0 2 * * ? *)"), Scheduler: &model.Scheduler{Timezone: model.Literal("Europe/Berlin")}, DLQ: &model.DLQ{Create: true}},
	)
	bill.Own.ID = one.ID
	return newPackage("warehouse", layout, &model.Receiver{Type: "Orders", Function: one, Jobs: []*model.Job{ship, bill, job("Count", own, &model.Rule{ID: "Count", Schedule: model.Literal("rate(2 hours)")})}})
}

// modulePackage is a package for a Terraform module.
func modulePackage(layout model.Layout) *model.Package {
	p := existingPackage(layout)
	p.TerraformModule = true
	return p
}

// crowdedPackage has more rules than a function's policy has room for.
func crowdedPackage(layout model.Layout) *model.Package {
	buses := []model.Text{nil, model.Literal("orders"), param("arn:aws:events:us-east-1:", "$Account", ":event-bus/audit"), param("$Bus")}
	r := &model.Receiver{Type: "Crowd"}
	for i := range 60 {
		rule := &model.Rule{
			ID:       fmt.Sprintf("rule-%d-with-a-name-that-is-long-enough-to-be-cut", i),
			EventBus: buses[i%len(buses)],
			Pattern:  object(field("source", strList(fmt.Sprintf("com.example.%d", i)))),
		}
		if i == 7 {
			rule.Name = model.Literal("named")
		}
		r.Jobs = append(r.Jobs, job(fmt.Sprintf("Job%d", i), model.Function{}, rule))
	}
	return newPackage("crowd", layout, r)
}
