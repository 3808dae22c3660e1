package localaws

import (
	"encoding/json"
	"errors"
	"time"
)

// Stack is what a build has. Values of parameters are filled in.
type Stack struct {
	Built     time.Time
	Rules     []Rule
	Schedules []Schedule
	Queues    []Queue
	// Function finds a function by a name that clients use for it.
	Function func(name string) (Function, bool)
}

// Rule is a rule of EventBridge (API_DescribeRule).
type Rule struct {
	Name               string
	ARN                string `json:"Arn"`
	Bus                string `json:"EventBusName"` // its name
	EventPattern       string `json:",omitempty"`
	ScheduleExpression string `json:",omitempty"`
	State              string
	Description        string   `json:",omitempty"`
	Targets            []Target `json:"-"`
}

// Target is a target of a rule (API_Target).
type Target struct {
	ID               string            `json:"Id"`
	ARN              string            `json:"Arn"`
	Input            string            `json:",omitempty"`
	InputPath        string            `json:",omitempty"`
	InputTransformer *InputTransformer `json:",omitempty"`
	SQS              *SQSParameters    `json:"SqsParameters,omitempty"`
	DeadLetters      *DeadLetterConfig `json:"DeadLetterConfig,omitempty"`
	Retry            *RetryPolicy      `json:"RetryPolicy,omitempty"`
}

// InputTransformer is the input transformer of a rule's target.
type InputTransformer struct {
	InputPathsMap map[string]string `json:",omitempty"`
	InputTemplate string
}

// SQSParameters has the message group of a target that is a FIFO queue.
type SQSParameters struct{ MessageGroupID string }

// MarshalJSON writes the names of API_SqsParameters.
func (p SQSParameters) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]string{"MessageGroupId": p.MessageGroupID})
}

// DeadLetterConfig names the queue for what a target doesn't accept.
type DeadLetterConfig struct {
	ARN string `json:"Arn"`
}

// RetryPolicy is a target's policy for deliveries that fail. AWS's defaults apply to nil
// fields.
type RetryPolicy struct {
	MaximumRetryAttempts     *int `json:",omitempty"`
	MaximumEventAgeInSeconds *int `json:",omitempty"`
}

// Schedule is a schedule of EventBridge Scheduler (API_scheduler_GetSchedule).
type Schedule struct {
	Name                  string
	ARN                   string
	Group                 string
	Description           string
	State                 string
	Expression            string
	Timezone              string
	Start, End            time.Time     // zero for none
	Window                time.Duration // whole minutes; 0 for none
	DeleteAfterCompletion bool
	KMSKey                string
	Target                ScheduleTarget
}

// ScheduleTarget is the target of a schedule.
type ScheduleTarget struct {
	ARN         string            `json:"Arn"`
	RoleARN     string            `json:"RoleArn"`
	Input       string            `json:",omitempty"`
	DeadLetters *DeadLetterConfig `json:"DeadLetterConfig,omitempty"`
	Retry       *RetryPolicy      `json:"RetryPolicy,omitempty"`
}

// Queue is a queue of SQS. A FIFO queue deduplicates by content: EventBridge sends to no other.
type Queue struct {
	Name string
	FIFO bool
}

// Function is a function of Lambda. Its only version is $LATEST.
type Function struct {
	Name      string // for the backend
	Qualifier string // an alias or a version under which it is called too; "" for none
}

// Event is an entry of PutEvents that is accepted.
type Event struct {
	Bus         string // its name
	Source      string
	DetailType  string
	Detail      json.RawMessage // an object
	Resources   []string
	Time        time.Time // zero if the entry has none
	TraceHeader string
}

// PutResult is the result of an event: its id, or the reason why the backend didn't take it.
type PutResult struct {
	ID  string
	Err error
}

// The reasons why a backend doesn't take something that clients know. They try again after ErrBusy.
var (
	ErrBusy      = errors.New("too many events wait for their functions; put fewer at a time")
	ErrThrottled = errors.New("the function's reserved concurrency is 0, so it can't be called")
)

// Message is a message of SendMessage that is accepted.
type Message struct {
	Body            string
	Delay           time.Duration
	Attributes      map[string]Attribute
	TraceHeader     string // the system attribute AWSTraceHeader
	GroupID         string
	DeduplicationID string // "" for the hash of the body
}

// Attribute is a message attribute.
type Attribute struct {
	DataType string
	String   string // the value, unless the type is Binary
	Binary   []byte
}

// Sent is what the backend knows of a message that it took.
type Sent struct {
	ID       string
	Sequence string // only of a FIFO queue
}

// Result is the result of a synchronous invocation.
type Result struct {
	Payload       []byte
	FunctionError string // "Unhandled", or "" if the invocation succeeded
	Log           []byte // what the function wrote
}
