package jobs

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/jobgen/jobgen/internal/target"
)

// ForeignPayloadError says that the function was sent something other than an
// EventBridge event. No job was called.
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
	return fmt.Sprintf("jobs: %sthe payload (%d bytes) is %s%s: want an EventBridge event, "+
		"an object with the strings source and detail-type and the object detail; "+
		"check what invokes this function, or give the rule that sends it an input",
		who(e.Handler, e.Rule), e.Size, e.Looks, reason)
}

func foreign(payload []byte, reason string) *ForeignPayloadError {
	return &ForeignPayloadError{Looks: looks(payload), Reason: reason, Size: len(payload)}
}

// looks says what a payload that is no event seems to be.
func looks(payload []byte) string {
	payload = bytes.TrimSpace(payload)
	if len(payload) == 0 {
		return "empty"
	}
	var value json.RawMessage
	if err := json.Unmarshal(payload, &value); err != nil {
		return "not JSON: " + clip(err.Error(), maxQuoted)
	}
	switch kind := kindOf(payload); kind {
	case "object":
		return looksObject(payload)
	case "null":
		return "null"
	default:
		return "a JSON " + kind
	}
}

// senderNamed says what a record's eventSource means; empty for one that isn't
// known.
func senderNamed(eventSource string) string {
	switch eventSource {
	case "aws:sqs":
		return "an SQS batch"
	case "aws:sns":
		return "an SNS notification"
	case "aws:s3":
		return "an S3 notification"
	case "aws:dynamodb":
		return "a DynamoDB stream's batch"
	case "aws:kinesis":
		return "a Kinesis batch"
	case "aws:kafka", "SelfManagedKafka":
		return "a Kafka batch"
	case "aws:ses":
		return "an SES message"
	case "aws:codecommit":
		return "a CodeCommit trigger"
	}
	return ""
}

// looksObject tells the payloads of other senders by their fields, whose names
// and values are those of the Lambda developer guide's sample events.
func looksObject(payload []byte) string {
	fields, _ := members(payload)
	if name := senderNamed(eventSource(fields)); name != "" {
		return name
	}
	request, _ := members(fields["requestContext"])
	has := func(key string) bool { return fields[key] != nil }
	switch {
	case has(target.RuleKey):
		return fmt.Sprintf("the envelope {%q, %q} of a function for a whole package", target.RuleKey, target.EventKey)
	case request != nil:
		return looksRequest(request)
	case has("awslogs"):
		return "a CloudWatch Logs subscription's batch"
	case text(fields["Service"]) == "Amazon S3":
		return "an S3 test message"
	case has("source") || has("detail") || has("detail-type"):
		return "like an event, but not whole"
	}
	return "a JSON object"
}

// eventSource returns who sent a batch of records, or "".
func eventSource(fields map[string]json.RawMessage) string {
	if source := text(fields["eventSource"]); source != "" {
		return source // Kafka has it beside its records
	}
	var records []struct {
		EventSource json.RawMessage // eventSource; SNS writes it with a capital
	}
	if json.Unmarshal(fields["Records"], &records) != nil || len(records) == 0 {
		return ""
	}
	return text(records[0].EventSource)
}

func looksRequest(context map[string]json.RawMessage) string {
	switch {
	case context["elb"] != nil:
		return "a request of a load balancer"
	case context["connectionId"] != nil:
		return "a WebSocket message of API Gateway"
	}
	return "an HTTP request of API Gateway or of a function URL"
}
