package jobs

import (
	"bytes"
	"encoding/json"
	"strconv"

	"github.com/jobgen/jobgen/internal/payload"
	"github.com/jobgen/jobgen/internal/target"
)

// ForeignPayloadError reports a payload that is not an EventBridge event. No job was
// called.
type ForeignPayloadError struct {
	Handler string // the job that the Lambda handler names; empty for a package
	Rule    string // the rule that the payload's envelope named, if it had one
	Looks   string // what the payload looks like: "an SQS batch"
	Reason  string // what an event would have and this lacks; empty if Looks says it all
	Size    int    // of the payload, in bytes
}

func (e *ForeignPayloadError) Error() string {
	reason := ""
	if e.Reason != "" {
		reason = ", " + e.Reason
	}
	return "jobs: " + who(e.Handler, e.Rule) + "the payload (" + strconv.Itoa(e.Size) + " bytes) is " + e.Looks + reason +
		": want an EventBridge event, an object with the strings source and detail-type and the object detail; " +
		"check what invokes this function, or give the rule that sends it an input"
}

// looks describes what a payload that is not an event seems to be.
func looks(data []byte) string {
	data = bytes.TrimSpace(data)
	if len(data) == 0 {
		return "empty"
	}
	var value json.RawMessage
	if err := json.Unmarshal(data, &value); err != nil {
		return "not JSON: " + clip(err.Error(), maxQuoted)
	}
	switch kind := kindOf(data[0]); kind {
	case "object":
		return looksObject(data)
	case "null":
		return kind
	default:
		return "a JSON " + kind
	}
}

// senders maps the eventSource of a record to its sender.
var senders = [...][2]string{
	{"aws:sqs", "an SQS batch"},
	{"aws:sns", "an SNS notification"},
	{"aws:s3", "an S3 notification"},
	{"aws:dynamodb", "a DynamoDB stream's batch"},
	{"aws:kinesis", "a Kinesis batch"},
	{"aws:kafka", "a Kafka batch"},
	{"SelfManagedKafka", "a Kafka batch"},
	{"aws:ses", "an SES message"},
	{"aws:codecommit", "a CodeCommit trigger"},
}

// signs maps fields to the sender of an object that has them, the most reliable first.
var signs = [...][2]string{
	{target.RuleKey, `the envelope {"` + target.RuleKey + `", "` + target.EventKey + `"} of a function for a whole package`},
	{"requestContext", "an HTTP request of API Gateway or of a function URL"},
	{"awslogs", "a CloudWatch Logs subscription's batch"},
	{"Service", "an S3 test message"},
	{"source", "like an event, but not whole"},
	{"detail", "like an event, but not whole"},
	{"detail-type", "like an event, but not whole"},
}

// looksObject recognises the payloads of other senders by their fields. Names and values
// are from the sample events of the Lambda developer guide.
func looksObject(data []byte) string {
	fields := payload.Members(data)
	source := eventSource(fields)
	for i := range senders {
		if source == senders[i][0] {
			return senders[i][1]
		}
	}
	for i := range signs {
		value := fields[signs[i][0]]
		switch looks := signs[i][1]; {
		case value == nil:
		case signs[i][0] == "requestContext":
			if request := payload.Members(value); request != nil {
				return looksRequest(request, looks)
			}
		case signs[i][0] != "Service" || payload.Text(value) == "Amazon S3":
			return looks
		}
	}
	return "a JSON object"
}

// eventSource returns the sender of a batch of records, or "".
func eventSource(fields map[string]json.RawMessage) string {
	if source := payload.Text(fields["eventSource"]); source != "" {
		return source // Kafka has it beside its records
	}
	var records []struct {
		EventSource json.RawMessage // eventSource; SNS writes it with a capital
	}
	if json.Unmarshal(fields["Records"], &records) != nil || len(records) == 0 {
		return ""
	}
	return payload.Text(records[0].EventSource)
}

func looksRequest(context map[string]json.RawMessage, other string) string {
	switch {
	case context["elb"] != nil:
		return "a request of a load balancer"
	case context["connectionId"] != nil:
		return "a WebSocket message of API Gateway"
	}
	return other
}

// foreign returns the error for a payload that is not an event, with the reason.
func foreign(p *payload.Payload, reason string) *ForeignPayloadError {
	data := p.JSON()
	return &ForeignPayloadError{Looks: looks(data), Reason: reason, Size: len(data)}
}

// eventError checks that the payload is an EventBridge event: an object with a string
// source, a string detail-type and an object detail. The error is a
// *ForeignPayloadError.
func eventError(p *payload.Payload) error {
	if p.IsEvent() {
		return nil
	}
	return foreign(p, fault(p))
}

// fault describes what the payload lacks to be an event.
func fault(p *payload.Payload) string {
	if !p.IsObject() {
		return ""
	}
	fault := wrongKind(p, payload.Source, `"source"`, '"')
	if fault == "" {
		fault = wrongKind(p, payload.DetailType, `"detail-type"`, '"')
	}
	if fault == "" {
		fault = wrongKind(p, payload.Detail, `"detail"`, '{')
	}
	if fault == "" {
		fault = quote(payload.Text(p.Lookalike())) + " is not a field of an event, but encoding/json would take it for one"
	}
	return fault
}

// wrongKind describes what is wrong with a field, or returns "". The field's name is in
// quotes, and its JSON must begin with the given byte.
func wrongKind(p *payload.Payload, f payload.Field, name string, begin byte) string {
	switch value := p.Raw(f); {
	case value == nil:
		return name + " is missing"
	case value[0] != begin:
		return name + " is " + article(kindOf(value[0])) + ", not " + article(kindOf(begin))
	}
	return ""
}
