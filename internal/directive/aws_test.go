package directive

import (
	"fmt"
	"strings"
	"testing"
)

// TestAWSShapes checks that AWS's names and shapes give the same values as jobgen's.
func TestAWSShapes(t *testing.T) {
	tests := []struct{ directive, own, aws string }{
		{"event_rule", `event_bus: orders`, `EventBusName: orders`},
		{"event_rule", `event_bus: orders`, `event_bus_name: orders`},
		{"event_rule", `event_bus: orders`, `event-bus-name: orders`},
		{"event_rule", `dlq: create`, `DeadLetterConfig: {Arn: create}`},
		{"event_rule", `dlq: create`, `dead_letter_config: {arn: create}`},
		{"event_rule", `dlq: create`, `DeadLetterConfig: create`},
		{"event_rule", `retry: {attempts: 3, max_age: 60}`, `RetryPolicy: {MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 60}`},
		{"event_rule", `retry: {attempts: 3, max_age: 60}`, `retry_policy: {maximum_retry_attempts: 3, maximum_event_age_in_seconds: 60}`},
		{"event_rule", `input_transformer: {paths: {a: $.b}, template: '<a>'}`, `InputTransformer: {InputPathsMap: {a: $.b}, InputTemplate: '<a>'}`},
		{"event_rule", `input_transformer: {paths: {a: $.b}, template: '<a>'}`, `input_transformer: {input_paths_map: {a: $.b}, input_template: '<a>'}`},
		{"event_rule", `tags: {a: b, c: ''}`, `Tags: [{Key: a, Value: b}, {Value: '', Key: c}]`},
		{"event_rule", `tags: {a: b}`, `tags: [{key: a, value: b}]`},
		{"function", `memory: 256`, `memory_size: 256`},
		{"function", `environment: {AB: c}`, `Environment: {Variables: {AB: c}}`},
		{"function", `environment: {Variables: c}`, `Environment: {Variables: {Variables: c}}`},
		{"function", `architecture: arm64`, `Architectures: [arm64]`},
		{"function", `tracing: Active`, `TracingConfig: {Mode: Active}`},
		{"function", `tracing: Active`, `tracing_config: {mode: Active}`},
		{"function", `ephemeral_storage: 512`, `EphemeralStorage: {Size: 512}`},
		{"function", `reserved_concurrency: 5`, `reserved_concurrent_executions: 5`},
		{"function", `log_retention: 14`, `retention_in_days: 14`},
		{"function", `vpc: {subnets: [subnet-1], security_groups: [sg-1]}`, `VpcConfig: {SubnetIds: [subnet-1], SecurityGroupIds: [sg-1]}`},
		{"function", `async: {retries: 1, on_failure: create}`, `EventInvokeConfig: {MaximumRetryAttempts: 1, DestinationConfig: {OnFailure: {Destination: create}}}`},
		{"function", `async: {on_failure: create}`, `event_invoke_config: {destination_config: {on_failure: {destination: create}}}`},
		{"function", `async: {on_failure: create}`, `async: {OnFailure: create}`},
		{"function", `async: {on_failure: create}`, `async: {on_failure: {Destination: create}}`},
		{"iam_policy", `actions: [s3:GetObject], not_resources: '*'`, `Action: s3:GetObject, not_resource: ['*']`},
	}
	for _, tt := range tests {
		own, aws := decoded(t, tt.directive, tt.own), decoded(t, tt.directive, tt.aws)
		if own != aws {
			t.Errorf("%s %s is read as %s, want %s", tt.directive, tt.aws, aws, own)
		}
	}
}

// decoded returns a directive's properties as a text that is equal for equal properties.
func decoded(t *testing.T, directive, args string) string {
	t.Helper()
	n, problems := Parse(args, WantMap)
	if len(problems) == 0 {
		var values Values
		if values, problems = Decode(n, Lookup(directive).Props, nil); len(problems) == 0 {
			return plain(values)
		}
	}
	return "error: " + problems[0].Message
}

func plain(values Values) string {
	var b strings.Builder
	for _, v := range values {
		fmt.Fprintf(&b, "%s=%s %d %v %s %s", v.Prop.Name, v.Text, v.Int, v.Duration, v.Texts, plain(v.Object))
		for _, e := range v.Map {
			fmt.Fprintf(&b, "%s:%s ", e.Key, e.Value)
		}
	}
	return b.String()
}

// TestPositionsInAWSShapes checks the positions of findings inside AWS's shapes.
func TestPositionsInAWSShapes(t *testing.T) {
	tests := []struct{ args, want string }{
		{`TracingConfig: {Mode: active}`, `22 tracing can't be "active"`},
		{`TracingConfig: {Mod: Active}`, `16 unknown property "Mod"; the property is Mode`},
		{`TracingConfig: {Mode: Active, mode: Active}`, `30 "mode" sets Mode a second time`},
		{`TracingConfig: {}`, "15 Mode is missing: write `Mode: Active`"},
		{`EphemeralStorage: {Size: 511}`, `25 ephemeral_storage can't be 511`},
		{`Architectures: [arm64, x86_64]`, `15 architecture takes one value, but this list has 2`},
		{`Architectures: []`, `15 architecture takes one value, but this list has 0`},
		{`Architectures: [arm]`, `16 architecture can't be "arm"`},
		{`Environment: {Variables: {AB: 3}}`, `30 environment.AB takes text`},
		{`Environment: {Variables: {AB: c}, CD: e}`, `25 environment.Variables takes text; this is a mapping`},
		{`EventInvokeConfig: {DestinationConfig: {OnSuccess: {Destination: create}}}`, `40 unknown property "OnSuccess"; the property is OnFailure`},
		{`EventInvokeConfig: {DestinationConfig: {OnFailure: {Destination: queue}}}`, `65 on_failure can't be "queue"`},
		{`Tags: [{Key: a}]`, "7 value is missing: write `value: security`"},
		{`Tags: [{Key: 1, Value: a}]`, `13 key takes text; this is a number`},
		{`Tags: [{Key: a, Value: 1}]`, `23 tags.a takes text; this is a number`},
		{`Tags: [{Key: a, Value: b}, {Key: a, Value: c}]`, `33 duplicate key "a"`},
		{`Tags: [a]`, `7 an entry is a mapping; this is text`},
		{`Tags: [{Name: a, Value: b}]`, `8 unknown property "Name"; the properties are key, value`},
		{`'': a`, `0 unknown property ""`},
	}
	for _, tt := range tests {
		n, problems := Parse(tt.args, WantMap)
		if len(problems) > 0 {
			t.Fatalf("%s: %v", tt.args, problems)
		}
		_, problems = Decode(n, Lookup("function").Props, nil)
		if len(problems) == 0 {
			t.Errorf("%s is taken", tt.args)
			continue
		}
		if got := fmt.Sprintf("%d %s", problems[0].Offset, problems[0].Message); !strings.HasPrefix(got, tt.want) {
			t.Errorf("%s is refused with %q, want %q", tt.args, got, tt.want)
		}
	}
}

// TestNamesAreOneProperty checks that no key names two properties.
func TestNamesAreOneProperty(t *testing.T) {
	for _, s := range table {
		oneEach(t, s.Name, s.Props)
	}
}

func oneEach(t *testing.T, where string, props []Prop) {
	t.Helper()
	for _, p := range props {
		parts := strings.Split(p.AWS, ".")
		keys := append([]string{p.Name}, parts[:max(1, len(parts)-1)]...)
		for _, key := range keys {
			for _, spelled := range []string{key, snakeCase(key)} {
				if found, _ := findProp(props, spelled); spelled != "" && (found == nil || found.Name != p.Name) {
					t.Errorf("%s: %q is not %s alone", where, spelled, p.Name)
				}
			}
		}
		oneEach(t, where+" "+p.Name, p.Props)
	}
}
