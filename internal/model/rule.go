package model

import (
	"cmp"
	"time"
)

// Rule is one EventBridge rule with its one target: the function that runs the
// rule's job, or the queue before that function. It has a pattern or a schedule, never
// both. It is a schedule of EventBridge Scheduler if Scheduler is set.
type Rule struct {
	// ID is unique in the package. It is the target's id and the stem of every
	// logical name: [A-Za-z][A-Za-z0-9_-]*, at most 64 bytes.
	ID   string
	Job  *Job
	Name Text // physical name; nil lets the deployment tool choose

	Description string
	State       Text // see Enabled; nil is ENABLED
	EventBus    Text // name or ARN; nil is the default bus
	Pattern     *Value
	Schedule    Text       // "rate(10 minutes)", "cron(0 12 * * ? *)", "at(2027-01-01T00:00:00)"
	Scheduler   *Scheduler // nil for a rule

	Retry *Retry
	DLQ   *DLQ
	Queue *Queue // nil: the rule calls the function
	Input *Input
	Tags  []Tag
	// When is the condition that directives give the rule. See Condition.
	When When
	Pos  Pos
}

// The states of a rule (API_PutRule).
const (
	Enabled           = "ENABLED"
	Disabled          = "DISABLED"
	EnabledCloudTrail = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"
)

// HasState reports whether a rule has a state. A rule whose state is a parameter has none of
// them for certain.
func (r *Rule) HasState(state string) bool {
	given, ok := r.State.Plain()
	return ok && cmp.Or(given, Enabled) == state
}

// Retry is EventBridge's policy for delivery to the target. AWS's default applies to a
// nil field: 185 attempts, 24 hours.
type Retry struct {
	Attempts *int           // 0..185
	MaxAge   *time.Duration // 60 s..24 h, whole seconds
}

// DLQ is the queue for events that EventBridge could not deliver.
type DLQ struct {
	Create bool // make a queue with its policy
	ARN    Text // otherwise
}

// Input is the input that the target gets instead of the whole event. Exactly one of
// JSON, Path and Transformer is set.
type Input struct {
	JSON        *Value // a constant
	Path        string // a JSON path, "$.detail"
	Transformer *Transformer
}

// Transformer is an EventBridge input transformer.
type Transformer struct {
	Paths    []PathVar
	Template string // in AWS's form: <name> is a variable
}

// PathVar is one entry of a transformer's InputPathsMap.
type PathVar struct{ Name, Path string }

// Tag is a key and a value.
type Tag struct{ Key, Value string }

// Function holds a Lambda function's properties. For a zero value the generators apply
// the default (provided.al2023, arm64, 128 MB, 30 s).
//
// A function with an ARN exists outside of the rule files. It then has only the fields that
// Function.existing keeps.
type Function struct {
	ID                  string        // the stem of its resources' names; see Job.FunctionID
	ARN                 Text          // of a function that exists, without a qualifier; nil if the rule files contain the function
	ARNPos              Pos           // of the property
	Qualifier           Text          // the version or alias of a function that exists; nil for none
	Timeout             time.Duration // whole seconds, 1 s..900 s
	Memory              int           // MB, 128..10240
	Description         string
	Environment         []EnvVar
	Architecture        string // "arm64", "x86_64"
	ArchitecturePos     Pos    // of the property
	Tracing             string // "Active", "PassThrough"
	ReservedConcurrency *int
	EphemeralStorage    int // MB, 512..10240
	Layers              []Text
	VPC                 *VPC
	Tags                []Tag
	LogRetention        int   // days, one of CloudWatch Logs' set
	LogKeep             *bool // keep the log group when the function is removed
	Async               *Async
	Policies            []Statement // iam_policy: they add up
	Role                Text        // ARN of a role that exists; nil if one is made
	RolePos             Pos         // of the property
	ManagedPolicies     []Text      // ARNs, of the role that is made
	PermissionsBoundary Text        // ARN of a policy, for the roles that are made; nil for none
	PhysicalName        Text        // nil lets the deployment tool choose
	LogFormat           string      // "Text" (the default), "JSON"
	LogLevel            string      // of the function's own log, only with JSON
	SystemLogLevel      string      // of Lambda's log lines, only with JSON
	KMSKey              Text        // ARN of the key for environment, log and queues; nil for AWS's keys
	KMSKeyPos           Pos         // of the property
	Code                string      // "zip" (the default), "image"
	// When is the condition under which the function and its rules exist. In the package
	// layout, it is that of the rules of one type or method, and the function always exists.
	When When
}

// DefaultArchitecture is the default of Function.Architecture.
const DefaultArchitecture = "arm64"

// EnvVar is one environment variable.
type EnvVar struct {
	Name  string
	Value Text
	Pos   Pos // of the name
}

// VPC is the function's place in a VPC.
type VPC struct {
	Subnets        []Text // 1..16
	SecurityGroups []Text // 1..5
}

// Async is the event-invoke config: what Lambda does when the handler fails.
type Async struct {
	Retries   *int           // 0..2, Lambda's default 2
	MaxAge    *time.Duration // 60 s..6 h, whole seconds, Lambda's default 6 h
	OnFailure *Destination
}

// Destination is where Lambda sends an event on which all tries failed.
type Destination struct {
	Create bool // make an SQS queue
	ARN    Text // otherwise: SQS, SNS, Lambda, EventBridge or S3
}

// Statement is one statement of the execution role's policy.
type Statement struct {
	Sid       string
	Effect    string // "Allow" or "Deny"
	Actions   []string
	NotAction bool // Actions are NotAction's
	Resources []Text
	// NotResource says that Resources are NotResource's.
	NotResource bool
	Condition   *Value // nil or an object
	Pos         Pos    // of the directive
	// AnyOf are the conditions of the jobs that need the statement, in the package layout. The
	// role has the statement if one of them holds, or if there are none.
	AnyOf []When
}
