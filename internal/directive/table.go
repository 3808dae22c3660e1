package directive

import "strings"

// Formats are the rule-definition formats that jobgen writes.
var Formats = []string{"cloudformation", "sam", "terraform", "serverless", "json"}

// RuleNamePattern is what AWS takes as a rule's name (API_PutRule).
const RuleNamePattern = `[.\-_A-Za-z0-9]{1,64}`

// eventBusPattern is a bus's name or ARN. Only partners' buses, which are named after
// their event sources, have a slash in their names (API_CreateEventBus).
const eventBusPattern = `(arn:aws[A-Za-z0-9_-]*:events:[a-z0-9-]+:[0-9]{12}:event-bus/)?([.\-_A-Za-z0-9]+|aws\.partner(/[.\-_A-Za-z0-9]+){2,})`

// customEventBus returns what to do about the ARN of a custom event bus of AWS::EventsV2, which
// has subscribers in place of rules (EventBridge user guide, page eb-custom-bus-subscribers).
func customEventBus(bus string) string {
	if !strings.Contains(bus, ":event-busv2/") {
		return ""
	}
	return "it is a custom event bus (AWS::EventsV2::EventBus), which has no rules; declare a subscriber in a template of your own, with the job's function as its target: the function takes what a subscriber delivers"
}

// onFailurePattern is the destination of events that Lambda could not process. Queues
// and topics must be standard ones, whose names don't end in .fifo (Lambda guide,
// invocation-async-retain-records).
const onFailurePattern = `create` +
	`|arn:aws[A-Za-z0-9_-]*:sqs:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,80}` +
	`|arn:aws[A-Za-z0-9_-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}` +
	`|arn:aws[A-Za-z0-9_-]*:lambda:[a-z0-9-]+:[0-9]{12}:function:.+` +
	`|arn:aws[A-Za-z0-9_-]*:events:[a-z0-9-]+:[0-9]{12}:event-bus/.+` +
	`|arn:aws[A-Za-z0-9_-]*:s3:::[a-z0-9.-]+`

// A rule's id is also the id of its target, which has at most 64 characters
// (API_Target). A function's default id is derived from its handler's name, which has
// at most 128 characters (API_CreateFunction), so a given id may be as long.
const (
	ruleIDPattern     = `[A-Za-z][A-Za-z0-9_-]{0,63}`
	functionIDPattern = `[A-Za-z][A-Za-z0-9_-]{0,127}`
)

// kmsKeyPattern is the ARN of a KMS key (KMS API reference, API_KeyMetadata).
const kmsKeyPattern = `arn:aws[A-Za-z0-9_-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[0-9A-Za-z-]+`

// keyInstead returns what to do about an alias of a KMS key. A log group takes only a key
// (API_CreateLogGroup), and EventBridge can't send to a queue with the key alias/aws/sqs, whose
// policy can't be changed (SQS developer guide, sqs-key-management).
func keyInstead(key string) string {
	if !strings.HasPrefix(key, "alias/") && !strings.Contains(key, ":alias/") {
		return ""
	}
	return "it is an alias, and a log group takes only a key; EventBridge can't use the keys alias/aws/… at all; write the ARN of a key of your own"
}

// functionNamePattern is the name of a function (API_CreateFunction, FunctionName).
const functionNamePattern = `[A-Za-z0-9_-]{1,64}`

// rolePattern is the ARN of a role (Lambda API, CreateFunction; IAM user guide,
// reference_iam-quotas, the characters of names).
const rolePattern = `arn:aws[A-Za-z0-9_-]*:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]+`

// policyARNPattern is the ARN of a managed policy of AWS or of an account (IAM user guide,
// reference_identifiers, ARNs).
const policyARNPattern = `arn:aws[A-Za-z0-9_-]*:iam::(aws|[0-9]{12}):policy/[A-Za-z0-9+=,.@_/-]+`

// logRetentionDays are the retention periods of CloudWatch Logs
// (API_PutRetentionPolicy).
var logRetentionDays = []string{
	"1", "3", "5", "7", "14", "30", "60", "90", "120", "150", "180", "365", "400", "545",
	"731", "1096", "1827", "2192", "2557", "2922", "3288", "3653",
}

// table describes every directive.
var table = []Spec{
	{
		Name: "package", On: OnPackage, Args: ArgProperties,
		Summary: "Settings of this package, used by every command. Flags override them.",
		Example: "//jobs:package formats: [cloudformation, terraform], functions: package",
		Props: []Prop{
			{Name: "formats", Kind: PropEnums, Values: Formats, Nearest: NearestFormat, Doc: "the formats of the rule files to write", Example: "[cloudformation, terraform]", NoFile: "it selects the files"},
			{Name: "functions", Kind: PropEnum, Values: []string{"method", "package"}, Doc: "one Lambda function per method (the default), or one for the package", Example: "package"},
			{Name: "handler", Kind: PropText, Match: `[A-Za-z][A-Za-z0-9_]{0,31}`, MatchDoc: "1 to 32 letters, digits and _, beginning with a letter", Doc: "a prefix for the names of handlers and the ids of rules, so that jobs.Mux can join packages with equal type and method names; an id set on a rule is not changed", Example: "orders"},
			{Name: "templates", Kind: PropTexts1, MatchDoc: "a path in the package's folder", Doc: "your own templates for other deployment tools; the output has the template's name without .tmpl", Example: "[Pulumi.yaml.tmpl]", NoFile: "it adds files"},
			{Name: "params", AWS: "Parameters", Kind: PropNamed, Match: ParamName, MatchDoc: "the name of a parameter, without ${}", Doc: "defaults and allowed values of parameters; jobgen checks the rules with each of them", Example: "{Stage: {default: dev, allowed: [dev, prod]}}", Props: paramProps},
			{Name: "secrets", Kind: PropTexts, Min: 1, Max: 200, Match: ParamName, MatchDoc: "the name of a parameter, without ${}", Doc: "parameters whose values the deployment tools hide (NoEcho, sensitive)", Example: "[SlackToken]"},
			{Name: "terraform_module", Kind: PropBool, Doc: "whether jobs.tf is for a module: it then states which versions of the AWS provider it works with, and has the rules, schedules, functions and roles as outputs (default: false)", Example: "true", NotIn: []string{"cloudformation", "sam", "serverless", "json"}},
			{Name: "forwarded", Kind: PropTexts, Min: 1, Max: 200, Match: eventBusPattern, MatchDoc: "a bus's name (letters, digits, . - and _) or an ARN", Doc: "event buses to which rules outside of the package forward AWS's own events, so that jobgen expects those events there", Example: "[central]", NoFile: "it is for jobgen's checks"},
		},
	},
	{
		Name: "event_rule", On: OnMethod, Args: ArgProperties,
		Summary: "Begins a rule and sets its properties. The lines below it give its pattern or schedule.",
		Example: "//jobs:event_rule id: StoppingInstances, description: Instances that stop, retry: {attempts: 3, max_age: 1h}",
		Props:   ruleProps,
	},
	{
		Name: "event_pattern", On: OnMethod, Args: ArgPattern,
		Summary: "A whole pattern in braces, or a piece `path: [values], …`. The pieces of a rule are combined: different fields are joined by AND, values of the same field by OR.",
		Example: "//jobs:event_pattern {source: [aws.ec2], detail-type: [EC2 Instance State-change Notification], detail: {state: [stopping]}}",
	},
	{
		Name: "rate", On: OnMethod, Args: ArgExpression,
		Summary: "A schedule: a value and a unit, as AWS writes it inside rate(…).",
		Example: "//jobs:rate 10 minutes",
	},
	{
		Name: "cron", On: OnMethod, Args: ArgExpression,
		Summary: "A schedule in UTC: minutes hours day-of-month month day-of-week year, as AWS writes it inside cron(…).",
		Example: "//jobs:cron 0 12 * * ? *",
	},
	{
		Name: "schedule", On: OnMethod, Args: ArgProperties,
		Summary: "Begins a schedule of EventBridge Scheduler and sets its properties. The rate, cron or at line below it says when it fires. Without this line, a rate or cron line is a rule with a schedule.",
		Example: "//jobs:schedule timezone: Europe/Berlin, window: 15m, input: {mode: full}",
		Props:   scheduleProps,
	},
	{
		Name: "at", On: OnMethod, Args: ArgExpression,
		Summary: "A schedule of EventBridge Scheduler that fires once: the local time, as AWS writes it inside at(…). The time zone is a property of the schedule line; without one the time is in UTC.",
		Example: "//jobs:at 2027-01-01T00:00:00",
	},
	{
		Name: "function", On: OnType | OnMethod, Args: ArgProperties,
		Summary: "Properties of the Lambda function. A property of the method overrides the same property of the type.",
		Example: "//jobs:function timeout: 30s, memory: 256",
		Props:   functionProps,
		Refused: functionRefusals,
	},
	{
		Name: "iam_policy", On: OnType | OnMethod, Args: ArgPolicy,
		Summary: "Permissions of the function's role: a list of actions, or a whole statement. A list of actions applies to every resource, and jobgen notes that. Several lines add up.",
		Example: "//jobs:iam_policy {actions: [s3:GetObject], resources: ['arn:aws:s3:::reports/*']}",
		Props:   policyProps,
	},
	{
		Name: "allow", On: OnType | OnMethod, Args: ArgAllow,
		Summary: "Silences one finding in the declaration and gives the reason.",
		Example: "//jobs:allow JOB410 reason: the producer always sends both fields",
	},
}

// paramProps are the properties of a declared parameter. The names of AWS are those of
// CloudFormation (CloudFormation user guide, page parameters-section-structure).
var paramProps = []Prop{
	{Name: "default", AWS: "Default", Kind: PropTexts1, Min: 1, Max: 200, MatchDoc: "text", Doc: "the value if none is given at deployment; a list for a parameter that is a whole list of values", Example: "dev"},
	{Name: "allowed", AWS: "AllowedValues", Kind: PropTexts, Min: 1, Max: 200, MatchDoc: "text", Doc: "the values that may be given; for a list, the values that may be in it", Example: "[dev, prod]"},
}

var ruleProps = []Prop{
	{Name: "id", Kind: PropText, Match: ruleIDPattern, MatchDoc: "1 to 64 letters, digits, - and _, beginning with a letter", Doc: "the rule's id; required if the method has several rules (default: type and method)", Example: "StoppingInstances"},
	{Name: "description", AWS: "Description", Kind: PropText, Max: 512, Doc: "the rule's description", Example: "Instances that stop"},
	{Name: "name", AWS: "Name", Kind: PropText, Params: true, Match: RuleNamePattern, MatchDoc: "1 to 64 letters, digits, . - and _", Doc: "the rule's physical name (default: the deployment tool generates one)", Example: "prod-stopping"},
	{Name: "state", AWS: "State", Kind: PropEnum, Params: true, Values: []string{"ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"}, Doc: "the rule's state; ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS also delivers CloudTrail's read-only calls", Example: "DISABLED"},
	{Name: "expression", AWS: "ScheduleExpression", Kind: PropText, Params: true, Min: 1, Max: 256, MatchDoc: "a schedule expression as AWS writes it", Doc: "the schedule expression, instead of a rate or cron line; use it for an expression from a parameter", Example: "rate(5 minutes)"},
	{Name: "event_bus", AWS: "EventBusName", Kind: PropText, Params: true, Min: 1, Max: 1600, Match: eventBusPattern, MatchDoc: "a bus's name (letters, digits, . - and _), a partner's (aws.partner/…/…), or an ARN", Doc: "the bus's name or ARN (default: the account's default bus)", Example: "orders", Instead: customEventBus},
	{Name: "retry", AWS: "RetryPolicy", Kind: PropObject, Doc: "how often and how long EventBridge retries delivery to Lambda", Example: "{attempts: 3, max_age: 1h}", Props: retryProps},
	{Name: "dlq", AWS: "DeadLetterConfig.Arn", Kind: PropText, Params: true, Max: 1600, Match: queuePattern, MatchDoc: "create, or the ARN of a standard SQS queue", Doc: "the queue for events that EventBridge can't deliver; create makes one", Example: "create"},
	{Name: "queue", Kind: PropObject, Word: "create", Doc: "an SQS queue between the rule and the function, which gets the events in batches and answers which of them failed; create makes one with the defaults", Example: "{batch: 100, window: 5s, concurrency: 5}", Props: queueProps},
	{Name: "input", AWS: "Input", Kind: PropJSON, Doc: "a constant that is sent to the function instead of the event", Example: "{mode: full}"},
	{Name: "input_path", AWS: "InputPath", Kind: PropText, Min: 1, Max: 256, Doc: "the part of the event that is sent to the function", Example: "$.detail"},
	{Name: "input_transformer", AWS: "InputTransformer", Kind: PropObject, Doc: "a template that makes the function's input from the event", Example: "{paths: {id: $.detail.instance-id}, template: '{\"instance\": <id>}'}", Props: []Prop{
		{Name: "paths", AWS: "InputPathsMap", Kind: PropTextMap, Max: 100, Doc: "the template's variables and their JSON paths in the event", Example: "{id: $.detail.instance-id}"},
		{Name: "template", AWS: "InputTemplate", Kind: PropText, Required: true, Min: 1, Max: 8192, Doc: "JSON that may contain <variable>", Example: "'{\"instance\": <id>}'"},
	}},
	{Name: "tags", AWS: "Tags", AWSList: true, Kind: PropTextMap, Max: 50, Doc: "the rule's tags", Example: "{team: security}"},
	{Name: "when", Kind: PropWhen, Doc: "the condition under which the rule exists, as values of declared parameters; all entries must hold (default: always)", Example: "{Stage: [staging, prod]}"},
}

// queueArnPattern is the ARN of a standard queue or of a FIFO queue, whose name ends in
// .fifo (API_CreateQueue).
const queueArnPattern = `arn:aws[A-Za-z0-9_-]*:sqs:[a-z0-9-]+:[0-9]{12}:([A-Za-z0-9_-]{1,80}|[A-Za-z0-9_-]{1,75}\.fifo)`

// messageGroupPattern has the characters of a message group (SQS API, SendMessage).
// EventBridge takes 100 of them (API_SqsParameters).
const messageGroupPattern = `[!-~]{1,100}`

// The bounds of an event source mapping are those of Lambda's API
// (API_CreateEventSourceMapping, API_ScalingConfig), and those of receives are those of
// an SQS queue's redrive policy (SQS API, SetQueueAttributes).
var queueProps = []Prop{
	{Name: "batch", AWS: "BatchSize", Kind: PropInt, Min: 1, Max: 10000, Doc: "maximum number of events in a batch; more than 10 need a window (default: 10)", Example: "5"},
	{Name: "window", AWS: "MaximumBatchingWindowInSeconds", Kind: PropDuration, Max: 300, Doc: "how long Lambda waits for a batch to fill (default: 0)", Example: "5s"},
	{Name: "concurrency", AWS: "ScalingConfig.MaximumConcurrency", Kind: PropInt, Min: 2, Max: 1000, Doc: "maximum number of batches that the function handles at the same time (default: no maximum)", Example: "5"},
	{Name: "receives", AWS: "maxReceiveCount", Kind: PropInt, Min: 1, Max: 1000, Doc: "how often an event is tried before it goes to the queue's dead-letter queue; Lambda's guide recommends at least 5 (default: 5)", Example: "10"},
	{Name: "arn", AWS: "Arn", Kind: PropText, Params: true, Max: 1600, Match: queueArnPattern, MatchDoc: "the ARN of an SQS queue", Doc: "the ARN of a queue that exists, instead of one that is made", Example: "'arn:aws:sqs:eu-west-1:123456789012:orders'"},
	{Name: "group", AWS: "MessageGroupId", Kind: PropText, Match: messageGroupPattern, MatchDoc: "1 to 100 letters, digits and punctuation, without spaces", Doc: "the message group of all events of the rule; a FIFO queue needs one", Example: "orders"},
}

// scheduleProps are the properties of EventBridge Scheduler's CreateSchedule (Scheduler API
// reference, API_CreateSchedule, API_FlexibleTimeWindow, API_Target).
var scheduleProps = []Prop{
	{Name: "id", Kind: PropText, Match: ruleIDPattern, MatchDoc: "1 to 64 letters, digits, - and _, beginning with a letter", Doc: "the schedule's id; required if the method has several rules or schedules (default: type and method)", Example: "SweepNightly"},
	{Name: "description", AWS: "Description", Kind: PropText, Max: 512, Doc: "the schedule's description", Example: "Sweeps at night"},
	{Name: "name", AWS: "Name", Kind: PropText, Params: true, Match: RuleNamePattern, MatchDoc: "1 to 64 letters, digits, . - and _", Doc: "the schedule's physical name (default: the deployment tool generates one)", Example: "prod-sweep"},
	{Name: "group", AWS: "GroupName", Kind: PropText, Match: RuleNamePattern, MatchDoc: "1 to 64 letters, digits, . - and _", Doc: "the schedule's group, which must exist (default: the group default)", Example: "nightly"},
	{Name: "state", AWS: "State", Kind: PropEnum, Params: true, Values: []string{"ENABLED", "DISABLED"}, Doc: "the schedule's state", Example: "DISABLED"},
	{Name: "expression", AWS: "ScheduleExpression", Kind: PropText, Params: true, Min: 1, Max: 256, MatchDoc: "a schedule expression as AWS writes it", Doc: "the schedule expression, instead of a rate, cron or at line; use it for an expression from a parameter", Example: "rate(5 minutes)"},
	{Name: "timezone", AWS: "ScheduleExpressionTimezone", Kind: PropText, Params: true, Max: 50, Doc: "the time zone of cron and at, by its name in the IANA database (default: UTC)", Example: "Europe/Berlin"},
	{Name: "window", AWS: "FlexibleTimeWindow.MaximumWindowInMinutes", Kind: PropDuration, Min: 60, Max: 86400, Doc: "the time within which the schedule may fire late, in whole minutes (default: none)", Example: "15m"},
	{Name: "start", AWS: "StartDate", Kind: PropText, Match: instantPattern, MatchDoc: "a time with its zone, such as 2027-01-01T00:00:00Z", Doc: "the time before which the schedule doesn't fire", Example: "2027-01-01T00:00:00Z"},
	{Name: "end", AWS: "EndDate", Kind: PropText, Match: instantPattern, MatchDoc: "a time with its zone, such as 2027-12-31T00:00:00Z", Doc: "the time after which the schedule doesn't fire", Example: "2027-12-31T00:00:00Z"},
	{Name: "after", AWS: "ActionAfterCompletion", Kind: PropEnum, Values: []string{"keep", "delete"}, Doc: "what happens to the schedule when it has fired for the last time (default: keep)", Example: "delete", NotIn: []string{"cloudformation", "sam", "serverless"}},
	{Name: "input", AWS: "Input", Kind: PropJSON, Doc: "the detail of the event that the function gets (default: {})", Example: "{mode: full}"},
	{Name: "retry", AWS: "RetryPolicy", Kind: PropObject, Doc: "how often and how long EventBridge Scheduler retries delivery to Lambda", Example: "{attempts: 3, max_age: 1h}", Props: retryProps},
	{Name: "dlq", AWS: "DeadLetterConfig.Arn", Kind: PropText, Params: true, Max: 1600, Match: queuePattern, MatchDoc: "create, or the ARN of a standard SQS queue", Doc: "the queue for events that EventBridge Scheduler can't deliver; create makes one", Example: "create"},
	{Name: "kms_key", AWS: "KmsKeyArn", Kind: PropText, Params: true, Max: 2048, Match: kmsKeyPattern, MatchDoc: "the ARN of a KMS key", Doc: "the KMS key that encrypts the schedule (default: a key of AWS)", Example: "'arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab'"},
	{Name: "when", Kind: PropWhen, Doc: "the condition under which the schedule exists, as values of declared parameters; all entries must hold (default: always)", Example: "{Stage: prod}"},
}

// instantPattern is a time with its zone (RFC 3339).
const instantPattern = `\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)`

// queuePattern is the dlq of a rule or schedule.
const queuePattern = `create|arn:aws[A-Za-z0-9_-]*:sqs:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,80}`

// retryProps are the policy for delivery to the target (API_RetryPolicy). Rules and schedules
// have the same one.
var retryProps = []Prop{
	{Name: "attempts", AWS: "MaximumRetryAttempts", Kind: PropInt, Max: 185, Doc: "number of retries (default: 185)", Example: "3"},
	{Name: "max_age", AWS: "MaximumEventAgeInSeconds", Kind: PropDuration, Min: 60, Max: 86400, Doc: "maximum age of an undelivered event; older events are dropped or go to the dlq (default: 24h)", Example: "1h"},
}

var functionProps = []Prop{
	{Name: "id", Kind: PropText, Match: functionIDPattern, MatchDoc: "1 to 128 letters, digits, - and _, beginning with a letter", Doc: "the function's id, with which the names of its resources begin; after renaming a method, set the old id to keep the resources (default: type and method, or the package)", Example: "SecurityJobSweep"},
	{Name: "arn", Kind: PropText, Params: true, Match: functionARNPattern, MatchDoc: "the ARN of a Lambda function, arn:aws:lambda:REGION:ACCOUNT:function:NAME", Instead: insteadOfARN, Doc: "the ARN of a function that exists; the rule files then have its rules, permissions, queues and schedules, and neither the function nor its role and log group. Of the other properties only qualifier, id, timeout (for queues) and architecture (for jobgen build) go with it", Example: "\"${FunctionArn}\""},
	{Name: "qualifier", Kind: PropText, Params: true, Match: `[A-Za-z0-9_-]{1,128}`, MatchDoc: "a version's number or an alias", Instead: insteadOfQualifier, Doc: "the version or alias of a function that exists (default: none, so that the unpublished version is called)", Example: "live"},
	{Name: "timeout", AWS: "Timeout", Kind: PropDuration, Min: 1, Max: 900, Doc: "maximum duration of one invocation (default: 30s)", Example: "30s"},
	{Name: "memory", AWS: "MemorySize", Kind: PropInt, Min: 128, Max: 10240, Unit: "MB", Doc: "memory in MB (default: 128)", Example: "256"},
	{Name: "description", AWS: "Description", Kind: PropText, Max: 256, Doc: "the function's description", Example: "Watches the account"},
	{Name: "environment", AWS: "Environment.Variables", Kind: PropTextMap, Params: true, Doc: "environment variables", Example: "{LOG_LEVEL: debug, TABLE: \"${TableName}\"}"},
	{Name: "architecture", AWS: "Architectures", AWSList: true, Kind: PropEnum, Values: []string{"arm64", "x86_64"}, Doc: "the processor architecture (default: arm64)", Example: "x86_64"},
	{Name: "tracing", AWS: "TracingConfig.Mode", Kind: PropEnum, Values: []string{"Active", "PassThrough"}, Doc: "X-Ray tracing", Example: "Active"},
	{Name: "reserved_concurrency", AWS: "ReservedConcurrentExecutions", Kind: PropInt, Max: 1 << 31, Doc: "maximum number of concurrent invocations; 0 stops the function", Example: "5"},
	{Name: "ephemeral_storage", AWS: "EphemeralStorage.Size", Kind: PropInt, Min: 512, Max: 10240, Unit: "MB", Doc: "size of /tmp in MB (default: 512)", Example: "1024"},
	{Name: "layers", AWS: "Layers", Kind: PropTexts, Params: true, Min: 1, Max: 5, Match: `arn:[A-Za-z0-9-]+:lambda:[a-z0-9-]+:[0-9]{12}:layer:[A-Za-z0-9_-]+:[0-9]+`, MatchDoc: "the ARN of a layer's version", Alike: `(.+:layer:[^:]+):[^:]+`, AlikeDoc: "versions of one layer", Doc: "ARNs of layer versions", Example: "['arn:aws:lambda:eu-west-1:123456789012:layer:tools:3']"},
	{Name: "vpc", AWS: "VpcConfig", Kind: PropObject, Doc: "the VPC that the function is connected to", Example: "{subnets: [\"${SubnetA}\"], security_groups: [\"${Group}\"]}", Props: []Prop{
		{Name: "subnets", AWS: "SubnetIds", Kind: PropTexts, Params: true, Required: true, Min: 1, Max: 16, Match: `subnet-[0-9a-z]+`, MatchDoc: "a subnet id, subnet-…", Doc: "subnet ids", Example: "[subnet-0a1b2c3d]"},
		{Name: "security_groups", AWS: "SecurityGroupIds", Kind: PropTexts, Params: true, Required: true, Min: 1, Max: 5, Match: `sg-[0-9a-zA-Z]+`, MatchDoc: "a security group id, sg-…", Doc: "security group ids", Example: "[sg-0a1b2c3d]"},
	}},
	{Name: "tags", AWS: "Tags", AWSList: true, Kind: PropTextMap, Max: 50, Doc: "the function's tags", Example: "{team: security}"},
	{Name: "log_retention", AWS: "RetentionInDays", Kind: PropInt, Values: logRetentionDays, Unit: "days", Doc: "number of days to keep the function's log (default: forever)", Example: "14"},
	{Name: "log_keep", Kind: PropBool, Doc: "whether to keep the log group when the function is removed or renamed (default: false)", Example: "true"},
	{Name: "name", AWS: "FunctionName", Kind: PropText, Params: true, Match: functionNamePattern, MatchDoc: "1 to 64 letters, digits, - and _", Doc: "the function's physical name; its log group is then /aws/lambda/NAME (default: the deployment tool generates one)", Example: "prod-sweep"},
	{Name: "code", Kind: PropEnum, Values: []string{"zip", "image"}, Doc: "whether the function's code is a zip file (the default) or a container image; an image needs functions: package", Example: "image"},
	{Name: "log_format", AWS: "LogFormat", Kind: PropEnum, Values: []string{"Text", "JSON"}, Doc: "the format of the function's log (default: Text)", Example: "JSON"},
	{Name: "log_level", AWS: "ApplicationLogLevel", Kind: PropEnum, Values: []string{"TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"}, Doc: "the least severe level of the job's own log lines that are kept; needs log_format: JSON (default: INFO)", Example: "WARN"},
	{Name: "system_log_level", AWS: "SystemLogLevel", Kind: PropEnum, Values: []string{"DEBUG", "INFO", "WARN"}, Doc: "the least severe level of Lambda's log lines that are kept; needs log_format: JSON (default: INFO)", Example: "WARN"},
	{Name: "kms_key", AWS: "KmsKeyArn", Kind: PropText, Params: true, Max: 2048, Match: kmsKeyPattern, MatchDoc: "the ARN of a KMS key", Instead: keyInstead, Doc: "the KMS key that encrypts the environment, the log and the queues that are made (default: keys of AWS)", Example: "'arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab'"},
	{Name: "role", AWS: "Role", Kind: PropText, Params: true, Max: 2048, Match: rolePattern, MatchDoc: "the ARN of a role", Doc: "the ARN of a role that exists, instead of one that is made; jobgen says what it must allow", Example: "'arn:aws:iam::123456789012:role/jobs'"},
	{Name: "managed_policies", AWS: "ManagedPolicyArns", Kind: PropTexts, Params: true, Min: 1, Max: 25, Match: policyARNPattern, MatchDoc: "the ARN of a managed policy", Doc: "ARNs of managed policies for the role that is made", Example: "['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess']"},
	{Name: "permissions_boundary", AWS: "PermissionsBoundary", Kind: PropText, Params: true, Max: 2048, Match: policyARNPattern, MatchDoc: "the ARN of a managed policy", Doc: "the ARN of the policy that limits the roles that are made for the function", Example: "'arn:aws:iam::123456789012:policy/boundary'"},
	{Name: "async", AWS: "EventInvokeConfig", Kind: PropObject, Doc: "how Lambda handles an event that the handler fails on", Example: "{retries: 1, max_age: 1h, on_failure: create}", Props: []Prop{
		{Name: "retries", AWS: "MaximumRetryAttempts", Kind: PropInt, Max: 2, Doc: "number of retries (default: 2)", Example: "1"},
		{Name: "max_age", AWS: "MaximumEventAgeInSeconds", Kind: PropDuration, Min: 60, Max: 21600, Doc: "maximum age of an event; older events are dropped or go to on_failure (default: 6h)", Example: "1h"},
		{Name: "on_failure", AWS: "DestinationConfig.OnFailure.Destination", Kind: PropText, Params: true, Max: 350, Match: onFailurePattern, MatchDoc: "create, or the ARN of a standard SQS queue, a standard SNS topic, a Lambda function, an event bus or an S3 bucket", Doc: "the destination for events that the handler keeps failing on; create makes an SQS queue", Example: "create"},
	}},
	{Name: "when", Kind: PropWhen, Doc: "the condition under which the function and its rules exist, as that of a rule; under functions: package, it is for the rules of the type or method (default: always)", Example: "{Stage: {not: dev}}"},
}

var policyProps = []Prop{
	{Name: "sid", AWS: "Sid", Kind: PropText, Match: `[A-Za-z0-9]+`, MatchDoc: "letters and digits", Doc: "the statement's id", Example: "ReadReports"},
	{Name: "effect", AWS: "Effect", Kind: PropEnum, Values: []string{"Allow", "Deny"}, Doc: "the statement's effect (default: Allow)", Example: "Deny"},
	{Name: "actions", AWS: "Action", Kind: PropTexts1, Min: 1, Match: actionPattern, MatchDoc: "an action, service:Name", Doc: "the actions", Example: "[s3:GetObject]"},
	{Name: "not_actions", AWS: "NotAction", Kind: PropTexts1, Min: 1, Match: actionPattern, MatchDoc: "an action, service:Name", Doc: "all actions but these", Example: "[iam:*]"},
	{Name: "resources", AWS: "Resource", Kind: PropTexts1, Params: true, Min: 1, Match: `\*|arn:.+`, MatchDoc: "* or an ARN", Doc: "the resources (default: all, which jobgen notes)", Example: "['arn:aws:s3:::reports/*']"},
	{Name: "not_resources", AWS: "NotResource", Kind: PropTexts1, Params: true, Min: 1, Match: `\*|arn:.+`, MatchDoc: "* or an ARN", Doc: "all resources but these", Example: "['arn:aws:s3:::secrets/*']"},
	{Name: "condition", AWS: "Condition", Kind: PropJSON, Params: true, Doc: "the statement's condition", Example: "{StringEquals: {'aws:RequestedRegion': eu-west-1}}"},
}

// actionPattern takes hyphens in names because one action of vpc-lattice has one, and
// capitals in prefixes because IAM ignores letter case (IAM user guide,
// reference_policies_elements_action).
const actionPattern = `\*|[A-Za-z0-9-]+:[A-Za-z0-9*?-]+`
