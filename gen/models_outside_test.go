package gen

import "github.com/jobgen/jobgen/internal/model"

// outsidePackage has functions that use what exists outside of the rule files: a role, policies,
// a key, names. In the package layout, the function is a container image.
func outsidePackage(layout model.Layout) *model.Package {
	keys := model.Function{
		PhysicalName: param("orders-", "$Stage"), KMSKey: param("$Key"), LogFormat: "JSON", LogLevel: "DEBUG", SystemLogLevel: "WARN",
		ManagedPolicies:     []model.Text{model.Literal("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"), param("$Policy")},
		PermissionsBoundary: param("arn:aws:iam::", "$Account", ":policy/boundary"),
		Environment:         []model.EnvVar{{Name: "STAGE", Value: param("$Stage")}},
		Async:               &model.Async{OnFailure: &model.Destination{Create: true}},
		Policies:            []model.Statement{{Effect: "Allow", Actions: []string{"s3:PutObject"}, Resources: []model.Text{model.Literal("arn:aws:s3:::orders/*")}}},
	}
	roles := model.Function{
		Role: param("arn:aws:iam::", "$Account", ":role/jobs"), Tracing: "Active", PermissionsBoundary: keys.PermissionsBoundary,
		LogFormat: "Text", Async: keys.Async,
	}
	if layout == model.PerPackage {
		keys.Code = "image"
		roles = keys
	}
	return newPackage("outside", layout,
		&model.Receiver{Type: "Orders", Function: keys, Jobs: []*model.Job{
			job("Placed", keys, &model.Rule{
				ID: "Placed", Pattern: object(field("source", strList("com.example.orders"))), Queue: &model.Queue{Batch: 5},
			}),
			job("Cancelled", keyed(keys, "cancelled-", "$Stage"), &model.Rule{
				ID: "Cancelled", Pattern: object(field("source", strList("com.example.cancelled"))), DLQ: &model.DLQ{Create: true},
			}),
			job("Sweep", keyed(keys, "sweep"), &model.Rule{
				ID: "Sweep", Schedule: model.Literal("rate(1 hour)"), Scheduler: &model.Scheduler{KMSKey: param("$Key")}, DLQ: &model.DLQ{Create: true},
			}),
		}},
		&model.Receiver{Type: "Reports", Function: roles, Jobs: []*model.Job{
			job("Daily", roles, &model.Rule{ID: "Daily", Schedule: model.Literal("rate(1 day)")}),
			job("Weekly", roles, &model.Rule{ID: "Weekly", Schedule: model.Literal("rate(7 days)"), Scheduler: &model.Scheduler{}}),
		}},
	)
}

// keyed returns a function with another name.
func keyed(f model.Function, name ...string) model.Function {
	f.PhysicalName = param(name...)
	return f
}
