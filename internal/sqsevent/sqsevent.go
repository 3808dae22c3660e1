// Package sqsevent simulates the event source mapping of an SQS queue. It makes the event
// that Lambda sends to a function for a batch of messages, and reads the function's answer.
package sqsevent

import (
	"crypto/md5"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Queue is the queue that a mapping reads.
type Queue struct {
	ARN   string
	Group string // of a FIFO queue: the message group of all messages
}

// Message is a message that is received for the first time.
type Message struct {
	ID   string
	Body []byte
}

// NewMessage returns a message with a random id.
func NewMessage(body []byte) Message {
	b := random(16)
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return Message{ID: fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:]), Body: body}
}

func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails
	return b
}

// record is a message as Lambda sends it (Lambda developer guide, page with-sqs).
type record struct {
	MessageID         string            `json:"messageId"`
	ReceiptHandle     string            `json:"receiptHandle"`
	Body              string            `json:"body"`
	Attributes        map[string]string `json:"attributes"`
	MessageAttributes struct{}          `json:"messageAttributes"` // EventBridge sends none
	MD5OfBody         string            `json:"md5OfBody"`
	EventSource       string            `json:"eventSource"`
	EventSourceARN    string            `json:"eventSourceARN"`
	AWSRegion         string            `json:"awsRegion"`
}

// Event returns the event for a batch of messages.
func (q Queue) Event(messages []Message, now time.Time) []byte {
	records := []record{}
	for i, m := range messages {
		r := record{
			MessageID: m.ID, ReceiptHandle: "AQEB" + base64.StdEncoding.EncodeToString(random(96)), Body: string(m.Body),
			Attributes: q.attributes(i, m, now), MD5OfBody: sum(m.Body),
			EventSource: "aws:sqs", EventSourceARN: q.ARN, AWSRegion: q.region(),
		}
		records = append(records, r)
	}
	data, _ := json.Marshal(map[string]any{"Records": records}) // can't fail
	return data
}

func sum(body []byte) string {
	s := md5.Sum(body)
	return hex.EncodeToString(s[:])
}

// attributes returns the attributes of a message, given its index in the batch. A message of
// a FIFO queue has more attributes, such as its place in the order.
func (q Queue) attributes(index int, m Message, now time.Time) map[string]string {
	sent := strconv.FormatInt(now.UnixMilli(), 10)
	a := map[string]string{
		"ApproximateReceiveCount": "1", "SentTimestamp": sent, "ApproximateFirstReceiveTimestamp": sent,
		"SenderId": "AIDAIENQZJOLO23YVJ4VO",
	}
	if q.Group != "" {
		a["MessageGroupId"], a["MessageDeduplicationId"] = q.Group, m.ID
		a["SequenceNumber"] = fmt.Sprintf("%020d", now.UnixNano()/1e6*1000+int64(index))
	}
	return a
}

// region returns the Region in the queue's ARN.
func (q Queue) region() string {
	if parts := strings.SplitN(q.ARN, ":", 5); len(parts) == 5 {
		return parts[3]
	}
	return ""
}

// Failed reads a function's answer to a batch and returns the ids of the messages that the
// queue delivers again, each once. If the answer is not valid, these are all messages, and the error
// says why (Lambda developer guide, page services-sqs-errorhandling).
func Failed(answer []byte, messages []Message) (ids []string, err error) {
	var response *struct {
		BatchItemFailures []map[string]*string `json:"batchItemFailures"`
	}
	if len(answer) > 0 {
		if err := json.Unmarshal(answer, &response); err != nil {
			return all(messages), fmt.Errorf("the answer is not of the form {\"batchItemFailures\": [{\"itemIdentifier\": …}]}: %w", err)
		}
	}
	if response == nil {
		return nil, nil
	}
	for _, failure := range response.BatchItemFailures {
		id := failure["itemIdentifier"]
		if id == nil || !contains(messages, *id) {
			return all(messages), fmt.Errorf("the answer has an item failure without the id of a message of the batch: %s", answer)
		}
		if !slices.Contains(ids, *id) {
			ids = append(ids, *id)
		}
	}
	return ids, nil
}

func all(messages []Message) []string {
	var ids []string
	for _, m := range messages {
		ids = append(ids, m.ID)
	}
	return ids
}

func contains(messages []Message, id string) bool {
	for _, m := range messages {
		if m.ID == id {
			return true
		}
	}
	return false
}
