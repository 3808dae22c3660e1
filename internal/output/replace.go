package output

import (
	"slices"
	"strings"
)

// createOnly lists the properties that cannot change in place: a new value makes
// a new resource. It is createOnlyProperties of the resource types' schemas, as
// cfn-lint 1.51.0 carries them, for the types that templates of jobgen hold;
// and EventBusName, which the CloudFormation reference has as "Update requires:
// Replacement". A resource's physical name is here in every type that has one.
var createOnly = map[string][]string{
	"AWS::Events::Rule":              {"Name", "EventBusName"},
	"AWS::IAM::Role":                 {"Path", "RoleName"},
	"AWS::Lambda::EventInvokeConfig": {"FunctionName", "Qualifier"},
	mappingKind:                      {"EventSourceArn", "SelfManagedEventSource", "StartingPosition", "StartingPositionTimestamp"},
	functionKind:                     {"FunctionName", "PackageType", "TenancyConfig"},
	"AWS::Lambda::Permission": {
		"Action", "EventSourceToken", "FunctionName", "FunctionUrlAuthType", "InvokedViaFunctionUrl",
		"Principal", "PrincipalOrgID", "SourceAccount", "SourceArn",
	},
	"AWS::Logs::LogGroup": {"LogGroupName"},
	"AWS::SQS::Queue":     {"FifoQueue", "QueueName"},
	samKind:               {"FunctionName", "PackageType"},
}

// forcesReplacement reports whether a new value of a property makes a new resource. For
// a type that isn't in the table, only the physical name does (TableName of a Table).
func (r resource) forcesReplacement(property string) bool {
	if list, known := createOnly[r.kind]; known {
		return slices.Contains(list, property)
	}
	return property == "Name" || property == r.nameProperty()
}

// nameProperty returns the property with the physical name of a resource, in types where it is
// not Name.
func (r resource) nameProperty() string { return r.kind[strings.LastIndex(r.kind, ":")+1:] + "Name" }

// keptName returns the property with the physical name that two versions of a resource share, and
// the name; or "" if the name is CloudFormation's choice or changes.
func (r resource) keptName(now resource) (property, name string) {
	for _, property := range []string{"Name", r.nameProperty()} {
		if name := r.properties[property]; name != "" && name == now.properties[property] && slices.Contains(createOnly[r.kind], property) {
			return property, name
		}
	}
	return "", ""
}
