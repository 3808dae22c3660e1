package localaws_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/internal/localaws"
	"github.com/jobgen/jobgen/internal/localaws/fake"
	"github.com/jobgen/jobgen/internal/loopback"
)

// server is a handler behind a loopback address, with what it recorded.
type server struct {
	*fake.Backend
	url     string
	unknown []string
}

func start(t *testing.T) *server {
	t.Helper()
	s := &server{Backend: fake.New()}
	handler := localaws.New(s.Backend, localaws.Options{Account: fake.Account, Region: fake.Region, Unknown: func(service, operation string) {
		s.unknown = append(s.unknown, service+" "+operation)
	}})
	listener := httptest.NewServer(loopback.Protect(handler))
	t.Cleanup(listener.Close)
	s.url = listener.URL
	return s
}

// request is a request to an operation, as a client sends it.
type request struct {
	method, path string
	headers      map[string]string
	body         string
}

// events and queue are requests in AWS JSON.
func events(operation, body string) request {
	return request{method: "POST", path: "/", body: body, headers: map[string]string{
		"X-Amz-Target": "AWSEvents." + operation, "Content-Type": "application/x-amz-json-1.1",
	}}
}

func queue(operation, body string) request {
	return request{method: "POST", path: "/", body: body, headers: map[string]string{
		"X-Amz-Target": "AmazonSQS." + operation, "Content-Type": "application/x-amz-json-1.0",
	}}
}

func get(path string) request { return request{method: "GET", path: path} }

// invoke is a request to Lambda, with headers as NAME=VALUE.
func invoke(function, body string, headers ...string) request {
	r := request{method: "POST", path: "/2015-03-31/functions/" + function + "/invocations", body: body, headers: map[string]string{}}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, "=")
		r.headers[name] = value
	}
	return r
}

func (s *server) do(t *testing.T, r request) (answer, []byte) {
	t.Helper()
	h, err := http.NewRequestWithContext(t.Context(), r.method, s.url+r.path, strings.NewReader(r.body))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range r.headers {
		h.Header.Set(name, value)
	}
	response, err := http.DefaultClient.Do(h)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{response.StatusCode, response.Header}, body
}

// answer is the head of a response.
type answer struct {
	StatusCode int
	Header     http.Header
}

// entry is an entry of PutEvents; more has further fields.
func entry(more string) string {
	if more != "" {
		more = "," + more
	}
	return `{"Source":"shop.orders","DetailType":"order.placed","Detail":"{\"id\":1}"` + more + `}`
}

func entries(list ...string) string { return `{"Entries":[` + strings.Join(list, ",") + `]}` }

// sized returns an entry of a size in bytes, as AWS counts it.
func sized(size int) string {
	e := `{"Source":"s","DetailType":"t","Detail":"{\"x\":\"%s\"}"}`
	return fmt.Sprintf(e, strings.Repeat("x", size-len(`st{"x":""}`)))
}

const fullEvent = `"{\"id\":\"1\",\"account\":\"1\",\"source\":\"shop.orders\",\"time\":\"2026-11-30T12:00:00Z\",\"region\":\"eu-west-1\",\"detail-type\":\"order.placed\",\"detail\":{}}"`

const eventTime = 1764500000.5

// operationCases are requests with what the answer must have: the text of its body for a success,
// and the code, status and text of an error.
var operationCases = []struct {
	name      string
	service   string // in botocore
	operation string
	request   request
	code      string // of an error, "" for a success
	want      string // a part of the body
}{
	{"an event", "events", "PutEvents", events("PutEvents", entries(entry(""))), "", `{"FailedEntryCount":0,"Entries":[{"EventId":"00000000-0000-4000-8000-000000000001"}]}`},
	{"ten entries", "events", "PutEvents", events("PutEvents", entries(slices.Repeat([]string{entry("")}, 10)...)), "", `"FailedEntryCount":0`},
	{"eleven entries", "events", "PutEvents", events("PutEvents", entries(slices.Repeat([]string{entry("")}, 11)...)), "ValidationException", "1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length less than or equal to 10"},
	{"no entries", "events", "PutEvents", events("PutEvents", `{"Entries":[]}`), "ValidationException", "Value at 'entries' failed to satisfy constraint: Member must have length greater than or equal to 1"},
	{"no list", "events", "PutEvents", events("PutEvents", `{}`), "ValidationException", "Value null at 'entries' failed to satisfy constraint: Member must not be null"},
	{"no source", "events", "PutEvents", events("PutEvents", entries(entry(""), `{"DetailType":"t","Detail":"{}"}`)), "", `{"FailedEntryCount":1,"Entries":[{"EventId":"00000000-0000-4000-8000-000000000001"},{"ErrorCode":"InvalidArgument","ErrorMessage":"Parameter Source is not valid. Reason: Source is a required argument."}]}`},
	{"no detail-type", "events", "PutEvents", events("PutEvents", entries(`{"Source":"s","Detail":"{}"}`)), "", `Reason: DetailType is a required argument.`},
	{"a long detail-type", "events", "PutEvents", events("PutEvents", entries(`{"Source":"s","DetailType":"`+strings.Repeat("ä", 129)+`","Detail":"{}"}`)), "", `Reason: DetailType has more than 128 characters.`},
	{"the longest detail-type", "events", "PutEvents", events("PutEvents", entries(`{"Source":"s","DetailType":"`+strings.Repeat("ä", 128)+`","Detail":"{}"}`)), "", `"FailedEntryCount":0`},
	{"no detail", "events", "PutEvents", events("PutEvents", entries(`{"Source":"s","DetailType":"t"}`)), "", `Reason: Detail is a required argument.`},
	{"names in another letter case", "events", "PutEvents", events("PutEvents", entries(`{"source":"s","detailType":"t","detail":"{}"}`)), "", `Reason: Source is a required argument.`},
	{"a detail that is a list", "events", "PutEvents", events("PutEvents", entries(`{"Source":"s","DetailType":"t","Detail":"[]"}`)), "", `{"ErrorCode":"MalformedDetail","ErrorMessage":"Detail is malformed."}`},
	{"a detail that is no JSON", "events", "PutEvents", events("PutEvents", entries(`{"Source":"s","DetailType":"t","Detail":"{id: 1}"}`)), "", `MalformedDetail`},
	{"the deepest detail", "events", "PutEvents", events("PutEvents", entries(`{"Source":"s","DetailType":"t","Detail":"`+strings.Repeat(`{\"[\":`, 999)+"[]"+strings.Repeat("}", 999)+`"}`)), "", `"FailedEntryCount":0`},
	{"a detail that is too deep", "events", "PutEvents", events("PutEvents", entries(`{"Source":"s","DetailType":"t","Detail":"`+strings.Repeat(`{\"[\":`, 1000)+"[]"+strings.Repeat("}", 1000)+`"}`)), "", `MalformedDetail`},
	{"brackets in a string", "events", "PutEvents", events("PutEvents", entries(`{"Source":"s","DetailType":"t","Detail":"{\"a\":\"\\\"`+strings.Repeat("[", 1001)+`\"}"}`)), "", `"FailedEntryCount":0`},
	{"an entry after one that fails", "events", "PutEvents", events("PutEvents", entries(`{}`, entry(""))), "", `Source is a required argument."},{"EventId":"00000000-0000-4000-8000-000000000001"}]}`},
	{"an event of AWS", "events", "PutEvents", events("PutEvents", entries(`{"Source":"aws.ec2","DetailType":"t","Detail":"{}"}`)), "", `{"ErrorCode":"NotAuthorizedForSourceException","ErrorMessage":"Not authorized for the source."}`},
	{"a bus", "events", "PutEvents", events("PutEvents", entries(entry(`"EventBusName":"arn:aws:events:eu-west-1:123456789012:event-bus/shop"`))), "", `"FailedEntryCount":0`},
	{"a bus that isn't there", "events", "PutEvents", events("PutEvents", entries(entry(`"EventBusName":"nowhere"`))), "", `"FailedEntryCount":0`},
	{"a bus that can't be", "events", "PutEvents", events("PutEvents", entries(entry(""), entry(`"EventBusName":"a b"`))), "ValidationException", `Value 'a b' at 'entries.2.member.eventBusName' failed to satisfy constraint: Member must satisfy regular expression pattern: (arn:aws[\\w-]*:`},
	{"all fields", "events", "PutEvents", events("PutEvents", entries(entry(fmt.Sprintf(`"Time":%v,"Resources":["arn:a","arn:b"],"TraceHeader":"Root=1"`, eventTime)))), "", `"FailedEntryCount":0`},
	{"fields that are null", "events", "PutEvents", events("PutEvents", entries(entry(`"Time":null,"Resources":null,"EventBusName":null,"TraceHeader":null`))), "", `"FailedEntryCount":0`},
	{"an empty trace header", "events", "PutEvents", events("PutEvents", entries(entry(`"TraceHeader":""`))), "ValidationException", "Value '' at 'entries.1.member.traceHeader'"},
	{"a long resource", "events", "PutEvents", events("PutEvents", entries(entry(`"Resources":["`+strings.Repeat("x", 2049)+`"]`))), "ValidationException", "Value at 'entries.1.member.resources.1.member' failed to satisfy constraint: Member must have length less than or equal to 2048"},
	{"a megabyte", "events", "PutEvents", events("PutEvents", entries(sized(1<<19), sized(1<<19))), "", `"FailedEntryCount":0`},
	{"more than a megabyte", "events", "PutEvents", events("PutEvents", entries(sized(1<<19), sized(1<<19+1))), "ValidationException", "Total size of the entries in the request is over the limit."},
	{"a megabyte and a time", "events", "PutEvents", events("PutEvents", entries(strings.Replace(sized(1<<20-13), `{"S`, `{"Time":1,"S`, 1))), "ValidationException", "Total size"},
	{"a body of 2 MB", "events", "PutEvents", events("PutEvents", entries(sized(2<<20))), "ValidationException", "Total size of the entries in the request is over the limit."},
	{"a body of 11 MB", "events", "PutEvents", events("PutEvents", entries(sized(11<<20))), "RequestEntityTooLargeException", "larger than 10 MB"},
	{"malformed JSON", "events", "PutEvents", events("PutEvents", `{"Entries":[`), "SerializationException", "The request is not valid JSON: "},
	{"no body", "events", "PutEvents", events("PutEvents", ``), "SerializationException", "not valid JSON"},
	{"a request that is a list", "events", "PutEvents", events("PutEvents", `[]`), "SerializationException", "The request is an object, not a list."},
	{"a detail that is an object", "events", "PutEvents", events("PutEvents", entries(`{"Source":"s","DetailType":"t","Detail":{}}`)), "SerializationException", "Entries[0].Detail is a string, not an object."},
	{"a time that is a text", "events", "PutEvents", events("PutEvents", entries(entry(`"Time":"2026-11-30T12:00:00Z"`))), "SerializationException", "Entries[0].Time is a number of seconds since 1970, not a string."},
	{"a time that is out of range", "events", "PutEvents", events("PutEvents", entries(entry(`"Time":1764500000000`))), "SerializationException", "out of range"},
	{"an entry that is a text", "events", "PutEvents", events("PutEvents", entries(`"x"`)), "SerializationException", "Entries[0] is an object, not a string."},

	{"a match", "events", "TestEventPattern", events("TestEventPattern", `{"EventPattern":"{\"source\":[\"shop.orders\"]}","Event":`+fullEvent+`}`), "", `{"Result":true}`},
	{"no match", "events", "TestEventPattern", events("TestEventPattern", `{"EventPattern":"{\"source\":[{\"prefix\":\"aws.\"}]}","Event":`+fullEvent+`}`), "", `{"Result":false}`},
	{"a pattern that is not valid", "events", "TestEventPattern", events("TestEventPattern", `{"EventPattern":"{\"source\":\"shop.orders\"}","Event":`+fullEvent+`}`), "InvalidEventPatternException", "Event pattern is not valid. Reason:"},
	{"a pattern that is too long", "events", "TestEventPattern", events("TestEventPattern", `{"EventPattern":"`+strings.Repeat(" ", 4097)+`","Event":"{}"}`), "ValidationException", "Value at 'eventPattern' failed to satisfy constraint: Member must have length less than or equal to 4096"},
	{"an event without fields", "events", "TestEventPattern", events("TestEventPattern", `{"EventPattern":"{\"source\":[\"x\"]}","Event":"{}"}`), "ValidationException", "Parameter Event is not valid. Reason: the field id is missing."},
	{"an event that is no object", "events", "TestEventPattern", events("TestEventPattern", `{"EventPattern":"{\"source\":[\"x\"]}","Event":"[1]"}`), "ValidationException", "Parameter Event is not valid."},
	{"neither pattern nor event", "events", "TestEventPattern", events("TestEventPattern", `{}`), "ValidationException", "2 validation errors detected: Value null at 'eventPattern' failed to satisfy constraint: Member must not be null; Value null at 'event' failed"},

	{"the rules of the default bus", "events", "ListRules", events("ListRules", `{}`), "", `{"Rules":[{"Name":"OrdersPlaced","Arn":"arn:aws:events:eu-west-1:123456789012:rule/OrdersPlaced","EventBusName":"default","EventPattern":"{\"source\":[\"shop.orders\"],\"detail-type\":[\"order.placed\"]}","State":"ENABLED","Description":"New orders."},{"Name":"OrdersSweep",`},
	{"the rules of a bus", "events", "ListRules", events("ListRules", `{"EventBusName":"arn:aws:events:eu-west-1:123456789012:event-bus/shop"}`), "", `"Name":"OrdersMail"`},
	{"rules by prefix", "events", "ListRules", events("ListRules", `{"NamePrefix":"OrdersS"}`), "", `{"Rules":[{"Name":"OrdersSweep","Arn":"arn:aws:events:eu-west-1:123456789012:rule/OrdersSweep","EventBusName":"default","ScheduleExpression":"rate(10 minutes)","State":"ENABLED"}]}`},
	{"no rules", "events", "ListRules", events("ListRules", `{"NamePrefix":"X"}`), "", `{"Rules":[]}`},
	{"rules of a bus that isn't there", "events", "ListRules", events("ListRules", `{"EventBusName":"nowhere"}`), "ResourceNotFoundException", "Event bus nowhere does not exist."},
	{"a limit that is too large", "events", "ListRules", events("ListRules", `{"Limit":101}`), "ValidationException", "Value '101' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 100"},
	{"a limit of 0 and a name that can't be", "events", "ListRules", events("ListRules", `{"Limit":0,"NamePrefix":"a/b"}`), "ValidationException", `2 validation errors detected: Value 'a/b' at 'namePrefix' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+; Value '0' at 'limit'`},
	{"a token that isn't one", "events", "ListRules", events("ListRules", `{"NextToken":"abc"}`), "ValidationException", "The token is not valid: abc."},

	{"a rule", "events", "DescribeRule", events("DescribeRule", `{"Name":"OrdersMail","EventBusName":"shop"}`), "", `{"Name":"OrdersMail","Arn":"arn:aws:events:eu-west-1:123456789012:rule/shop/OrdersMail","EventBusName":"shop","EventPattern":"{\"source\":[\"shop.orders\"]}","State":"DISABLED","CreatedBy":"123456789012"}`},
	{"a rule of another bus", "events", "DescribeRule", events("DescribeRule", `{"Name":"OrdersMail"}`), "ResourceNotFoundException", "Rule OrdersMail does not exist on EventBus default."},
	{"a rule without a name", "events", "DescribeRule", events("DescribeRule", `{}`), "ValidationException", "Value null at 'name'"},

	{"targets", "events", "ListTargetsByRule", events("ListTargetsByRule", `{"Rule":"OrdersPlaced"}`), "", `{"Targets":[{"Id":"OrdersPlaced","Arn":"arn:aws:lambda:eu-west-1:123456789012:function:orders","DeadLetterConfig":{"Arn":"arn:aws:sqs:eu-west-1:123456789012:dead"},"RetryPolicy":{"MaximumRetryAttempts":3,"MaximumEventAgeInSeconds":3600}}]}`},
	{"a target with a transformer", "events", "ListTargetsByRule", events("ListTargetsByRule", `{"Rule":"OrdersMail","EventBusName":"shop"}`), "", `"InputTransformer":{"InputPathsMap":{"id":"$.detail.id"},"InputTemplate":"{\"id\": \u003cid\u003e}"},"SqsParameters":{"MessageGroupId":"mail"}`},
	{"targets of a rule that isn't there", "events", "ListTargetsByRule", events("ListTargetsByRule", `{"Rule":"X"}`), "ResourceNotFoundException", "Rule X does not exist on EventBus default."},
	{"targets on a bus that isn't there", "events", "ListTargetsByRule", events("ListTargetsByRule", `{"Rule":"OrdersPlaced","EventBusName":"x"}`), "ResourceNotFoundException", "Event bus x does not exist."},

	{"schedules", "scheduler", "ListSchedules", get("/schedules"), "", `{"Schedules":[{"Arn":"arn:aws:scheduler:eu-west-1:123456789012:schedule/default/Report","CreationDate":1796040000.5,"GroupName":"default","LastModificationDate":1796040000.5,"Name":"Report","State":"ENABLED","Target":{"Arn":"arn:aws:lambda:eu-west-1:123456789012:function:orders"}},{`},
	{"schedules of a group", "scheduler", "ListSchedules", get("/schedules?ScheduleGroup=nightly&State=ENABLED&NamePrefix=Re"), "", `schedule/nightly/Report`},
	{"a page of schedules", "scheduler", "ListSchedules", get("/schedules?MaxResults=1"), "", `{"NextToken":"`},
	{"no schedules", "scheduler", "ListSchedules", get("/schedules?State=DISABLED"), "", `{"Schedules":[]}`},
	{"schedules of a group that isn't there", "scheduler", "ListSchedules", get("/schedules?ScheduleGroup=x"), "ResourceNotFoundException", "Schedule group x does not exist."},
	{"parameters that can't be", "scheduler", "ListSchedules", get("/schedules?State=ON&MaxResults=0"), "ValidationException", "2 validation errors detected: Value 'ON' at 'state' failed to satisfy constraint: Member must satisfy enum value set: [ENABLED, DISABLED]; Value '0' at 'maxResults'"},
	{"a number that isn't one", "scheduler", "ListSchedules", get("/schedules?MaxResults=x"), "SerializationException", `MaxResults is an integer, not \"x\".`},

	{"a schedule", "scheduler", "GetSchedule", get("/schedules/Report?groupName=nightly"), "", `{"ActionAfterCompletion":"DELETE","Arn":"arn:aws:scheduler:eu-west-1:123456789012:schedule/nightly/Report","CreationDate":1796040000.5,"Description":"A report.","EndDate":1798761600,"FlexibleTimeWindow":{"MaximumWindowInMinutes":15,"Mode":"FLEXIBLE"},"GroupName":"nightly","KmsKeyArn":"arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab","LastModificationDate":1796040000.5,"Name":"Report","ScheduleExpression":"cron(0 6 * * ? *)","ScheduleExpressionTimezone":"Europe/Berlin","StartDate":1767225600,"State":"ENABLED","Target":{"Arn":"arn:aws:lambda:eu-west-1:123456789012:function:orders","RoleArn":"arn:aws:iam::123456789012:role/Report","Input":"{\"detail\":{}}","DeadLetterConfig":{"Arn":"arn:aws:sqs:eu-west-1:123456789012:dead"},"RetryPolicy":{"MaximumRetryAttempts":3,"MaximumEventAgeInSeconds":3600}}}`},
	{"a schedule of the default group", "scheduler", "GetSchedule", get("/schedules/Report"), "", `"ActionAfterCompletion":"NONE"`},
	{"a schedule that isn't there", "scheduler", "GetSchedule", get("/schedules/X"), "ResourceNotFoundException", "Schedule X does not exist."},
	{"a schedule of a group that isn't there", "scheduler", "GetSchedule", get("/schedules/Report?groupName=x"), "ResourceNotFoundException", "Schedule group x does not exist."},
	{"a name that can't be", "scheduler", "GetSchedule", get("/schedules/a%20b"), "ValidationException", "Value 'a b' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[0-9a-zA-Z-_.]+$"},

	{"a message", "sqs", "SendMessage", queue("SendMessage", `{"QueueUrl":"https://sqs.eu-west-1.amazonaws.com/123456789012/orders","MessageBody":"hello","DelaySeconds":5}`), "", `{"MD5OfMessageBody":"5d41402abc4b2a76b9719d911017c592","MessageId":"11111111-0000-4000-8000-000000000001"}`},
	{"a message of a group", "sqs", "SendMessage", queue("SendMessage", `{"QueueUrl":"mail.fifo","MessageBody":"hello","MessageGroupId":"g","MessageDeduplicationId":"d"}`), "", `"SequenceNumber":"1"`},
	{"attributes", "sqs", "SendMessage", queue("SendMessage", `{"QueueUrl":"/1/orders","MessageBody":"msg","MessageAttributes":{"Hello":{"DataType":"String","StringValue":"There"},"General":{"DataType":"String","StringValue":"Kenobi"},"Help.Me":{"DataType":"String","StringValue":"Me"}}}`), "", `"MD5OfMessageAttributes":"4c360f3fdafd970e05fae2f149d997f5"`},
	{"a binary attribute", "sqs", "SendMessage", queue("SendMessage", `{"QueueUrl":"/1/orders","MessageBody":"test","MessageAttributes":{"attr1":{"DataType":"Binary","BinaryValue":"dHJhY2VwYXJlbnQeMDAtNzc0MDYyZDZjMzcwODFhNWEwYjliNWI4OGUzMDYyN2MtMmQyNDgyMjExZjY0ODlkYS0wMQ=="}}}`), "", `"MD5OfMessageAttributes":"8cbe4db156db8a94db8b801b7addb984"`},
	{"a trace header", "sqs", "SendMessage", queue("SendMessage", `{"QueueUrl":"/1/orders","MessageBody":"msg","MessageSystemAttributes":{"AWSTraceHeader":{"DataType":"String","StringValue":"Root=1"}}}`), "", `"MD5OfMessageSystemAttributes":"`},
	{"the largest message", "sqs", "SendMessage", queue("SendMessage", `{"QueueUrl":"/1/orders","MessageBody":"`+strings.Repeat("x", 1<<20)+`"}`), "", `"MessageId"`},
	{"a message that is too large", "sqs", "SendMessage", queue("SendMessage", `{"QueueUrl":"/1/orders","MessageBody":"`+strings.Repeat("x", 1<<20)+`","MessageAttributes":{"a":{"DataType":"String","StringValue":"b"}}}`), "InvalidParameterValue", "One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes."},
	{"a queue that isn't there", "sqs", "SendMessage", queue("SendMessage", `{"QueueUrl":"https://sqs.eu-west-1.amazonaws.com/123456789012/other","MessageBody":"hello"}`), "QueueDoesNotExist", "The specified queue does not exist."},
	{"no queue", "sqs", "SendMessage", queue("SendMessage", `{"MessageBody":"hello"}`), "MissingParameter", "The request must contain the parameter QueueUrl."},
	{"no message", "sqs", "SendMessage", queue("SendMessage", `{"QueueUrl":"/1/orders"}`), "MissingParameter", "The request must contain the parameter MessageBody."},
	{"an empty message", "sqs", "SendMessage", queue("SendMessage", `{"QueueUrl":"/1/orders","MessageBody":""}`), "MissingParameter", "The request must contain the parameter MessageBody."},
	{"a character that can't be", "sqs", "SendMessage", queue("SendMessage", `{"QueueUrl":"/1/orders","MessageBody":"a\u0000"}`), "InvalidMessageContents", "characters outside the allowed set"},
	{"a delay that is too long", "sqs", "SendMessage", queue("SendMessage", `{"QueueUrl":"/1/orders","MessageBody":"x","DelaySeconds":901}`), "InvalidParameterValue", "Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be \\u003e= 0 and \\u003c= 900."},
	{"a delay in a FIFO queue", "sqs", "SendMessage", queue("SendMessage", `{"QueueUrl":"/1/mail.fifo","MessageBody":"x","MessageGroupId":"g","DelaySeconds":2}`), "InvalidParameterValue", "Value 2 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type."},
	{"no group in a FIFO queue", "sqs", "SendMessage", queue("SendMessage", `{"QueueUrl":"/1/mail.fifo","MessageBody":"x"}`), "MissingParameter", "The request must contain the parameter MessageGroupId."},
	{"a group that can't be", "sqs", "SendMessage", queue("SendMessage", `{"QueueUrl":"/1/mail.fifo","MessageBody":"x","MessageGroupId":"a b"}`), "InvalidParameterValue", "Value a b for parameter MessageGroupId is invalid. Reason: MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length."},
	{"a group in a standard queue", "sqs", "SendMessage", queue("SendMessage", `{"QueueUrl":"/1/orders","MessageBody":"x","MessageGroupId":"tenant"}`), "", `"MessageId"`},
	{"a deduplication id in a standard queue", "sqs", "SendMessage", queue("SendMessage", `{"QueueUrl":"/1/orders","MessageBody":"x","MessageDeduplicationId":"d"}`), "InvalidParameterValue", "Value d for parameter MessageDeduplicationId is invalid. Reason: The request include parameter"},
	{"an attribute without a value", "sqs", "SendMessage", queue("SendMessage", `{"QueueUrl":"/1/orders","MessageBody":"x","MessageAttributes":{"a":{"DataType":"String"}}}`), "InvalidParameterValue", "The message attribute 'a' must contain non-empty message attribute value for message attribute type 'String'."},
	{"an attribute of another type", "sqs", "SendMessage", queue("SendMessage", `{"QueueUrl":"/1/orders","MessageBody":"x","MessageAttributes":{"a":{"DataType":"Stringy","StringValue":"x"}}}`), "InvalidParameterValue", "The message attribute 'a' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String."},
	{"a number that isn't one", "sqs", "SendMessage", queue("SendMessage", `{"QueueUrl":"/1/orders","MessageBody":"x","MessageAttributes":{"a":{"DataType":"Number.int","StringValue":"x"}}}`), "InvalidParameterValue", "Can't cast the value of message (user) attribute 'a' to a number."},
	{"a reserved name", "sqs", "SendMessage", queue("SendMessage", `{"QueueUrl":"/1/orders","MessageBody":"x","MessageAttributes":{"AWS.a":{"DataType":"String","StringValue":"x"}}}`), "InvalidParameterValue", "reserved for AWS"},
	{"eleven attributes", "sqs", "SendMessage", queue("SendMessage", `{"QueueUrl":"/1/orders","MessageBody":"x","MessageAttributes":{`+attributes(11)+`}}`), "InvalidParameterValue", "Number of message attributes [11] exceeds the allowed maximum [10]."},
	{"malformed Base64", "sqs", "SendMessage", queue("SendMessage", `{"QueueUrl":"/1/orders","MessageBody":"x","MessageAttributes":{"a":{"DataType":"Binary","BinaryValue":"?"}}}`), "SerializationException", "MessageAttributes.a.BinaryValue is not valid Base64"},
	{"a queue's URL", "sqs", "GetQueueUrl", queue("GetQueueUrl", `{"QueueName":"orders"}`), "", `{"QueueUrl":"http://127.0.0.1:`},
	{"a name of no queue", "sqs", "GetQueueUrl", queue("GetQueueUrl", `{"QueueName":"other"}`), "QueueDoesNotExist", "The specified queue does not exist."},
	{"no name", "sqs", "GetQueueUrl", queue("GetQueueUrl", `{}`), "MissingParameter", "The request must contain the parameter QueueName."},

	{"an invocation", "lambda", "Invoke", invoke("orders", `{"id": 1}`), "", `{"id": 1}`},
	{"by ARN", "lambda", "Invoke", invoke("arn%3Aaws%3Alambda%3Aeu-west-1%3A123456789012%3Afunction%3Aorders", `1`), "", `1`},
	{"by ARN, not escaped", "lambda", "Invoke", invoke("arn:aws:lambda:eu-west-1:123456789012:function:orders:$LATEST", `1`), "", `1`},
	{"by a part of the ARN", "lambda", "Invoke", invoke("123456789012:function:orders", `1`), "", `1`},
	{"by name and alias", "lambda", "Invoke", invoke("failing:live", ``), "", `out of paper`},
	{"by qualifier", "lambda", "Invoke", request{method: "POST", path: "/2015-03-31/functions/failing/invocations?Qualifier=live"}, "", `out of paper`},
	{"without a payload", "lambda", "Invoke", invoke("orders", ``), "", `{}`},
	{"an error of the function", "lambda", "Invoke", invoke("failing", `{}`, "X-Amz-Log-Type=Tail"), "", `{"errorMessage":"out of paper","errorType":"errorString"}`},
	{"an asynchronous invocation", "lambda", "Invoke", invoke("orders", `{}`, "X-Amz-Invocation-Type=Event"), "", ``},
	{"a dry run", "lambda", "Invoke", invoke("orders", `{}`, "X-Amz-Invocation-Type=DryRun"), "", ``},
	{"the largest payload", "lambda", "Invoke", invoke("orders", `"`+strings.Repeat("x", 6<<20-2)+`"`), "", `xxx`},
	{"a payload that is too large", "lambda", "Invoke", invoke("orders", `"`+strings.Repeat("x", 6<<20-1)+`"`), "RequestEntityTooLargeException", "Request must be smaller than 6291456 bytes for the InvokeFunction operation"},
	{"an asynchronous payload that is too large", "lambda", "Invoke", invoke("orders", `"`+strings.Repeat("x", 1<<20-1)+`"`, "X-Amz-Invocation-Type=Event"), "RequestEntityTooLargeException", "Request must be smaller than 1048576 bytes"},
	{"a payload that is no JSON", "lambda", "Invoke", invoke("orders", `{"id":`), "InvalidRequestContentException", "Could not parse request body into json: "},
	{"a function that isn't there", "lambda", "Invoke", invoke("other", `{}`), "ResourceNotFoundException", "Function not found: arn:aws:lambda:eu-west-1:123456789012:function:other"},
	{"a qualifier that isn't there", "lambda", "Invoke", invoke("orders:live", `{}`), "ResourceNotFoundException", "Function not found: arn:aws:lambda:eu-west-1:123456789012:function:orders:live"},
	{"two qualifiers", "lambda", "Invoke", request{method: "POST", path: "/2015-03-31/functions/failing:live/invocations?Qualifier=1"}, "InvalidParameterValueException", "The derived qualifier from the function name does not match the specified qualifier"},
	{"a name that can't be", "lambda", "Invoke", invoke("a%20b", `{}`), "ValidationException", "1 validation error detected: Value 'a b' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: (arn:"},
	{"a kind that can't be", "lambda", "Invoke", invoke("orders", `{}`, "X-Amz-Invocation-Type=Later"), "ValidationException", "Value 'Later' at 'invocationType' failed to satisfy constraint: Member must satisfy enum value set: [Event, RequestResponse, DryRun]"},
}

func attributes(n int) string {
	var list []string
	for i := range n {
		list = append(list, fmt.Sprintf(`"a%d":{"DataType":"String","StringValue":"x"}`, i))
	}
	return strings.Join(list, ",")
}

// TestOperations sends a request of each case, and holds the answer against AWS's model.
func TestOperations(t *testing.T) {
	models := map[string]*model{}
	for _, test := range operationCases {
		t.Run(test.operation+"/"+test.name, func(t *testing.T) {
			s := start(t)
			response, body := s.do(t, test.request)
			if !strings.Contains(string(body), test.want) {
				t.Errorf("the body has no %s:\n%.2000s", test.want, body)
			}
			if response.Header.Get("X-Amzn-Requestid") == "" {
				t.Error("the answer has no request id")
			}
			if len(s.unknown) > 0 {
				t.Errorf("unknown operations: %q", s.unknown)
			}
			m, ok := models[test.service]
			if !ok {
				m = loadModel(t, test.service)
				models[test.service] = m
			}
			if test.code == "" {
				if response.StatusCode >= http.StatusMultipleChoices {
					t.Errorf("status %d: %s", response.StatusCode, body)
				} else if err := m.checkOutput(test.operation, response, body); err != nil {
					t.Error(err)
				}
				return
			}
			if got := errorCode(response, body); got != test.code {
				t.Errorf("the error's code is %q, want %q", got, test.code)
			}
			if response.StatusCode < http.StatusBadRequest {
				t.Errorf("status %d", response.StatusCode)
			}
			if err := m.checkError(test.operation, test.code, response.StatusCode, body); err != nil {
				t.Error(err)
			}
			if len(s.Events) > 0 || len(s.Messages) > 0 || len(s.Async) > 0 {
				t.Error("the request has an effect")
			}
		})
	}
}

// TestProtocols checks the headers in which the protocols differ.
func TestProtocols(t *testing.T) {
	for _, test := range []struct {
		name    string
		request request
		status  int
		headers map[string]string
		body    string
	}{
		{"JSON 1.1", events("ListRules", `{}`), 200, map[string]string{"Content-Type": "application/x-amz-json-1.1"}, `"Rules"`},
		{"an error in JSON 1.1", events("DescribeRule", `{"Name":"X"}`), 400, map[string]string{"Content-Type": "application/x-amz-json-1.1"}, `"__type":"ResourceNotFoundException"`},
		{"JSON 1.0", queue("GetQueueUrl", `{"QueueName":"orders"}`), 200, map[string]string{"Content-Type": "application/x-amz-json-1.0"}, `"QueueUrl"`},
		{
			"an error in JSON 1.0", queue("GetQueueUrl", `{"QueueName":"x"}`), 400,
			map[string]string{"Content-Type": "application/x-amz-json-1.0", "X-Amzn-Query-Error": "AWS.SimpleQueueService.NonExistentQueue;Sender"},
			`"__type":"com.amazonaws.sqs#QueueDoesNotExist"`,
		},
		{"an error of the protocol in JSON 1.0", queue("SendMessage", `{`), 400, map[string]string{"X-Amzn-Query-Error": ""}, `"__type":"com.amazon.coral.service#SerializationException"`},
		{"REST-JSON", get("/schedules"), 200, map[string]string{"Content-Type": "application/json"}, `"Schedules"`},
		{"an error in REST-JSON", get("/schedules/X"), 404, map[string]string{"X-Amzn-Errortype": "ResourceNotFoundException"}, `{"Message":"Schedule X does not exist."}`},
		{"Lambda", invoke("orders", `7`), 200, map[string]string{"X-Amz-Executed-Version": "$LATEST", "X-Amz-Function-Error": "", "X-Amz-Log-Result": ""}, `7`},
		{"a function error", invoke("failing", `7`), 200, map[string]string{"X-Amz-Executed-Version": "$LATEST", "X-Amz-Function-Error": "Unhandled"}, `errorMessage`},
		{"an asynchronous invocation", invoke("orders", `7`, "X-Amz-Invocation-Type=Event"), 202, map[string]string{"X-Amz-Executed-Version": ""}, ``},
		{"a dry run", invoke("orders", `7`, "X-Amz-Invocation-Type=DryRun"), 204, nil, ``},
		{"an error of Lambda", invoke("x", `7`), 404, map[string]string{"X-Amzn-Errortype": "ResourceNotFoundException"}, `"Type":"User"`},
		{"a payload that is too large", invoke("orders", strings.Repeat("7", 7<<20)), 413, map[string]string{"X-Amzn-Errortype": "RequestEntityTooLargeException"}, `"Type":"User"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			response, body := start(t).do(t, test.request)
			if response.StatusCode != test.status {
				t.Errorf("status %d, want %d", response.StatusCode, test.status)
			}
			for name, want := range test.headers {
				if got := response.Header.Get(name); got != want {
					t.Errorf("%s is %q, want %q", name, got, want)
				}
			}
			if !strings.Contains(string(body), test.body) {
				t.Errorf("the body has no %s: %s", test.body, body)
			}
		})
	}
}

// TestUnknownOperations checks that other operations and services are named.
func TestUnknownOperations(t *testing.T) {
	form := map[string]string{
		"Content-Type": "application/x-www-form-urlencoded; charset=utf-8", "Authorization": "AWS4-HMAC-SHA256 Credential=AKID/20261130/eu-west-1/sts/aws4_request, SignedHeaders=host, Signature=0",
	}
	for _, test := range []struct {
		name    string
		request request
		unknown string
		status  int
		code    string
		body    string
	}{
		{"EventBridge", events("PutRule", `{"Name":"x"}`), "EventBridge PutRule", 400, "UnknownOperationException", `jobgen dev doesn't have the operation PutRule of EventBridge.`},
		{"SQS", queue("ReceiveMessage", `{}`), "SQS ReceiveMessage", 400, "UnknownOperationException", `ReceiveMessage of SQS`},
		{"Scheduler", request{method: "POST", path: "/schedules/x", body: "{}"}, "Scheduler CreateSchedule", 404, "UnknownOperationException", `CreateSchedule of Scheduler`},
		{"Scheduler's groups", get("/schedule-groups"), "Scheduler ListScheduleGroups", 404, "UnknownOperationException", ``},
		{"Scheduler's tags", get("/tags/arn%3Aaws%3Ascheduler%3Aeu-west-1%3A1%3Aschedule-group%2Fx"), "Scheduler ListTagsForResource", 404, "UnknownOperationException", ``},
		{"another method of Scheduler", request{method: "PATCH", path: "/schedules"}, "Scheduler PATCH /schedules", 404, "UnknownOperationException", ``},
		{"Lambda", get("/2015-03-31/functions/"), "Lambda GET /2015-03-31/functions/", 404, "UnknownOperationException", `"Type":"User"`},
		{"another version of Lambda", request{method: "POST", path: "/2021-11-15/functions/orders/response-streaming-invocations"}, "Lambda POST /2021-11-15/functions/orders/response-streaming-invocations", 404, "UnknownOperationException", ``},
		{"another JSON service", request{method: "POST", path: "/", body: "{}", headers: map[string]string{"X-Amz-Target": "DynamoDB_20120810.ListTables"}}, "DynamoDB_20120810 ListTables", 400, "UnknownOperationException", ``},
		{"the query protocol", request{method: "POST", path: "/", body: "Action=GetCallerIdentity&Version=2011-06-15", headers: form}, "sts GetCallerIdentity", 400, "", `<Code>InvalidAction</Code><Message>jobgen dev doesn&#39;t have the operation GetCallerIdentity of sts.</Message>`},
		{"RPC v2", request{method: "POST", path: "/service/GraniteServiceVersion20100801/operation/ListMetrics", headers: map[string]string{"Smithy-Protocol": "rpc-v2-cbor"}}, "GraniteServiceVersion20100801 ListMetrics in rpc-v2-cbor", 404, "UnknownOperationException", ``},
		{"S3", request{method: "GET", path: "/bucket/key", headers: map[string]string{"Authorization": form["Authorization"]}}, "sts GET /bucket/key", 404, "UnknownOperationException", ``},
		{"no service", get("/"), "AWS GET /", 404, "UnknownOperationException", ``},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := start(t)
			response, body := s.do(t, test.request)
			if !slices.Equal(s.unknown, []string{test.unknown}) {
				t.Errorf("reported %q, want %q", s.unknown, test.unknown)
			}
			if response.StatusCode != test.status {
				t.Errorf("status %d, want %d", response.StatusCode, test.status)
			}
			if test.code != "" && errorCode(response, body) != test.code {
				t.Errorf("the error's code is %q, want %q", errorCode(response, body), test.code)
			}
			if !strings.Contains(string(body), test.body) {
				t.Errorf("the body has no %s: %s", test.body, body)
			}
		})
	}
}

// TestEventsArrive checks what the backend gets.
func TestEventsArrive(t *testing.T) {
	s := start(t)
	s.do(t, events("PutEvents", entries(
		entry(fmt.Sprintf(`"Time":%v,"Resources":["arn:a","arn:b"],"TraceHeader":"Root=1","EventBusName":"arn:aws:events:eu-west-1:123456789012:event-bus/shop"`, eventTime)),
		`{"Source":"aws.ec2","DetailType":"t","Detail":"{}"}`,
		`{"Source":"s","DetailType":"t","Detail":" {\"a\": 10000000000000000000000001 } "}`,
	)))
	got, err := json.Marshal(s.Events)
	if err != nil {
		t.Fatal(err)
	}
	want := `[{"Bus":"shop","Source":"shop.orders","DetailType":"order.placed","Detail":{"id":1},"Resources":["arn:a","arn:b"],"Time":"2025-11-30T10:53:20.5Z","TraceHeader":"Root=1"},` +
		`{"Bus":"default","Source":"s","DetailType":"t","Detail":{"a":10000000000000000000000001},"Resources":null,"Time":"0001-01-01T00:00:00Z","TraceHeader":""}]`
	if string(got) != want {
		t.Errorf("got\n%s, want\n%s", got, want)
	}
}

// TestEventsAreNotTaken checks the codes for events that the backend refuses.
func TestEventsAreNotTaken(t *testing.T) {
	for err, want := range map[error]string{
		fmt.Errorf("put: %w", localaws.ErrBusy): `{"FailedEntryCount":2,"Entries":[{"ErrorCode":"ThrottlingException","ErrorMessage":"put: too many events wait for their functions; put fewer at a time"},{"ErrorCode":"InvalidArgument",`,
		errors.New("closed"):                    `{"FailedEntryCount":2,"Entries":[{"ErrorCode":"InternalFailure","ErrorMessage":"closed"},{"ErrorCode":"InvalidArgument",`,
	} {
		s := start(t)
		s.Full = err
		if _, body := s.do(t, events("PutEvents", entries(entry(""), `{}`))); !strings.HasPrefix(string(body), want) {
			t.Errorf("got\n%s, want\n%s…", body, want)
		}
	}
}

// TestRefusals checks what a client gets if the backend refuses a call.
func TestRefusals(t *testing.T) {
	message := queue("SendMessage", `{"QueueUrl":"/1/orders","MessageBody":"x"}`)
	for _, test := range []struct {
		request request
		err     error
		status  int
		code    string
	}{
		{message, localaws.ErrBusy, 400, "RequestThrottled"},
		{message, errors.New("closed"), 500, "InternalError"},
		{invoke("orders", `1`), localaws.ErrThrottled, 429, "TooManyRequestsException"},
		{invoke("orders", `1`), localaws.ErrBusy, 429, "TooManyRequestsException"},
		{invoke("orders", `1`), errors.New("closed"), 500, "ServiceException"},
		{invoke("orders", `1`, "X-Amz-Invocation-Type=Event"), localaws.ErrBusy, 429, "TooManyRequestsException"},
	} {
		s := start(t)
		s.Full = test.err
		response, body := s.do(t, test.request)
		if response.StatusCode != test.status || errorCode(response, body) != test.code || !strings.Contains(string(body), test.err.Error()) {
			t.Errorf("%s, %v: status %d, %s", test.request.path, test.err, response.StatusCode, body)
		}
	}
}

// TestPages checks that the pages of a list have each rule once, also if the limit changes.
func TestPages(t *testing.T) {
	s := start(t)
	var names []string
	token := ""
	for i, limit := range []int{100, 3, 100} {
		body := fmt.Sprintf(`{"EventBusName":"many","Limit":%d%s}`, limit, token)
		var page struct {
			Rules     []struct{ Name string }
			NextToken string
		}
		_, answer := s.do(t, events("ListRules", body))
		if err := json.Unmarshal(answer, &page); err != nil {
			t.Fatal(err)
		}
		for _, r := range page.Rules {
			names = append(names, r.Name)
		}
		if last := i == 2; last != (page.NextToken == "") {
			t.Errorf("page %d has the token %q", i+1, page.NextToken)
		}
		token = fmt.Sprintf(`,"NextToken":%q`, page.NextToken)
	}
	if len(names) != 105 || !slices.IsSorted(names) || len(slices.Compact(slices.Clone(names))) != 105 {
		t.Errorf("the pages have %q", names)
	}
}

// TestLogTail checks the log that an answer has.
func TestLogTail(t *testing.T) {
	payload := `"` + strings.Repeat("x", 5000) + `"`
	response, _ := start(t).do(t, invoke("orders", payload, "X-Amz-Log-Type=Tail"))
	log := decodeBase64(t, response.Header.Get("X-Amz-Log-Result"))
	if len(log) != 4096 || !strings.HasSuffix(log, "xxx\"\nEND\n") {
		t.Errorf("%d bytes: …%s", len(log), log[max(0, len(log)-20):])
	}
}

// TestBeforeTheFirstBuild checks that clients try again as long as nothing is built.
func TestBeforeTheFirstBuild(t *testing.T) {
	for _, r := range []request{
		events("PutEvents", entries(entry(""))), get("/schedules"), queue("GetQueueUrl", `{"QueueName":"orders"}`), invoke("orders", `{}`),
	} {
		s := start(t)
		s.Clear()
		response, body := s.do(t, r)
		if response.StatusCode != http.StatusServiceUnavailable || !strings.Contains(string(body), "The program has not been built yet.") {
			t.Errorf("%s %s: status %d, %s", r.method, r.path, response.StatusCode, body)
		}
	}
}
