package directive

import (
	"slices"
	"strings"
)

// Refusal is a property of AWS that a directive doesn't have, with the reason.
type Refusal struct {
	AWS   []string // AWS's names for it
	Names []string // other names
	Why   string   // a clause after "because"
}

const unpublished = "jobgen's rules call the function's unpublished version; define the function outside of jobgen, publish versions there, and name one with arn and qualifier"

// functionRefusals are properties of Lambda functions. Sources: Lambda developer guide,
// tenant-isolation, lambda-managed-instances, provisioned-concurrency and snapstart (limitations).
var functionRefusals = []Refusal{
	{
		AWS: []string{"TenancyConfig", "TenantIsolationMode"}, Names: []string{"tenancy", "tenant_isolation"},
		Why: "a function with tenant isolation takes only events with the id of a tenant, and rules, schedules and queues send none",
	}, {
		AWS: []string{"CapacityProviderConfig", "LambdaManagedInstancesCapacityProviderConfig"}, Names: []string{"capacity_provider", "managed_instances"},
		Why: "Managed Instances run published versions, and " + unpublished,
	}, {
		AWS: []string{"ProvisionedConcurrencyConfig", "ProvisionedConcurrentExecutions", "AutoPublishAlias"}, Names: []string{"provisioned_concurrency", "provisionedConcurrency"},
		Why: "it is for published versions (CloudFormation and Serverless publish one only once, and new code doesn't reach it), and " + unpublished,
	}, {
		AWS: []string{"SnapStart"}, Names: []string{"snap_start", "snapstart"},
		Why: "Lambda has no snapshots for Go, whose functions run on an OS-only runtime",
	},
}

// refusal returns the refusal of a property, or nil.
func refusal(refused []Refusal, key string) *Refusal {
	i := slices.IndexFunc(refused, func(r Refusal) bool {
		return slices.ContainsFunc(r.AWS, func(name string) bool { return isName(key, name) }) ||
			slices.Contains(r.Names, key) || slices.Contains(r.Names, strings.ReplaceAll(key, "-", "_"))
	})
	if i < 0 {
		return nil
	}
	return &refused[i]
}
