package sqsevent

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
)

// TestEvent decodes an event with AWS's own type.
func TestEvent(t *testing.T) {
	first, second := NewMessage([]byte(`{"a": "<&>"}`)), NewMessage([]byte("hello"))
	q := Queue{ARN: "arn:aws:sqs:eu-west-1:123456789012:orders.fifo", Group: "orders"}
	var e events.SQSEvent
	if err := json.Unmarshal(q.Event([]Message{first, second}, time.UnixMilli(1700000000123)), &e); err != nil {
		t.Fatal(err)
	}
	if len(e.Records) != 2 || first.ID == second.ID {
		t.Fatalf("%+v", e)
	}
	r := e.Records[1]
	if r.MessageId != second.ID || r.Body != "hello" || r.Md5OfBody != "5d41402abc4b2a76b9719d911017c592" || r.ReceiptHandle == "" ||
		r.EventSource != "aws:sqs" || r.EventSourceARN != q.ARN || r.AWSRegion != "eu-west-1" {
		t.Errorf("%+v", r)
	}
	for name, want := range map[string]string{
		"ApproximateReceiveCount": "1", "SentTimestamp": "1700000000123", "ApproximateFirstReceiveTimestamp": "1700000000123",
		"MessageGroupId": "orders", "MessageDeduplicationId": second.ID, "SequenceNumber": "00001700000000123001",
	} {
		if r.Attributes[name] != want {
			t.Errorf("%s is %q, want %q", name, r.Attributes[name], want)
		}
	}
	if e.Records[0].Body != `{"a": "<&>"}` || e.Records[0].Attributes["SequenceNumber"] >= r.Attributes["SequenceNumber"] {
		t.Errorf("%+v", e.Records[0])
	}
	standard := Queue{ARN: "arn:aws:sqs:eu-west-1:123456789012:orders"}
	e = events.SQSEvent{}
	if err := json.Unmarshal(standard.Event([]Message{first}, time.Now()), &e); err != nil || e.Records[0].Attributes["MessageGroupId"] != "" {
		t.Errorf("%v, %+v", err, e)
	}
}

// TestFailed has the answers of Lambda's page on partial batch responses.
func TestFailed(t *testing.T) {
	messages := []Message{{ID: "a"}, {ID: "b"}, {ID: "c"}}
	every := []string{"a", "b", "c"}
	for _, c := range []struct {
		answer  string
		want    []string
		isError bool
	}{
		{``, nil, false},
		{`null`, nil, false},
		{`{}`, nil, false},
		{`{"batchItemFailures": null}`, nil, false},
		{`{"batchItemFailures": []}`, nil, false},
		{`{"batchItemFailures": [{"itemIdentifier": "b"}]}`, []string{"b"}, false},
		{`{"batchItemFailures": [{"itemIdentifier": "c"}, {"itemIdentifier": "a"}]}`, []string{"c", "a"}, false},
		{`{"batchItemFailures": [{"itemIdentifier": "b"}, {"itemIdentifier": "a"}, {"itemIdentifier": "b"}]}`, []string{"b", "a"}, false},
		{`{"batchItemFailures": [{"itemIdentifier": ""}]}`, every, true},
		{`{"batchItemFailures": [{"itemIdentifier": null}]}`, every, true},
		{`{"batchItemFailures": [{"id": "a"}]}`, every, true},
		{`{"batchItemFailures": [{"itemIdentifier": "d"}]}`, every, true},
		{`{"batchItemFailures": [{"itemIdentifier": "a"}, {"itemIdentifier": "d"}]}`, every, true},
		{`{"batchItemFailures": "a"}`, every, true},
		{`"done"`, every, true},
		{`{`, every, true},
	} {
		got, err := Failed([]byte(c.answer), messages)
		if !slices.Equal(got, c.want) || (err != nil) != c.isError {
			t.Errorf("%s: %q, %v; want %q, an error: %t", c.answer, got, err, c.want, c.isError)
		}
	}
}
