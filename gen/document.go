package gen

import "encoding/json"

// SchemaVersion is the version of Document's form. It increases when a field changes
// its meaning or is removed, but not when a field is added.
const SchemaVersion = 1

// Document is the rule model: everything that jobgen knows of a package's stack,
// in AWS's terms. It is what jobs.rules.json holds, and what the user's own
// templates render.
//
// # Placeholders
//
// Some strings have parts that are known only at deployment: the parameters of
// the directives, and the ARNs of what the stack creates. The strings have placeholders
// for these parts, such as ${Stage} or ${SecurityJobInstanceStoppingFunctionArn}.
// Those of parameters are listed in Parameters, the others are the values of the Arn
// fields (arn and logGroupArn in JSON). The user's text never contains a placeholder,
// so the values can be inserted with a plain search and replace.
type Document struct {
	// GeneratedBy marks the file as jobgen's: model.Header.
	GeneratedBy   string              `json:"generatedBy"`
	SchemaVersion int                 `json:"schemaVersion"`
	Package       string              `json:"package"` // name of the Go package
	Path          string              `json:"path"`    // its import path
	Layout        string              `json:"layout"`  // "method" or "package": how many functions there are
	Parameters    []DocumentParameter `json:"parameters"`
	Conditions    []DocumentCondition `json:"conditions,omitempty"`
	Functions     []DocumentFunction  `json:"functions"`
	// ExistingFunctions are functions outside of the stack that its rules and schedules call.
	ExistingFunctions []DocumentExisting `json:"existingFunctions,omitempty"`
	Rules             []DocumentRule     `json:"rules"`
	Schedules         []DocumentSchedule `json:"schedules,omitempty"`
	Queues            []DocumentQueue    `json:"queues"`
	Place             *DocumentPlace     `json:"place,omitempty"`
	// Prerequisites are conditions outside the stack. Without them, some events of the rules
	// don't arrive. Each is a clause after "the events arrive only if".
	Prerequisites []string `json:"prerequisites,omitempty"`
	// Needs lists what resources outside the stack must have so that the jobs run.
	Needs []DocumentNeed `json:"needs,omitempty"`
}

// DocumentNeed lists what a resource outside the stack must have. Its texts are for the person
// who deploys the stack.
type DocumentNeed struct {
	Of  string   `json:"of"`
	Has []string `json:"has"`
}

// DocumentParameter is a value that is given at deployment.
type DocumentParameter struct {
	Name        string `json:"name"`
	Placeholder string `json:"placeholder"`
	Description string `json:"description"`
	Secret      bool   `json:"secret,omitempty"` // hide the value
	// Default is the value if none is given, nil if one must be given.
	Default *string  `json:"default,omitempty"`
	Allowed []string `json:"allowed,omitempty"` // the values that may be given; any if it is empty
	// List reports whether the parameter is a whole list of values. In a pattern, its
	// placeholder is the only value of a list, and the values replace it. In Default and in the
	// environment of a function, the values have commas between them. Allowed applies to each value.
	List bool `json:"list,omitempty"`
}

// DocumentFunction is a Lambda function. Lambda's default applies to a field that is
// left out.
type DocumentFunction struct {
	Name                string            `json:"name"`                   // unique among the functions: letters and digits
	Arn                 string            `json:"arn"`                    // placeholder
	PhysicalName        string            `json:"physicalName,omitempty"` // that the user gives; its log group is /aws/lambda/NAME
	Handler             string            `json:"handler"`                // of an image, the command
	Description         string            `json:"description,omitempty"`
	PackageType         string            `json:"packageType,omitempty"` // "Image" for a container image; empty for a zip file
	Runtime             string            `json:"runtime,omitempty"`     // empty for an image
	Architecture        string            `json:"architecture"`
	MemorySize          int               `json:"memorySize"` // MB
	Timeout             int               `json:"timeout"`    // seconds
	EphemeralStorage    int               `json:"ephemeralStorage,omitempty"`
	ReservedConcurrency *int              `json:"reservedConcurrency,omitempty"`
	Layers              []string          `json:"layers,omitempty"`
	Environment         map[string]string `json:"environment,omitempty"`
	SubnetIDs           []string          `json:"subnetIds,omitempty"`
	SecurityGroupIDs    []string          `json:"securityGroupIds,omitempty"`
	TracingMode         string            `json:"tracingMode,omitempty"`
	Tags                []Tag             `json:"tags,omitempty"`
	LogGroupArn         string            `json:"logGroupArn"`            // placeholder; the ARN ends in :*
	LogRetention        int               `json:"logRetention,omitempty"` // days
	LogKeep             bool              `json:"logKeep,omitempty"`      // keep the log group when the function is removed
	LogFormat           string            `json:"logFormat,omitempty"`
	LogLevel            string            `json:"applicationLogLevel,omitempty"`
	SystemLogLevel      string            `json:"systemLogLevel,omitempty"`
	KmsKeyArn           string            `json:"kmsKeyArn,omitempty"` // of the environment and the log group
	Role                string            `json:"role,omitempty"`      // the ARN of an execution role that exists; empty if one is made
	RolePolicy          Policy            `json:"rolePolicy"`          // of the execution role; if it exists, what it must allow
	ManagedPolicies     []string          `json:"managedPolicies,omitempty"`
	PermissionsBoundary string            `json:"permissionsBoundary,omitempty"` // of the roles that are made
	SharedGrants        []SharedGrant     `json:"sharedGrants,omitempty"`
	SchedulerRole       *DocumentRole     `json:"schedulerRole,omitempty"`     // nil if it has no schedules
	EventInvoke         *EventInvoke      `json:"eventInvokeConfig,omitempty"` // nil for Lambda's defaults
	// Condition is the Name of the condition under which the function exists, with its log
	// group, its role and its event-invoke config; "" if it always exists.
	Condition string `json:"condition,omitempty"`
	// ConditionalPolicies are statements of the execution role that it has only under a
	// condition.
	ConditionalPolicies []ConditionalPolicy `json:"conditionalPolicies,omitempty"`
}

// DocumentExisting is a function that exists. The rules call the version or alias Qualifier, if
// there is one, or else the unpublished version.
type DocumentExisting struct {
	Name          string        `json:"name"` // unique among the functions: letters and digits
	Arn           string        `json:"arn"`  // with the qualifier; it may have placeholders of parameters
	FunctionArn   string        `json:"functionArn"`
	Qualifier     string        `json:"qualifier,omitempty"`
	Handler       string        `json:"handler"`
	Architecture  string        `json:"architecture"` // of its program
	SharedGrants  []SharedGrant `json:"sharedGrants,omitempty"`
	SchedulerRole *DocumentRole `json:"schedulerRole,omitempty"` // nil if it has no schedules
}

// EventInvoke says what Lambda does with an event that the function fails on.
type EventInvoke struct {
	MaximumRetryAttempts     *int   `json:"maximumRetryAttempts,omitempty"`
	MaximumEventAgeInSeconds *int   `json:"maximumEventAgeInSeconds,omitempty"`
	OnFailure                string `json:"onFailure,omitempty"` // ARN
}

// DocumentRule is a rule, with the inputs of the API calls that make it. The target is the
// function, or a queue from which Lambda reads the events for the function.
type DocumentRule struct {
	ID       string `json:"id"`
	Name     string `json:"name"` // unique among the rules: the id's letters and digits
	Arn      string `json:"arn"`  // placeholder
	Method   string `json:"method"`
	Function string `json:"function"` // Name of the function that runs its job, in Functions or ExistingFunctions

	// PutRule, PutTargets, AddPermission and CreateEventSourceMapping are the inputs of
	// the API actions of these names: events PutRule, events PutTargets, lambda
	// AddPermission, lambda CreateEventSourceMapping.
	PutRule       PutRule        `json:"putRule"`
	PutTargets    PutTargets     `json:"putTargets"`
	AddPermission *AddPermission `json:"addPermission,omitempty"` // nil if the rule has a shared grant or a queue
	// CreateEventSourceMapping is nil if the target is the function, or if an earlier
	// rule has the mapping of the same queue.
	CreateEventSourceMapping *CreateEventSourceMapping `json:"createEventSourceMapping,omitempty"`
	// Condition is the Name of the condition under which the rule exists, with its target and
	// its permission; "" if it always exists. MappingCondition is that of the mapping. The two
	// differ if several rules send to the queue: the mapping exists if one of them does.
	Condition        string `json:"condition,omitempty"`
	MappingCondition string `json:"mappingCondition,omitempty"`
}

// PutRule is the input of EventBridge's PutRule. Name is the user's name for the rule, or the
// rule's id if there is none. For a rule with a shared grant, the grant's NamePrefix is before
// the id. AWS requires that names are unique on a bus.
type PutRule struct {
	Name               string `json:"Name"`
	Description        string `json:"Description,omitempty"`
	State              string `json:"State"`
	EventBusName       string `json:"EventBusName,omitempty"`
	EventPattern       string `json:"EventPattern,omitempty"` // JSON
	ScheduleExpression string `json:"ScheduleExpression,omitempty"`
	Tags               []Tag  `json:"Tags,omitempty"`
}

// PutTargets is the input of EventBridge's PutTargets.
type PutTargets struct {
	Rule         string   `json:"Rule"`
	EventBusName string   `json:"EventBusName,omitempty"`
	Targets      []Target `json:"Targets"`
}

// Target is a target of EventBridge's API.
type Target struct {
	ID               string            `json:"Id"`
	Arn              string            `json:"Arn"`
	Input            string            `json:"Input,omitempty"`
	InputPath        string            `json:"InputPath,omitempty"`
	InputTransformer *InputTransformer `json:"InputTransformer,omitempty"`
	RetryPolicy      *RetryPolicy      `json:"RetryPolicy,omitempty"`
	DeadLetterConfig *DeadLetterConfig `json:"DeadLetterConfig,omitempty"`
	SqsParameters    *SqsParameters    `json:"SqsParameters,omitempty"`
}

// SqsParameters has the message group of all events that a rule sends to a FIFO queue.
type SqsParameters struct {
	MessageGroupID string `json:"MessageGroupId"`
}

// InputTransformer is a target's input transformer.
type InputTransformer struct {
	InputPathsMap map[string]string `json:"InputPathsMap,omitempty"`
	InputTemplate string            `json:"InputTemplate"`
}

// RetryPolicy says how long EventBridge tries to deliver.
type RetryPolicy struct {
	MaximumRetryAttempts     *int `json:"MaximumRetryAttempts,omitempty"`
	MaximumEventAgeInSeconds *int `json:"MaximumEventAgeInSeconds,omitempty"`
}

// DeadLetterConfig says where undelivered events go.
type DeadLetterConfig struct {
	Arn string `json:"Arn"`
}

// AddPermission is the input of Lambda's AddPermission.
type AddPermission struct {
	FunctionName string `json:"FunctionName"`
	Qualifier    string `json:"Qualifier,omitempty"`
	StatementID  string `json:"StatementId"`
	Action       string `json:"Action"`
	Principal    string `json:"Principal"`
	SourceArn    string `json:"SourceArn"`
}

// CreateEventSourceMapping is the input of Lambda's CreateEventSourceMapping. Lambda's
// default applies to a field that is left out.
type CreateEventSourceMapping struct {
	EventSourceArn                 string         `json:"EventSourceArn"`
	FunctionName                   string         `json:"FunctionName"`
	BatchSize                      int            `json:"BatchSize,omitempty"`
	MaximumBatchingWindowInSeconds int            `json:"MaximumBatchingWindowInSeconds,omitempty"`
	ScalingConfig                  *ScalingConfig `json:"ScalingConfig,omitempty"`
	FunctionResponseTypes          []string       `json:"FunctionResponseTypes"`
}

// ScalingConfig limits the number of batches that a function handles at the same time.
type ScalingConfig struct {
	MaximumConcurrency int `json:"MaximumConcurrency"`
}

// SharedGrant allows EventBridge to call a function for many rules at once,
// because one grant for each would make the function's policy too large. The
// SourceArn is a placeholder for the ARN of one of the rules, with * in place of all
// that follows NamePrefix in the rule's name.
type SharedGrant struct {
	Rules         []string      `json:"rules"`      // ids
	NamePrefix    string        `json:"namePrefix"` // of the names in these rules' putRule
	AddPermission AddPermission `json:"addPermission"`
	Condition     string        `json:"condition,omitempty"` // as that of each of the rules
}

// Policy is a policy document of IAM.
type Policy struct {
	Version   string      `json:"Version"`
	Statement []Statement `json:"Statement"`
}

// Statement is a statement of a policy.
type Statement struct {
	Sid         string            `json:"Sid,omitempty"`
	Effect      string            `json:"Effect"`
	Principal   map[string]string `json:"Principal,omitempty"`
	Action      []string          `json:"Action,omitempty"`
	NotAction   []string          `json:"NotAction,omitempty"`
	Resource    []string          `json:"Resource,omitempty"`
	NotResource []string          `json:"NotResource,omitempty"`
	Condition   json.RawMessage   `json:"Condition,omitempty"`
}

// Tag is a tag of AWS's API.
type Tag struct {
	Key   string `json:"Key"`
	Value string `json:"Value"`
}
